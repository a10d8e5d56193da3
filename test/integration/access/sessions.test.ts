import { describe, expect, test } from 'vitest';
import { totpAt } from '#main/access/totp.ts';
import { acceptTotp, dropTotp, offerTotp, renewRecoveryCodes, showAccount } from '#main/services/account.ts';
import { changePassword } from '#main/services/choose-password.ts';
import { confirm } from '#main/services/confirm.ts';
import {
  endAllSessions,
  endSessionsOf,
  lockAllSessions,
  settleSessions,
} from '#main/services/end-session.ts';
import { lock, noteInput, signOut } from '#main/services/leave.ts';
import { startSetUpSession } from '#main/services/set-up-session.ts';
import { showAccess } from '#main/services/show-access.ts';
import { unlock } from '#main/services/unlock.ts';
import { CONFIRM_LIMIT, IDLE_LIMIT } from '#shared/domain/access/session-life.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { type AccessShop, failureOf, openAccessShop } from '#test/helpers/access-shop.ts';
import { openShop } from '#test/helpers/open-shop.ts';
import { PEOPLE } from '#test/helpers/people.ts';

const ABOUT = { host: 'preview', version: '0' } as const;

async function openAs(role: keyof typeof PEOPLE): Promise<AccessShop> {
  const shop = await openAccessShop();
  expect(await shop.signIn(role)).toMatchObject({ ok: true });
  return shop;
}

function sessionOf(shop: AccessShop) {
  const session = shop.access.book.sessionFor('main');
  if (session === null) throw new Error('nobody is signed in');
  return session;
}

function phaseOf(shop: AccessShop): string {
  const state = showAccess(shop.core, shop.access, ABOUT, [], 'main');
  if (!state.ok) throw new Error(state.error.code);
  return state.value.phase;
}

function setRole(shop: AccessShop, staffId: number, role: string, isActive = 1): void {
  const set = shop.ledger.act({ staffId: 1, session: null }, 'staff.role-set', 'staff', (db) => {
    db.run('UPDATE staff SET role = ?, is_active = ? WHERE id = ?', role, isActive, staffId);
    return succeed({ value: undefined, details: {} });
  });
  if (!set.ok) throw new Error(set.error.code);
}

describe('idleness', () => {
  test('ten minutes without input lock the window; the same person goes on with the password', async () => {
    const shop = await openAs('owner');
    const { id } = sessionOf(shop);
    shop.pass(IDLE_LIMIT - 1);
    settleSessions(shop.core, shop.access);
    expect(sessionOf(shop).id).toBe(id);
    shop.pass(1);
    // Nothing is shown from that moment, even before anybody has noticed.
    expect(shop.access.book.sessionFor('main')).toBeNull();
    settleSessions(shop.core, shop.access);
    expect(shop.told).toEqual([['session:ended', { reason: 'idle', isLocked: true }]]);
    expect(phaseOf(shop)).toBe('locked');
    expect(failureOf(await unlock(shop.core, shop.access, 'not hers', 'main')).code).toBe('access/refused');
    expect(await unlock(shop.core, shop.access, PEOPLE.owner.password, 'main')).toMatchObject({ ok: true });
    expect(sessionOf(shop).id).toBe(id);
    expect(shop.entries().map((entry) => entry.action)).toEqual(
      expect.arrayContaining(['access.locked', 'access.sign-in-refused', 'access.unlocked']),
    );
  });

  test('input keeps it open; asking for things without any does not', async () => {
    const shop = await openAs('clerk');
    for (let minute = 0; minute < 30; minute += 1) {
      shop.pass(MINUTE);
      noteInput(shop.access, sessionOf(shop));
    }
    expect(phaseOf(shop)).toBe('open');
    for (let minute = 0; minute < 10; minute += 1) {
      shop.pass(MINUTE);
      shop.access.book.sessionFor('main');
    }
    expect(phaseOf(shop)).toBe('locked');
  });

  test('a clock set back keeps nobody signed in, and a slept hour locks', async () => {
    const shop = await openAs('clerk');
    shop.setClock(-DAY);
    expect(phaseOf(shop)).toBe('open');
    shop.pass(IDLE_LIMIT);
    expect(phaseOf(shop)).toBe('locked');
    const slept = await openAs('clerk');
    slept.setClock(HOUR);
    expect(phaseOf(slept)).toBe('locked');
  });

  test('a half-made session of a starting password ends instead', async () => {
    const shop = await openAs('clerk');
    shop.access.book.change(sessionOf(shop).id, { phase: 'new-password' });
    shop.pass(IDLE_LIMIT);
    expect(phaseOf(shop)).toBe('signed-out');
  });

  test('after ten hours the session is over, however busy, locked or not', async () => {
    for (const locks of [false, true]) {
      const shop = await openAs('manager');
      for (let at = 0; at < 10 * HOUR - 5 * MINUTE; at += 5 * MINUTE) {
        shop.pass(5 * MINUTE);
        noteInput(shop.access, sessionOf(shop));
      }
      if (locks) lock(shop.core, shop.access, sessionOf(shop));
      shop.pass(5 * MINUTE);
      settleSessions(shop.core, shop.access);
      expect(shop.told.at(-1)).toEqual(['session:ended', { reason: 'too-long', isLocked: false }]);
      expect(phaseOf(shop)).toBe('signed-out');
      expect(shop.ledger.read.get('SELECT end_reason AS reason FROM sessions')).toEqual({
        reason: 'too-long',
      });
    }
  });
});

describe('locking', () => {
  test('by hand, and when the computer sleeps', async () => {
    const shop = await openAs('owner');
    lock(shop.core, shop.access, sessionOf(shop));
    expect(shop.told).toEqual([['session:ended', { reason: 'locked', isLocked: true }]]);
    await unlock(shop.core, shop.access, PEOPLE.owner.password, 'main');
    lockAllSessions(shop.core, shop.access, 'suspended');
    lockAllSessions(shop.core, shop.access, 'suspended');
    expect(shop.told.slice(1)).toEqual([['session:ended', { reason: 'suspended', isLocked: true }]]);
    expect(phaseOf(shop)).toBe('locked');
  });

  test('takes a confirmed password and an offered second factor with it', async () => {
    const shop = await openAs('owner');
    await confirm(shop.core, shop.access, sessionOf(shop), { password: PEOPLE.owner.password, code: null });
    offerTotp(shop.core, shop.access, sessionOf(shop));
    lock(shop.core, shop.access, sessionOf(shop));
    await unlock(shop.core, shop.access, PEOPLE.owner.password, 'main');
    expect(sessionOf(shop).confirmedUntil).toBeNull();
    expect(failureOf(acceptTotp(shop.core, shop.access, sessionOf(shop), '000000')).code).toBe(
      'access/out-of-order',
    );
  });

  test('happens even when the ledger cannot be written', async () => {
    const shop = await openAs('owner');
    const full = {
      ...shop.core,
      ledger: {
        ...shop.ledger,
        act: () => {
          throw new Error('the disk is full');
        },
      },
    };
    lockAllSessions(full, shop.access, 'suspended');
    expect(shop.access.book.sessionFor('main')).toBeNull();
    signOut(full, shop.access, 'main');
    expect(shop.access.book.all()).toEqual([]);
  });

  test('there is nothing to unlock in an open or an empty window', async () => {
    const shop = await openAs('owner');
    const { password } = PEOPLE.owner;
    expect(failureOf(await unlock(shop.core, shop.access, password, 'main')).code).toBe(
      'access/out-of-order',
    );
    signOut(shop.core, shop.access, 'main');
    expect(failureOf(await unlock(shop.core, shop.access, password, 'main')).code).toBe(
      'access/out-of-order',
    );
  });

  test('asks a person with a second factor for the password alone', async () => {
    const shop = await openAccessShop();
    const { codeNow } = shop.giveTotp('owner');
    await shop.signIn('owner', codeNow());
    lock(shop.core, shop.access, sessionOf(shop));
    expect(await unlock(shop.core, shop.access, PEOPLE.owner.password, 'main')).toMatchObject({ ok: true });
  });
});

describe('one session a person, one a window', () => {
  test('signing in again ends the older session, on the record', async () => {
    const shop = await openAs('clerk');
    const { id } = sessionOf(shop);
    const firstAt = shop.core.now();
    expect(showAccount(shop.core, shop.access, sessionOf(shop))).toMatchObject({
      value: { signedInAt: firstAt, previousSignInAt: null, otherSessionEndedAt: null },
    });
    shop.pass(MINUTE);
    await shop.signIn('clerk');
    expect(sessionOf(shop).id).not.toBe(id);
    expect(shop.access.book.all()).toHaveLength(1);
    expect(shop.entries('access.session-ended')).toMatchObject([{ details: '{"reason":"elsewhere"}' }]);
    const account = showAccount(shop.core, shop.access, sessionOf(shop));
    const now = shop.core.now();
    expect(account).toMatchObject({
      value: { signedInAt: now, previousSignInAt: firstAt, otherSessionEndedAt: now },
    });
  });

  test('another person takes the window over', async () => {
    const shop = await openAs('clerk');
    await shop.signIn('manager');
    expect(sessionOf(shop)).toMatchObject({ name: 'Otieno' });
    const ended = shop.ledger.read.all(
      'SELECT end_reason AS reason FROM sessions WHERE ended_at IS NOT NULL',
    );
    expect(ended).toEqual([{ reason: 'signed-out' }]);
  });

  test('somebody else who fails to sign in ends nothing', async () => {
    const shop = await openAs('clerk');
    await shop.signIn({ name: 'Otieno', password: 'a guess' });
    expect(sessionOf(shop)).toMatchObject({ name: 'Njeri' });
  });
});

describe('a session ends at once', () => {
  test.each([
    ['the role is taken away', 'auditor', 1],
    ['the person is disabled', 'clerk', 0],
  ])('when %s', async (_, role, isActive) => {
    const shop = await openAs('clerk');
    setRole(shop, shop.idOf('clerk'), role, isActive);
    expect(shop.access.book.sessionFor('main')).toBeNull();
    settleSessions(shop.core, shop.access);
    expect(shop.told).toEqual([['session:ended', { reason: 'changed', isLocked: false }]]);
    expect(phaseOf(shop)).toBe('signed-out');
  });

  test('when the owner ends it', async () => {
    const shop = await openAs('clerk');
    const actor = { staffId: 1, session: null };
    endSessionsOf(shop.core, shop.access, shop.idOf('clerk'), { reason: 'by-owner', actor });
    endSessionsOf(shop.core, shop.access, shop.idOf('manager'), { reason: 'by-owner', actor });
    expect(shop.told).toEqual([['session:ended', { reason: 'by-owner', isLocked: false }]]);
    expect(shop.entries('access.session-ended')).toMatchObject([{ staffId: 1 }]);
  });

  test('when the program closes', async () => {
    const shop = await openAs('clerk');
    endAllSessions(shop.core, shop.access);
    expect(shop.ledger.read.all('SELECT end_reason AS reason FROM sessions')).toEqual([{ reason: 'quit' }]);
    expect(shop.told).toEqual([]);
  });

  test('when the person signs out; a locked session can be left too', async () => {
    const shop = await openAs('clerk');
    lock(shop.core, shop.access, sessionOf(shop));
    signOut(shop.core, shop.access, 'main');
    expect(phaseOf(shop)).toBe('signed-out');
    expect(signOut(shop.core, shop.access, 'main')).toEqual({ ok: true, value: {} });
  });
});

describe('the password again', () => {
  const given = { password: PEOPLE.owner.password, code: null };

  test('counts for two minutes, is a try like any other, and is on the record', async () => {
    const shop = await openAs('owner');
    const wrong = { password: 'a guess', code: null };
    expect(failureOf(await confirm(shop.core, shop.access, sessionOf(shop), wrong)).code).toBe(
      'access/refused',
    );
    expect(sessionOf(shop).confirmedUntil).toBeNull();
    const confirmed = await confirm(shop.core, shop.access, sessionOf(shop), given);
    expect(confirmed).toEqual({ ok: true, value: { until: shop.core.now() + CONFIRM_LIMIT } });
    expect(sessionOf(shop).confirmedUntil).toBe(shop.core.now() + CONFIRM_LIMIT);
    shop.pass(CONFIRM_LIMIT);
    expect(sessionOf(shop).confirmedUntil).toBeNull();
    for (let slip = 0; slip < 3; slip += 1) await confirm(shop.core, shop.access, sessionOf(shop), wrong);
    expect(failureOf(await confirm(shop.core, shop.access, sessionOf(shop), given)).code).toBe('access/wait');
    expect(shop.entries('access.confirmed')).toHaveLength(1);
  });

  test('a clock set back does not stretch it', async () => {
    const shop = await openAs('owner');
    await confirm(shop.core, shop.access, sessionOf(shop), given);
    shop.setClock(-HOUR);
    shop.pass(CONFIRM_LIMIT);
    expect(sessionOf(shop).confirmedUntil).toBeNull();
  });

  test('asks for a code of whoever has a second factor', async () => {
    const shop = await openAccessShop();
    const { codeNow } = shop.giveTotp('owner');
    await shop.signIn('owner', codeNow());
    expect(failureOf(await confirm(shop.core, shop.access, sessionOf(shop), given)).message.id).toBe(
      'access.code-missing',
    );
    shop.pass(30 * SECOND);
    const both = { ...given, code: codeNow() };
    expect(await confirm(shop.core, shop.access, sessionOf(shop), both)).toMatchObject({ ok: true });
  });
});

describe('one’s own login', () => {
  test('the password changes only for whoever knows it, and by the rules', async () => {
    const shop = await openAs('clerk');
    const change = (current: string, password: string) =>
      changePassword(shop.core, shop.access, sessionOf(shop), { current, code: null, password });
    const { password } = PEOPLE.clerk;
    expect(failureOf(await change('a guess', 'nine ripe avocados')).code).toBe('access/refused');
    expect(failureOf(await change(password, password)).message.id).toBe('access.password.same');
    expect(failureOf(await change(password, 'Password1234')).code).toBe('access/weak-password');
    shop.pass(MINUTE);
    expect(await change(password, 'nine ripe avocados')).toEqual({ ok: true, value: {} });
    expect(sessionOf(shop)).toMatchObject({ name: 'Njeri' });
    expect(failureOf(await shop.signIn('clerk')).code).toBe('access/refused');
    expect(await shop.signIn({ name: 'Njeri', password: 'nine ripe avocados' })).toMatchObject({ ok: true });
    expect(showAccount(shop.core, shop.access, sessionOf(shop))).toMatchObject({
      value: { passwordSetAt: shop.core.now(), totpSince: null, recoveryCodesLeft: 0 },
    });
  });

  test('a second factor is on only once its first code has fitted', async () => {
    const shop = await openAs('owner');
    const offered = offerTotp(shop.core, shop.access, sessionOf(shop));
    if (!offered.ok) throw new Error(offered.error.code);
    const accept = (code: string) => acceptTotp(shop.core, shop.access, sessionOf(shop), code);
    expect(failureOf(accept('000000')).message.id).toBe('access.totp-mismatch');
    expect(shop.ledger.read.get('SELECT totp_secret AS secret FROM logins WHERE staff_id = 1')).toEqual({
      secret: null,
    });
    const code = totpAt(offered.value.secret, shop.core.now());
    const accepted = accept(code);
    expect(accepted.ok && accepted.value.recoveryCodes).toHaveLength(10);
    expect(failureOf(accept(code)).code).toBe('access/out-of-order');
    expect(failureOf(offerTotp(shop.core, shop.access, sessionOf(shop))).code).toBe('access/out-of-order');
    // The code that switched it on has been used.
    expect(failureOf(await shop.signIn('owner', code)).code).toBe('access/refused');
    expect(JSON.stringify(shop.entries())).not.toContain(offered.value.secret);
  });

  test('its recovery codes can be renewed, and it can be dropped', async () => {
    const shop = await openAccessShop();
    const { codeNow, recoveryCodes } = shop.giveTotp('owner');
    await shop.signIn('owner', codeNow());
    const renewed = renewRecoveryCodes(shop.core, sessionOf(shop));
    if (!renewed.ok) throw new Error(renewed.error.code);
    expect(failureOf(await shop.signIn('owner', recoveryCodes[0])).code).toBe('access/refused');
    expect(await shop.signIn('owner', renewed.value.recoveryCodes[0])).toMatchObject({ ok: true });
    expect(dropTotp(shop.core, sessionOf(shop))).toEqual({ ok: true, value: {} });
    expect(await shop.signIn('owner')).toEqual({ ok: true, value: { next: 'open' } });
    expect(shop.ledger.read.all('SELECT * FROM totp_recovery_codes')).toEqual([]);
    expect(failureOf(dropTotp(shop.core, sessionOf(shop))).code).toBe('access/out-of-order');
    expect(failureOf(renewRecoveryCodes(shop.core, sessionOf(shop))).code).toBe('access/out-of-order');
  });
});

describe('books without people', () => {
  test('are acted on by their first row of staff, until somebody can sign in', async () => {
    const shop = await openAccessShop();
    expect(() => startSetUpSession(shop.core, 'cli')).toThrow('must sign in');
  });

  test('a session that a crash left open is closed at the next start, and counted', async () => {
    const shop = await openShop();
    // As after a crash: begun, and never ended.
    startSetUpSession(shop.core, 'preview');
    const again = await shop.reopen();
    const read = again.core.ledger.read;
    expect(
      read.all(`SELECT host, end_reason AS reason FROM sessions WHERE ended_at IS NOT NULL ORDER BY reason`),
    ).toEqual([
      { host: 'preview', reason: 'crashed' },
      { host: 'cli', reason: 'quit' },
    ]);
    const starts = read.all<{ details: string }>(
      `SELECT details FROM audit_entries WHERE action = 'program.started' ORDER BY seq`,
    );
    expect(starts.map(({ details }) => JSON.parse(details).crashedSessions)).toEqual([0, 1]);
    await again.close();
  });
});
