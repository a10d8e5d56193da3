import { openApp } from '#main/app.ts';
import type { App } from '#main/app-types.ts';
import type { Vault } from '#main/vault/vault.ts';
import { PEOPLE } from '#test/helpers/people.ts';
import { quickPasswords } from '#test/helpers/prepare-profile.ts';
import { WORKER } from './bench-shop.ts';

/** The whole core behind its router, as a host opens it; its owner has signed in. */
export async function openBenchApp(profile: string, vault: Vault): Promise<App> {
  const options = {
    profile,
    host: 'preview',
    vault,
    workerUrl: WORKER,
    demo: false,
    isPackaged: false,
    passwords: quickPasswords(),
  } as const;
  const app = await openApp({ ...options, version: '0.0.0-bench' });
  const startup = app.startup();
  if (startup.state !== 'ready') throw new Error(`the app does not start: ${startup.failure.code}`);
  const { name, password } = PEOPLE.owner;
  await ask(app, 'access:sign-in', { name, password, code: null });
  return app;
}

/** Asks as the main window asks. Throws when the answer is a refusal. */
export async function ask(app: App, channel: string, input: unknown): Promise<unknown> {
  const answer = await app.call({ window: 'main' }, channel, input);
  if (!answer.ok) throw new Error(`${channel} was refused: ${answer.error.code}`);
  return answer.value;
}
