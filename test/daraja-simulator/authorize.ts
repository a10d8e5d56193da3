import { type Outcome, refuse } from './outcome.ts';
import { type Product, TOKEN_REFUSALS } from './products.ts';
import type { AppWords } from './shop.ts';
import type { World } from './world.ts';

export type Authorized = { readonly app: AppWords } | { readonly refused: Outcome };

/** The app behind a bearer token, if it may use the product. */
export function authorize(
  world: World,
  product: Exclude<Product, 'token'>,
  authorization: string | null,
): Authorized {
  const [, token] = /^Bearer (\S+)$/.exec(authorization ?? '') ?? [];
  if (token === undefined)
    return { refused: refuse(world, 404, '404.001.04', 'Invalid Authentication Header') };
  const { status, code, message } = TOKEN_REFUSALS[product];
  const refused = () => ({
    refused: refuse(world, status, code, code === '401.002.01' ? message + token : message),
  });
  const app = world.tokens.appOf(token);
  if (app === null) return refused();
  if (app.products.includes(product)) return { app };
  // The sandbox says of a product that was never asked for what it says of a bad token.
  return world.environment === 'sandbox' || product.startsWith('pull') ? refused() : { refused: NO_PRODUCT };
}

/** The gateway's own words, in its own form. */
const NO_PRODUCT: Outcome = {
  status: 401,
  body: {
    fault: {
      faultstring: 'Invalid API call as no apiproduct match found',
      detail: { errorcode: 'keymanagement.service.InvalidAPICallAsNoApiProductMatchFound' },
    },
  },
  posts: [],
};
