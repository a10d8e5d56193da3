import { answer, type Outcome, refuse } from '../outcome.ts';
import type { AppWords } from '../shop.ts';
import type { Incoming } from '../wire/listen.ts';
import type { World } from '../world.ts';

/** `GET /oauth/v1/generate?grant_type=client_credentials`, with Basic and nothing else. */
export function giveToken(world: World, { authorization, query }: Incoming): Outcome {
  const app = appOf(world, authorization);
  if (app === null) return refuse(world, 400, '400.008.01', 'Invalid Authentication passed');
  if (query.get('grant_type') !== 'client_credentials')
    return refuse(world, 400, '400.008.02', 'Invalid grant type passed');
  // A text, although the portal prints a number.
  return answer({ access_token: world.tokens.issue(app), expires_in: '3599' });
}

function appOf({ shop }: World, authorization: string | null): AppWords | null {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return null;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  return (
    shop.apps.find(({ consumerKey, consumerSecret }) => pair === `${consumerKey}:${consumerSecret}`) ?? null
  );
}
