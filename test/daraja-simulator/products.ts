/** What a shop may ask of Safaricom. */
export type Product =
  | 'token'
  | 'status'
  | 'reversal'
  | 'balance'
  | 'pull-register'
  | 'pull-query'
  | 'c2b-register'
  | 'c2b-simulate'
  | 'stk-push'
  | 'stk-query';

/** What faults can be written for: every call, and the confirmation of a payment that nobody asked for. */
export type Scripted = Product | 'confirmation';

/** What a POST to the shop is about; `invented`: a test sends what Safaricom never would. */
export type PostAbout = 'status' | 'reversal' | 'balance' | 'confirmation' | 'prompt' | 'invented';

export type TokenRefusal = { readonly status: number; readonly code: string; readonly message: string };

type Route = { readonly product: Product; readonly methods: readonly string[]; readonly path: RegExp };

const POST = ['POST'];

const ROUTES: readonly Route[] = [
  { product: 'token', methods: ['GET'], path: /^\/oauth\/v1\/generate$/ },
  { product: 'status', methods: POST, path: /^\/mpesa\/transactionstatus\/v1\/query$/ },
  { product: 'reversal', methods: POST, path: /^\/mpesa\/reversal\/v1\/request$/ },
  { product: 'balance', methods: POST, path: /^\/mpesa\/accountbalance\/v1\/query$/ },
  { product: 'pull-register', methods: POST, path: /^\/pulltransactions\/v1\/register$/ },
  // The portal says GET and shows a body; everybody posts.
  { product: 'pull-query', methods: ['POST', 'GET'], path: /^\/pulltransactions\/v1\/query$/ },
  { product: 'c2b-register', methods: POST, path: /^\/mpesa\/c2b\/v[12]\/registerurl$/ },
  { product: 'c2b-simulate', methods: POST, path: /^\/mpesa\/c2b\/v[12]\/simulate$/ },
  { product: 'stk-push', methods: POST, path: /^\/mpesa\/stkpush\/v1\/processrequest$/ },
  { product: 'stk-query', methods: POST, path: /^\/mpesa\/stkpushquery\/v1\/query$/ },
];

export type RouteFound =
  | { readonly product: Product }
  | { readonly product: null; readonly problem: 'no-such-path' | 'wrong-method' };

export function findRoute(method: string, path: string): RouteFound {
  const route = ROUTES.find((each) => each.path.test(path));
  if (route === undefined) return { product: null, problem: 'no-such-path' };
  return route.methods.includes(method)
    ? { product: route.product }
    : { product: null, problem: 'wrong-method' };
}

const BY_404: TokenRefusal = { status: 404, code: '404.001.03', message: 'Invalid Access Token' };
const BY_400: TokenRefusal = { status: 400, code: '400.003.01', message: 'Invalid Access Token' };
const BY_PULL: TokenRefusal = { status: 401, code: '401.001', message: 'Invalid access token' };
const BY_BALANCE: TokenRefusal = {
  status: 401,
  code: '401.002.01',
  message: 'Error Occurred - Invalid Access Token - ',
};

/** How each product says that it does not take a token. */
export const TOKEN_REFUSALS: Readonly<Record<Exclude<Product, 'token'>, TokenRefusal>> = {
  status: BY_400,
  reversal: BY_404,
  balance: BY_BALANCE,
  'pull-register': BY_PULL,
  'pull-query': BY_PULL,
  'c2b-register': BY_400,
  'c2b-simulate': BY_400,
  'stk-push': BY_404,
  'stk-query': BY_404,
};
