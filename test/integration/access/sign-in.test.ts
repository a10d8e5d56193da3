import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openPasswords } from '#main/access/passwords.ts';
import { totpAt } from '#main/access/totp.ts';
import { savePassword, selectLogin } from '#main/db/queries/logins.ts';
import { writeSetting } from '#main/db/queries/settings.ts';
import { choosePassword } from '#main/services/choose-password.ts';
import { settleEarlyTries } from '#main/services/record-refused-try.ts';
import { signIn } from '#main/services/sign-in.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { type AccessShop, failureOf, openAccessShop } from '#test/helpers/access-shop.ts';
import { PEOPLE } from '#test/helpers/people.ts';
import { quickPasswords } from '#test/helpers/prepare-profile.ts';

const WRONG = { name: 'Amina', password: 'not her password' };
const NOBODY = { name: 'Nobody at all', password: 'not her password' };

function change(shop: AccessShop, sql: 'disable' | 'enable', staffId: number): void {
  const changed = shop.ledger.act({ staffId: 1, session: null }, 'staff.active-set', 'staff', (db) => {
    db.run('UPDATE staff SET is_active = ? WHERE id = ?', sql === 'enable' ? 1 : 0, staffId);
    return succeed({ value: undefined, details: {} });
  });
  if (!changed.ok) throw new Error(changed.error.code);
}

async function giveStartingPassword(shop: AccessShop, staffId: number, password: string): Promise<void> {
  const hash = await quickPasswords().hash(password);
  const given = shop.ledger.act({ staffId: 1, session: null }, 'staff.password-reset', 'staff', (db) => {
    savePassword(db, { staffId, hash, isSingleUse: true, isShort: false, at: shop.core.now() });
    return succeed({ value: undefined, details: {} });
  });
  if (!given.ok) throw new Error(given.error.code);
}

describe('signing in', () => {
  test('opens a session of the person, and is on the record', async () => {
    const shop = await openAccessShop();
    expect(await shop.signIn('clerk')).toEqual({ ok: true, value: { next: 'open' } });
    const session = shop.access.book.sessionFor('main');
    expect(session).toMatchObject({ name: 'Njeri', role: 'clerk', window: 'main', confirmedUntil: null });
    expect(session?.id).toMatch(/^[0-9a-f]{64}$/);
    expect(shop.access.book.sessionFor('approval')).toBeNull();
    expect(shop.entries('access.signed-in')).toMatchObject([{ staffId: shop.idOf('clerk') }]);
    expect(shop.ledger.read.all('SELECT staff_id, host, ended_at FROM sessions')).toEqual([
      { staff_id: shop.idOf('clerk'), host: 'preview', ended_at: null },
    ]);
  });

  test('takes the name however it is typed, and the password only as it is', async () => {
    const shop = await openAccessShop();
    expect(await shop.signIn({ name: '  AMINA ', password: PEOPLE.owner.password })).toMatchObject({
      ok: true,
    });
    const shouted = { name: 'Amina', password: PEOPLE.owner.password.toUpperCase() };
    expect(failureOf(await shop.signIn(shouted)).code).toBe('access/refused');
  });

  test('hashes again when the cost has risen', async () => {
    const shop = await openAccessShop();
    const before = selectLogin(shop.ledger.read, 1)?.passwordHash;
    const risen = { ...shop.access, passwords: openPasswords({ memoryKib: 16, passes: 2, lanes: 1 }) };
    const given = { name: 'Amina', password: PEOPLE.owner.password, code: null };
    expect(await signIn(shop.core, risen, given, 'main')).toMatchObject({ ok: true });
    const after = selectLogin(shop.ledger.read, 1)?.passwordHash;
    expect(before).toContain('m=8,t=1,p=1');
    expect(after).toContain('m=16,t=2,p=1');
    expect(await risen.passwords.verify(after ?? null, PEOPLE.owner.password)).toBe(true);
  });
});

describe('S11: who exists cannot be told', () => {
  test('an unknown name, a wrong password, a disabled person, the program and a wrong code are one refusal', async () => {
    const shop = await openAccessShop();
    change(shop, 'disable', shop.idOf('manager'));
    shop.giveTotp('auditor');
    const tries = [
      () => shop.signIn(NOBODY),
      () => shop.signIn(WRONG),
      () => shop.signIn('manager'),
      () => shop.signIn({ name: 'Daftari', password: 'anything at all' }),
      () => shop.signIn('auditor', '000000'),
    ];
    const failures = [];
    for (const attempt of tries) {
      const before = shop.checks();
      failures.push(failureOf(await attempt()));
      // The same work for each: exactly one check of a password, and nothing hashed.
      expect(shop.checks() - before).toBe(1);
      shop.pass(HOUR);
    }
    expect(failures[0]?.code).toBe('access/refused');
    for (const failure of failures) expect(failure).toEqual(failures[0]);
    expect(shop.hashes()).toBe(0);
    expect(shop.access.book.all()).toEqual([]);
  });

  test('a made-up name waits like a real one', async () => {
    const waits: unknown[][] = [];
    for (const who of [NOBODY, { name: 'Njeri', password: 'not her password' }]) {
      const shop = await openAccessShop();
      const seen: unknown[] = [];
      for (let attempt = 0; attempt < 14; attempt += 1) {
        const failure = failureOf(await shop.signIn(who));
        seen.push([failure.code, failure.message.values?.seconds]);
        shop.pass(20 * SECOND);
      }
      waits.push(seen);
    }
    expect(waits[0]).toEqual(waits[1]);
    expect(JSON.stringify(waits[0])).toContain('access/wait');
  });

  test('nothing that was typed is kept: people type their password into the name', async () => {
    const shop = await openAccessShop();
    const canary = 'canary-typed-as-a-name';
    await shop.signIn({ name: canary, password: canary });
    const everything = JSON.stringify([
      shop.entries(),
      shop.ledger.read.all('SELECT * FROM sign_in_delays'),
      shop.ledger.read.all('SELECT * FROM settings'),
    ]);
    expect(everything).toContain('sign-in-refused');
    expect(everything).not.toContain(canary);
    expect(everything).toMatch(/"name:[0-9a-f]{3}"/);
  });
});

describe('S11: guessing', () => {
  test('waits longer and longer, and looks at nothing until the wait is over', async () => {
    const shop = await openAccessShop();
    for (let slip = 0; slip < 3; slip += 1)
      expect(failureOf(await shop.signIn(WRONG)).code).toBe('access/refused');
    const checks = shop.checks();
    const early = failureOf(await shop.signIn('owner'));
    expect(early).toMatchObject({ code: 'access/wait', message: { values: { seconds: 1 } } });
    expect(shop.checks()).toBe(checks);
    shop.pass(SECOND);
    expect(await shop.signIn('owner')).toMatchObject({ ok: true });
    expect(shop.entries('access.sign-in-refused').map((entry) => entry.details)).toEqual([
      ...Array.from({ length: 3 }, () => '{"occasion":"sign-in","why":"wrong"}'),
      '{"occasion":"sign-in","why":"too-soon"}',
    ]);
  });

  test('a right password forgets the person’s slips, not the computer’s', async () => {
    const shop = await openAccessShop();
    for (let slip = 0; slip < 3; slip += 1) await shop.signIn(WRONG);
    shop.pass(SECOND);
    await shop.signIn('owner');
    expect(shop.ledger.read.all('SELECT scope, failures FROM sign_in_delays')).toEqual([
      { scope: 'computer', failures: 3 },
    ]);
    // Guessing at everybody in turn is guessing all the same.
    await shop.signIn({ name: 'Njeri', password: 'x' });
    expect(failureOf(await shop.signIn('manager'))).toMatchObject({ code: 'access/wait' });
  });

  test('a hundred tries at once are counted one by one', async () => {
    const shop = await openAccessShop();
    const answers = await Promise.all(Array.from({ length: 100 }, () => shop.signIn(WRONG)));
    const codes = answers.map((answer) => failureOf(answer).code);
    expect(codes.filter((code) => code === 'access/refused')).toHaveLength(3);
    expect(shop.checks()).toBe(3);
  });

  test('the delay survives a restart: it is in the ledger', async () => {
    const shop = await openAccessShop();
    for (let slip = 0; slip < 5; slip += 1) {
      await shop.signIn(WRONG);
      shop.pass(10 * SECOND);
    }
    expect(shop.ledger.read.all('SELECT scope, failures FROM sign_in_delays ORDER BY scope')).toEqual([
      { scope: 'computer', failures: 5 },
      { scope: 'staff:1', failures: 5 },
    ]);
  });

  test('a clock set back does not make the wait longer, and one set forward by a day leaves no old rows', async () => {
    const shop = await openAccessShop();
    for (let slip = 0; slip < 9; slip += 1) {
      await shop.signIn({ name: 'Njeri', password: 'x' });
      shop.pass(MINUTE + 5 * SECOND);
    }
    shop.setClock(-365 * DAY);
    expect(failureOf(await shop.signIn('clerk')).code).toBe('access/wait');
    shop.pass(5 * MINUTE);
    expect(await shop.signIn('clerk')).toMatchObject({ ok: true });
    shop.setClock(2 * DAY);
    await shop.signIn(NOBODY);
    expect(shop.ledger.read.all(`SELECT scope FROM sign_in_delays WHERE scope LIKE 'staff:%'`)).toEqual([]);
  });

  test('a clock set ahead ends no wait, and forgets no tries', async () => {
    const shop = await openAccessShop();
    for (let slip = 0; slip < 60; slip += 1) {
      await shop.signIn({ name: 'Njeri', password: 'x' });
      shop.setClock(2 * DAY);
    }
    expect(shop.checks()).toBe(3);
    expect(failureOf(await shop.signIn('clerk')).code).toBe('access/wait');
    shop.pass(SECOND);
    expect(await shop.signIn('clerk')).toMatchObject({ ok: true });
  });

  test('a flood of tries that come too soon makes few entries, which count them', async () => {
    const shop = await openAccessShop();
    for (let slip = 0; slip < 300; slip += 1) await shop.signIn(WRONG);
    shop.pass(SECOND);
    await shop.signIn(WRONG);
    for (let slip = 0; slip < 50; slip += 1) await shop.signIn(WRONG);
    settleEarlyTries(shop.core, shop.access);
    settleEarlyTries(shop.core, shop.access);
    const told = shop
      .entries('access.sign-in-refused')
      .map(({ details }) => JSON.parse(details) as { why: string; times?: number })
      .map(({ why, times = 0 }) => [why, times]);
    expect(told).toEqual([
      ['wrong', 0],
      ['wrong', 0],
      ['wrong', 0],
      ['too-soon', 0],
      ['wrong', 296],
      ['too-soon', 0],
      ['too-soon', 48],
    ]);
  });

  test('whatever a clerk tries, the owner is in within a minute of quiet', async () => {
    const step = fc.record({
      who: fc.constantFrom('Amina', 'Njeri', 'Otieno', 'made up'),
      isRight: fc.boolean(),
      pauseMs: fc.nat(10 * MINUTE),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const shop = await openAccessShop();
        for (const { who, isRight, pauseMs } of steps) {
          const right = Object.values(PEOPLE).find(({ name }) => name === who)?.password ?? '';
          // The clerk knows every password but the owner's.
          const password = isRight && who !== 'Amina' ? right : 'a guess';
          await shop.signIn({ name: who, password });
          shop.pass(pauseMs);
        }
        const first = await shop.signIn('owner');
        const wait = first.ok ? 0 : Number(failureOf(first).message.values?.seconds);
        expect(wait).toBeLessThanOrEqual(60);
        shop.pass(wait * SECOND);
        expect(await shop.signIn('owner')).toMatchObject({ ok: true });
      }),
      { numRuns: 15 },
    );
  });
});

describe('the second factor', () => {
  test('is asked for after the password, and its code opens once', async () => {
    const shop = await openAccessShop();
    const { codeNow } = shop.giveTotp('owner');
    expect(await shop.signIn('owner')).toEqual({ ok: true, value: { next: 'code' } });
    expect(await shop.signIn('owner', '')).toEqual({ ok: true, value: { next: 'code' } });
    expect(shop.access.book.all()).toEqual([]);
    // A right password is on the record even when no code follows.
    expect(shop.entries('access.code-asked')).toMatchObject([{ subject: 'staff:1' }, { subject: 'staff:1' }]);
    const code = codeNow();
    expect(await shop.signIn('owner', code)).toEqual({ ok: true, value: { next: 'open' } });
    expect(failureOf(await shop.signIn('owner', code)).code).toBe('access/refused');
    shop.pass(30 * SECOND);
    expect(await shop.signIn('owner', codeNow())).toMatchObject({ ok: true });
  });

  test('a guessed code costs a try, and asking for the code again does not forget it', async () => {
    const shop = await openAccessShop();
    shop.giveTotp('owner');
    for (let slip = 0; slip < 3; slip += 1) {
      expect(failureOf(await shop.signIn('owner', '000000')).code).toBe('access/refused');
      if (slip < 2) expect(await shop.signIn('owner')).toMatchObject({ value: { next: 'code' } });
    }
    expect(failureOf(await shop.signIn('owner')).code).toBe('access/wait');
  });

  test('a wrong clock locks nobody out once the right one has been learnt', async () => {
    const shop = await openAccessShop();
    const { codeNow } = shop.giveTotp('owner');
    const code = codeNow();
    shop.setClock(-7 * HOUR);
    expect(failureOf(await shop.signIn('owner', code)).code).toBe('access/refused');
    const learnt = shop.ledger.act({ staffId: 0, session: null }, 'clock.learnt', 'clock', (db) => {
      writeSetting(db, 'clock-offset-ms', String(7 * HOUR));
      return succeed({ value: undefined, details: {} });
    });
    expect(learnt.ok).toBe(true);
    expect(await shop.signIn('owner', code)).toMatchObject({ ok: true });
  });

  test('nor does a clock that somebody has put right since', async () => {
    const shop = await openAccessShop();
    const { codeNow } = shop.giveTotp('owner');
    const learnt = shop.ledger.act({ staffId: 0, session: null }, 'clock.learnt', 'clock', (db) => {
      writeSetting(db, 'clock-offset-ms', String(7 * HOUR));
      return succeed({ value: undefined, details: {} });
    });
    expect(learnt.ok).toBe(true);
    const code = codeNow();
    expect(await shop.signIn('owner', code)).toMatchObject({ ok: true });
    expect(failureOf(await shop.signIn('owner', code)).code).toBe('access/refused');
  });

  test('each recovery code stands in for it once', async () => {
    const shop = await openAccessShop();
    const { recoveryCodes } = shop.giveTotp('owner');
    const [first = '', second = ''] = recoveryCodes;
    expect(await shop.signIn('owner', first.toLowerCase())).toMatchObject({ ok: true });
    expect(failureOf(await shop.signIn('owner', first)).code).toBe('access/refused');
    expect(await shop.signIn('owner', second)).toMatchObject({ ok: true });
    const kept = shop.ledger.read.all<{ hash: Buffer }>('SELECT code_hash AS hash FROM totp_recovery_codes');
    expect(kept).toHaveLength(10);
    expect(kept.every(({ hash }) => hash.length === 32)).toBe(true);
  });

  test('is nobody else’s', async () => {
    const shop = await openAccessShop();
    const owner = shop.giveTotp('owner');
    shop.giveTotp('manager');
    expect(failureOf(await shop.signIn('manager', owner.codeNow())).code).toBe('access/refused');
    expect(failureOf(await shop.signIn('manager', owner.recoveryCodes[0])).code).toBe('access/refused');
    expect(totpAt('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', shop.core.now())).not.toBe(owner.codeNow());
  });
});

describe('S13: a starting password', () => {
  const START = { name: 'Njeri', password: 'K3F9-AB2D-77XQ-M4TT' };

  test('opens one session, in which nothing is shown until another is chosen', async () => {
    const shop = await openAccessShop();
    await giveStartingPassword(shop, shop.idOf('clerk'), START.password);
    expect(await shop.signIn(START)).toEqual({ ok: true, value: { next: 'new-password' } });
    expect(shop.access.book.sessionFor('main')).toBeNull();
    for (const weak of ['short', START.password, 'njeri of the shop'])
      expect(failureOf(await choosePassword(shop.core, shop.access, weak, 'main')).code).toBe(
        'access/weak-password',
      );
    expect(await choosePassword(shop.core, shop.access, 'nine ripe avocados', 'main')).toEqual({
      ok: true,
      value: { next: 'open' },
    });
    expect(shop.access.book.sessionFor('main')).toMatchObject({ name: 'Njeri' });
    expect(failureOf(await shop.signIn(START)).code).toBe('access/refused');
    expect(await shop.signIn({ name: 'Njeri', password: 'nine ripe avocados' })).toMatchObject({ ok: true });
    expect(shop.entries('account.password-chosen')).toMatchObject([{ staffId: shop.idOf('clerk') }]);
  });

  test('is spent by its first use, so that whoever made it cannot use it unseen', async () => {
    const shop = await openAccessShop();
    await giveStartingPassword(shop, shop.idOf('clerk'), START.password);
    await shop.signIn(START);
    // The owner who tried it leaves the clerk in front of a password that no longer opens.
    expect(failureOf(await shop.signIn(START)).code).toBe('access/refused');
    expect(shop.entries('access.signed-in')).toHaveLength(1);
  });

  test('replaces nothing once a password has been chosen', async () => {
    const shop = await openAccessShop();
    await shop.signIn('clerk');
    expect(failureOf(await choosePassword(shop.core, shop.access, 'nine ripe avocados', 'main')).code).toBe(
      'access/out-of-order',
    );
  });
});

describe('S12: a stolen ledger', () => {
  test('is encrypted, and inside it passwords and codes are hashes only', async () => {
    const shop = await openAccessShop();
    const { recoveryCodes } = shop.giveTotp('owner');
    const rows = JSON.stringify(shop.ledger.read.all('SELECT password_hash FROM logins'));
    expect(rows.match(/\$argon2id\$/g)).toHaveLength(4);
    for (const { password } of Object.values(PEOPLE)) expect(rows).not.toContain(password);
    const codes = shop.ledger.read.all<{ hash: Buffer }>('SELECT code_hash AS hash FROM totp_recovery_codes');
    for (const code of recoveryCodes)
      expect(codes.some(({ hash }) => hash.includes(code.slice(0, 4)))).toBe(false);
    expect(() =>
      shop.ledger.act({ staffId: 1, session: null }, 'test', 'test', (db) => {
        db.run('UPDATE logins SET password_hash = ?', 'plain');
        return succeed({ value: undefined, details: {} });
      }),
    ).toThrow(/CHECK/);
  });
});
