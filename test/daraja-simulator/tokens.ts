import { SECOND, type UtcMs } from '#shared/domain/time.ts';
import type { Ids } from './ids.ts';
import type { AppWords } from './shop.ts';

/** A token is good for 3,599 seconds. */
export const TOKEN_LASTS = 3_599 * SECOND;

export type Tokens = {
  readonly issue: (app: AppWords) => string;
  /** The app that a token stands for; null when it was never given, has run out, or a newer one ended it. */
  readonly appOf: (token: string) => AppWords | null;
  /** Ends all tokens, as an outage of the gateway does. */
  readonly forgetAll: () => void;
};

export function openTokens(ids: Ids, now: () => UtcMs, newEndsOld: boolean): Tokens {
  const issued = new Map<string, { readonly app: AppWords; readonly endsAt: number }>();
  return {
    issue: (app) => {
      if (newEndsOld) for (const [old, each] of [...issued]) if (each.app === app) issued.delete(old);
      const token = ids.token();
      issued.set(token, { app, endsAt: now() + TOKEN_LASTS });
      return token;
    },
    appOf: (token) => {
      const found = issued.get(token);
      return found !== undefined && now() < found.endsAt ? found.app : null;
    },
    forgetAll: () => issued.clear(),
  };
}
