import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { openKeychain } from '#main/vault/keychain-vault.ts';
import { itemName, MAX_SECRET_BYTES } from '#main/vault/vault.ts';
import { ROOT } from '#test/helpers/sources.ts';

const vault = openKeychain();
const ledger = `test-${randomBytes(8).toString('hex')}`;
const name = itemName(ledger, 'database-key');
const other = itemName(ledger, 'phone-key');

const probe = await vault.read(name);
const reason = probe.ok ? '' : ' (skipped: needs a Secret Service)';

describe.skipIf(!probe.ok)(`the keychain of this computer${reason}`, () => {
  afterAll(async () => {
    for (const each of [name, other]) await vault.remove(each);
  });

  test('has nothing under a new name, and says so', async () => {
    expect(await vault.read(name)).toEqual({ ok: true, value: null });
  });

  test('keeps a secret, replaces it and forgets it', async () => {
    const secret = randomBytes(32).toString('hex');
    expect(await vault.write(name, secret)).toEqual({ ok: true, value: undefined });
    expect(await openKeychain().read(name)).toEqual({ ok: true, value: secret });
    expect(await vault.write(name, 'another ✓')).toEqual({ ok: true, value: undefined });
    expect(await vault.read(name)).toEqual({ ok: true, value: 'another ✓' });
    expect(await vault.read(other)).toEqual({ ok: true, value: null });
    expect(await vault.remove(name)).toEqual({ ok: true, value: undefined });
    expect(await vault.read(name)).toEqual({ ok: true, value: null });
  });

  test('keeps the largest secret whole', async () => {
    const secret = 'x'.repeat(MAX_SECRET_BYTES);
    expect(await vault.write(other, secret)).toEqual({ ok: true, value: undefined });
    expect(await vault.read(other)).toEqual({ ok: true, value: secret });
  });

  test('answers many at once in their order', async () => {
    const writes = Array.from({ length: 10 }, (_, n) => vault.write(other, `secret ${n}`));
    expect((await Promise.all(writes)).every((answer) => answer.ok)).toBe(true);
    expect(await vault.read(other)).toEqual({ ok: true, value: 'secret 9' });
  });
});

test('a secret that Windows could not keep is refused everywhere', async () => {
  const answer = await vault.write(name, 'x'.repeat(MAX_SECRET_BYTES + 1));
  expect(answer).toEqual({ ok: false, problem: 'too-large' });
});

test.runIf(process.platform === 'linux')(
  'without a keychain it could not look, which is not the same as nothing there',
  () => {
    const script = `
    import { openKeychain } from './main/vault/keychain-vault.ts';
    process.stdout.write(JSON.stringify(await openKeychain().read('nothing')));
  `;
    const env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
    };
    const told = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: ROOT,
      env,
      encoding: 'utf8',
    });
    expect(JSON.parse(told)).toEqual({ ok: false, problem: 'unavailable' });
  },
);
