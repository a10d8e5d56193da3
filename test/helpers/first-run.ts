import { join } from 'node:path';
import { openRecoveryKits } from '#main/access/recovery-kit.ts';
import { totpAt } from '#main/access/totp.ts';
import { openApp } from '#main/app.ts';
import type { App } from '#main/app-types.ts';
import type { Vault } from '#main/vault/vault.ts';
import type { ChannelName, Input, Output } from '#shared/ipc/contract.ts';
import type { Result } from '#shared/ipc/result.ts';
import { quickPasswords } from './prepare-profile.ts';
import { unwrap } from './results.ts';
import { WEAK_COST } from './weak-cost.ts';
import { WORKER } from './worker-url.ts';

export const OWNER = { name: 'Wanjiku', password: 'nine quiet giraffes' } as const;

export const SHOP: Input<'setup:save-shop'> = {
  language: 'sw',
  shopName: 'Duka la Mfano',
  tills: [
    { number: '1234567', name: 'Counter' },
    { number: '7654321', name: '' },
  ],
  dayStartMinutes: 180,
  statementsFrom: 'both',
};

/** A shop whose first run is over. */
export type FinishedRun = {
  /** The recovery code, as it stands on the kit. */
  readonly code: string;
  readonly fingerprint: string;
  readonly totpSecret: string;
  readonly recoveryCodes: readonly string[];
};

/** The whole program on a folder, as a window meets it, with hashing that is quick. */
export function openTestApp(folder: string, vault: Vault): Promise<App> {
  return openApp({
    profile: join(folder, 'profile'),
    host: 'preview',
    vault,
    workerUrl: WORKER,
    demo: false,
    isPackaged: true,
    version: '0.0.0-test',
    passwords: quickPasswords(),
    kits: openRecoveryKits(WEAK_COST),
  });
}

/** Asks as the main window does. */
export function ask<C extends ChannelName>(
  app: App,
  channel: C,
  input: Input<C>,
): Promise<Result<Output<C>>> {
  return app.call({ window: 'main' }, channel, input) as Promise<Result<Output<C>>>;
}

/** The two groups that were asked for, as the person types them back. */
export function typeBack(kit: { groups: string[]; ask: number[] }): { index: number; text: string }[] {
  return kit.ask.map((index) => ({ index, text: kit.groups[index]?.toLowerCase() ?? '' }));
}

/** Goes through the wizard to its end. The owner is signed in afterwards. */
export async function finishFirstRun(app: App, options: { withTotp: boolean }): Promise<FinishedRun> {
  unwrap(await ask(app, 'setup:save-shop', SHOP));
  const { kit, totp } = unwrap(await ask(app, 'setup:make-owner', OWNER));
  const { withTotp } = options;
  const { recoveryCodes } = unwrap(
    await ask(app, 'setup:finish', {
      groups: typeBack(kit),
      totpCode: withTotp ? totpAt(totp.secret, Date.now()) : null,
      refusesTotp: !withTotp,
    }),
  );
  const { fingerprint } = kit;
  return { code: kit.groups.join(' '), fingerprint, totpSecret: totp.secret, recoveryCodes };
}

/** Signs the owner in with the password given, or the one of the first run. */
export function signInOwner(app: App, password: string = OWNER.password, code: string | null = null) {
  return ask(app, 'access:sign-in', { name: OWNER.name, password, code });
}
