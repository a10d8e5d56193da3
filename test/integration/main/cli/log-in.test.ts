import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answers } from '#main/cli/answers.ts';
import { logIn, type Purpose } from '#main/cli/log-in.ts';
import { openTerminal } from '#main/cli/terminal.ts';
import { savePassword } from '#main/db/queries/logins.ts';
import { succeed } from '#shared/ipc/result.ts';
import { GOOD_LINES, statementText } from '#test/fixtures/damaged-files.ts';
import { type AccessShop, failureOf, openAccessShop } from '#test/helpers/access-shop.ts';
import { runWithKeyring, whyNoKeyring } from '#test/helpers/keyring.ts';
import { freshFolder } from '#test/helpers/open-shop.ts';
import { PEOPLE } from '#test/helpers/people.ts';
import { quickPasswords } from '#test/helpers/prepare-profile.ts';

const EXPORT: Purpose = { command: 'audit-export', needs: ['audit.export'] };

/** Answers question after question; keeps what was asked. */
function answering(lines: readonly (string | null)[], canPrompt = true) {
  const left = [...lines];
  const asked: string[] = [];
  const answers: Answers = {
    canPrompt,
    ask: async (question) => {
      asked.push(question);
      return left.shift() ?? null;
    },
  };
  return { answers, asked };
}

function tryLogIn(
  shop: AccessShop,
  lines: readonly (string | null)[],
  options: { purpose?: Purpose; env?: Record<string, string>; canPrompt?: boolean } = {},
) {
  const { answers, asked } = answering(lines, options.canPrompt);
  const { purpose = EXPORT, env = {} } = options;
  const access = { ...shop.access, host: 'cli' } as const;
  const outcome = logIn(shop.core, access, { purpose, terminal: openTerminal('en'), answers, env });
  return { outcome, asked };
}

describe('a log-in on the command line', () => {
  test('asks for the name and the password, and acts as that person', async () => {
    const shop = await openAccessShop();
    const { outcome, asked } = tryLogIn(shop, ['Amina', PEOPLE.owner.password]);
    expect(await outcome).toMatchObject({ ok: true, value: { staffId: 1 } });
    expect(asked).toEqual(['Your name: ', 'Password: ']);
    expect(shop.ledger.read.get('SELECT host FROM sessions')).toEqual({ host: 'cli' });
  });

  test('takes the name from DAFTARI_USER and the password from the first line, where nobody can be asked', async () => {
    const shop = await openAccessShop();
    const env = { DAFTARI_USER: 'Baraka' };
    const { outcome } = tryLogIn(shop, [PEOPLE.auditor.password], { env, canPrompt: false });
    expect(await outcome).toMatchObject({ ok: true });
    const nameless = tryLogIn(shop, [PEOPLE.auditor.password], { canPrompt: false });
    expect(failureOf(await nameless.outcome)).toMatchObject({ message: { id: 'cli.login.needed' } });
    const silent = tryLogIn(shop, [], { env, canPrompt: false });
    expect(failureOf(await silent.outcome)).toMatchObject({ message: { id: 'cli.login.needed' } });
  });

  test('obeys the table of the window, and a refusal is on the record', async () => {
    const shop = await openAccessShop();
    const { outcome } = tryLogIn(shop, ['Njeri', PEOPLE.clerk.password]);
    expect(failureOf(await outcome)).toMatchObject({
      code: 'ipc/forbidden',
      message: { values: { role: 'clerk', permission: 'audit.export' } },
    });
    const [entry, ...others] = shop.entries('access.refused');
    expect(entry).toMatchObject({ staffId: shop.idOf('clerk') });
    expect(entry?.details).toContain('"channel":"cli:audit-export","code":"ipc/forbidden"');
    expect(others).toEqual([]);
  });

  test('asks for the second factor, or takes it from DAFTARI_CODE', async () => {
    const shop = await openAccessShop();
    const { codeNow, recoveryCodes } = shop.giveTotp('owner');
    const { password } = PEOPLE.owner;
    const asking = tryLogIn(shop, ['Amina', password, codeNow()]);
    expect(await asking.outcome).toMatchObject({ ok: true });
    expect(asking.asked.at(-1)).toBe('Code of your authenticator app: ');
    const env = { DAFTARI_USER: 'Amina', DAFTARI_CODE: recoveryCodes[0] ?? '' };
    expect(await tryLogIn(shop, [password], { env, canPrompt: false }).outcome).toMatchObject({ ok: true });
    const without = tryLogIn(shop, [password], { env: { DAFTARI_USER: 'Amina' }, canPrompt: false });
    expect(failureOf(await without.outcome).message.id).toBe('cli.login.needs-code');
  });

  test('does not spend a starting password, which can only be replaced in the window', async () => {
    const shop = await openAccessShop();
    const hash = await quickPasswords().hash('K3F9-AB2D-77XQ-M4TT');
    shop.ledger.act({ staffId: 1, session: null }, 'staff.password-reset', 'staff', (db) => {
      savePassword(db, {
        staffId: shop.idOf('auditor'),
        hash,
        isSingleUse: true,
        isShort: false,
        at: shop.core.now(),
      });
      return succeed({ value: undefined, details: {} });
    });
    const { outcome } = tryLogIn(shop, ['Baraka', 'K3F9-AB2D-77XQ-M4TT']);
    expect(failureOf(await outcome).message.id).toBe('access.choose-in-window');
    const starting = { name: 'Baraka', password: 'K3F9-AB2D-77XQ-M4TT' };
    expect(await shop.signIn(starting)).toEqual({ ok: true, value: { next: 'new-password' } });
  });
});

const CLI = fileURLToPath(new URL('../../../../main/cli.ts', import.meta.url));
const MAKER = fileURLToPath(new URL('../../../helpers/make-profile.ts', import.meta.url));
const reason = whyNoKeyring();

describe.skipIf(reason !== null)(
  `a profile with people, its key in a real keyring${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
    let folder: string;
    beforeAll(async () => {
      folder = freshFolder();
      writeFileSync(join(folder, 'day.csv'), statementText(GOOD_LINES));
      const made = await runWithKeyring(folder, [MAKER, join(folder, 'books')]);
      expect(made).toMatchObject({ code: 0 });
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const cli = (input: string, user: string | undefined, ...args: string[]) =>
      runWithKeyring(folder, [CLI, ...args, '--profile', 'books'], { input, env: { DAFTARI_USER: user } });
    const importDay = ['import', '--statement', 'day.csv', '--json'];

    test('every command asks who it is, and does nothing for nobody', async () => {
      const commands = [
        importDay,
        ['reconcile', '--statement', 'day.csv'],
        ['audit', 'verify'],
        ['audit', 'export'],
        ['doctor'],
      ];
      for (const command of commands) {
        const refused = await cli('', undefined, ...command);
        expect(refused).toMatchObject({ code: 2, out: '' });
        expect(refused.err).toContain('DAFTARI_USER');
      }
    });

    test('lets in whoever the table allows, and names what is missing', async () => {
      const claimed = await cli(
        `${PEOPLE.clerk.password}\n`,
        'Njeri',
        ...importDay,
        '--short-code',
        '1234567',
      );
      expect(claimed).toMatchObject({ code: 2, out: '' });
      expect(claimed.err).toMatch(/A clerk may not do this: it needs the permission tills\.write/);

      const taken = await cli(`${PEOPLE.owner.password}\n`, 'Amina', ...importDay, '--short-code', '1234567');
      expect(taken).toMatchObject({ code: 0 });
      expect(JSON.parse(taken.out)).toMatchObject({ statement: [{ new: 3 }] });

      const exported = await cli(`${PEOPLE.clerk.password}\n`, 'Njeri', 'audit', 'export');
      expect(exported).toMatchObject({ code: 2, out: '' });
      const read = await cli(`${PEOPLE.auditor.password}\n`, 'Baraka', 'audit', 'export');
      expect(read.code).toBe(0);
      const log = read.out;
      expect(log.match(/cli:(import|audit-export)/g)).toHaveLength(2);
      for (const { password } of Object.values(PEOPLE)) expect(log).not.toContain(password);
      const well = await cli(`${PEOPLE.auditor.password}\n`, 'Baraka', 'doctor', '--json');
      // Nobody has said that there is a copy: a warning.
      expect(well.code).toBe(1);
      expect(JSON.parse(well.out)).toMatchObject({ ok: false });
      // What is set up with Safaricom is told to whoever may see it in the window.
      expect(well.out).toContain('"credentials"');
      const narrow = await cli(`${PEOPLE.clerk.password}\n`, 'Njeri', 'doctor', '--json');
      expect(narrow.out).not.toContain('"credentials"');
      expect(narrow.out).toContain('"database"');
      const asking = await cli(`${PEOPLE.manager.password}\n`, 'Otieno', 'doctor', '--online');
      expect(asking).toMatchObject({ code: 2, out: '' });
      expect(asking.err).toMatch(/safaricom\.write/);
    });

    test('a wrong password is refused, with a delay that the next run remembers', async () => {
      const runs: number[] = [];
      const words: string[] = [];
      for (let run = 0; run < 4; run += 1) {
        const { code, err } = await cli('a guess\n', 'Otieno', 'doctor');
        runs.push(code ?? -1);
        words.push(err);
      }
      expect(runs).toEqual([2, 2, 2, 2]);
      expect(words.slice(0, 3).every((text) => text.includes('That did not fit'))).toBe(true);
    });
  },
);
