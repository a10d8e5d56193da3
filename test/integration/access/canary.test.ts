import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { totpAt } from '#main/access/totp.ts';
import { openApp } from '#main/app.ts';
import type { App } from '#main/app-types.ts';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import { runWithKeyring, whyNoKeyring } from '#test/helpers/keyring.ts';
import { freshFolder } from '#test/helpers/open-shop.ts';
import { PEOPLE } from '#test/helpers/people.ts';
import { prepareProfile, quickPasswords } from '#test/helpers/prepare-profile.ts';
import { WORKER } from '#test/helpers/worker-url.ts';

/* S19: a secret that was typed or made is nowhere but in the hash that proves it. */

const NEW_PASSWORD = 'canary nine ripe avocados';
const GUESS = 'canary-guess-of-a-password';

/** Every file below a folder, whatever it holds, as text of its bytes. */
function* filesBelow(folder: string): Generator<{ path: string; bytes: string }> {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (statSync(path).isFile()) yield { path, bytes: readFileSync(path, 'latin1') };
  }
}

function expectNowhere(folder: string, secrets: readonly string[]): void {
  const found: string[] = [];
  let files = 0;
  for (const { path, bytes } of filesBelow(folder)) {
    files += 1;
    for (const secret of secrets) if (bytes.includes(secret)) found.push(`${secret} in ${path}`);
  }
  expect(files).toBeGreaterThan(2);
  expect(found).toEqual([]);
}

async function ask(app: App, channel: string, input: unknown): Promise<Record<string, unknown>> {
  const answer = await app.call({ window: 'main' }, channel, input);
  if (!answer.ok) return { code: answer.error.code, words: JSON.stringify(answer.error) };
  return answer.value as Record<string, unknown>;
}

test('what is typed and made at the window is in no file, no log, no entry and no argument', async () => {
  const folder = freshFolder();
  const profile = join(folder, 'books');
  const vault = openMemoryVault();
  await prepareProfile(profile, vault, { passwords: quickPasswords() });
  const app = await openApp({
    profile,
    host: 'preview',
    vault,
    workerUrl: WORKER,
    demo: false,
    isPackaged: false,
    version: '0.0.0-test',
    passwords: quickPasswords(),
  });
  const { name, password } = PEOPLE.owner;
  const answers: unknown[] = [];
  const say = async (channel: string, input: unknown) => {
    const answer = await ask(app, channel, input);
    answers.push(answer.code === undefined ? channel : answer);
    return answer;
  };
  await say('access:sign-in', { name: GUESS, password: GUESS, code: GUESS });
  expect(await say('access:sign-in', { name, password, code: null })).toEqual({ next: 'open' });
  await say('password:check', { password: GUESS, name, hasTotp: false });
  await say('account:change-password', { current: GUESS, code: null, password: NEW_PASSWORD });
  expect(
    await say('account:change-password', { current: password, code: null, password: NEW_PASSWORD }),
  ).toEqual({});
  await say('access:confirm', { password: NEW_PASSWORD, code: null });
  const { secret } = (await ask(app, 'account:begin-totp', {})) as { secret: string };
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  const { recoveryCodes } = (await ask(app, 'account:finish-totp', {
    code: totpAt(secret, Date.now()),
  })) as { recoveryCodes: string[] };
  expect(recoveryCodes).toHaveLength(10);
  await say('access:lock', {});
  await say('access:unlock', { password: NEW_PASSWORD });
  await say('access:sign-in', { name, password: NEW_PASSWORD, extra: GUESS });
  const listed = JSON.stringify(
    await ask(app, 'audit:list', {
      search: '',
      staffId: null,
      areas: [],
      subject: null,
      from: null,
      to: null,
      after: null,
      limit: 200,
    }),
  );
  const secrets = [GUESS, NEW_PASSWORD, password, secret, ...recoveryCodes];
  for (const typed of secrets) {
    expect(listed).not.toContain(typed);
    expect(JSON.stringify(answers)).not.toContain(typed);
    expect(JSON.stringify([process.argv, process.env])).not.toContain(typed);
  }
  // While it runs, and when it has closed.
  expectNowhere(folder, secrets);
  await app.close();
  expectNowhere(folder, secrets);
  rmSync(folder, { recursive: true, force: true });
});

const reason = whyNoKeyring();
test.skipIf(reason !== null)(
  `what the command line is told is in no output and no file${reason ? ` (skipped: ${reason})` : ''}`,
  async () => {
    const folder = freshFolder();
    const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
    await runWithKeyring(folder, [here('../../helpers/make-profile.ts'), join(folder, 'books')]);
    const cli = (input: string, ...args: string[]) =>
      runWithKeyring(folder, [here('../../../main/cli.ts'), ...args, '--profile', 'books'], {
        input,
        env: { DAFTARI_USER: 'Amina', TMPDIR: folder },
      });
    const { password } = PEOPLE.owner;
    const runs = [
      await cli(`${GUESS}\n`, 'audit', 'export'),
      await cli(`${password}\n${GUESS}\n`, 'import', '--statement', 'gone.pdf', '--password-stdin'),
      await cli(`${password}\n`, 'audit', 'export'),
    ];
    expect(runs.map((run) => run.code)).toEqual([2, 2, 0]);
    for (const { out, err } of runs)
      for (const typed of [GUESS, password]) expect(out + err).not.toContain(typed);
    expectNowhere(join(folder, 'books'), [GUESS, password]);
    rmSync(folder, { recursive: true, force: true });
  },
);
