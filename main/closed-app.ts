import type { UtcMs } from '#shared/domain/time.ts';
import type { AccessState } from '#shared/ipc/access-channels.ts';
import { ALL_CHANNELS } from '#shared/ipc/channels.ts';
import { type Failure, type Result, succeed } from '#shared/ipc/result.ts';
import { openTurns } from './access/turns.ts';
import type { App } from './app-types.ts';
import { createRouter, type Handlers } from './ipc/router.ts';
import type { Log } from './log/log.ts';
import type { AboutHost } from './services/app-state.ts';
import { outOfOrder } from './services/out-of-order.ts';
import type { KeyRecovery } from './services/recover-key.ts';

/** Books that did not open and that nothing here can mend: every request is answered with the reason. */
export function createFailedApp(failure: Failure, environment: App['environment']): App {
  const refuse = async (): Promise<Result<never>> => ({ ok: false, error: failure });
  return {
    environment,
    startup: () => ({ state: 'failed', failure }),
    call: refuse,
    subscribe: () => () => undefined,
    admitFile: refuse,
    findOffered: () => null,
    onApproval: () => () => undefined,
    lockAll: () => undefined,
    wake: () => undefined,
    close: async () => undefined,
  };
}

/**
 * Books whose key is gone, with the kit of their recovery code beside them: says so, and takes the code. Every other
 * request is answered with the reason why they did not open. `reopen` opens them once the key is back.
 */
export function createRecoveryApp(parts: {
  readonly failure: Failure;
  readonly recovery: KeyRecovery;
  readonly about: AboutHost;
  readonly log: Log;
  readonly reopen: (mended: { readonly wrongTries: number }) => Promise<Result<undefined>>;
}): App {
  const { failure, recovery, about, log, reopen } = parts;
  const { environment, language } = recovery.file;
  const inTurn = openTurns();
  let isMended = false;

  const state: AccessState = {
    phase: 'recovery',
    environment,
    ...about,
    language,
    theme: 'auto',
    shopName: '',
    person: null,
    demoPeople: [],
  };
  const open = (code: string): Promise<Result<Record<string, never>>> =>
    inTurn(async () => {
      if (isMended) return outOfOrder();
      const restored = await recovery.restoreKey(code);
      if (!restored.ok) return restored;
      isMended = true;
      const opened = await reopen(restored.value);
      return opened.ok ? succeed({}) : opened;
    });
  const refuse = (): Result<never> => ({ ok: false, error: failure });
  const refusing = Object.fromEntries(
    ALL_CHANNELS.map((channel) => [channel, refuse]),
  ) as unknown as Handlers;
  const router = createRouter({
    handlers: {
      ...refusing,
      'access:state': () => succeed(state),
      'recovery:open': (_, input) => open(input.code),
    },
    sessionFor: () => null,
    // The books that keep the record are closed.
    onRefusal: ({ channel, code }) =>
      log.warn('a request was refused before the books were open', { channel, code }),
    now: () => Date.now() as UtcMs,
    log,
  });
  return { ...createFailedApp(failure, environment), call: router.call };
}
