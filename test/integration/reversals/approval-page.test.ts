import { describe, expect, test } from 'vitest';
import { makeTotpOffer, totpAt } from '#main/access/totp.ts';
import { switchTotpOn } from '#main/services/account.ts';
import { saveLimits, USUAL_LIMITS } from '#main/services/reversals/limits.ts';
import type { Role } from '#shared/domain/access/permissions.ts';
import { DAY, HOUR, MINUTE } from '#shared/domain/time.ts';
import { openApprovalWindow } from '#test/helpers/approval-window.ts';
import { unwrap } from '#test/helpers/results.ts';
import { openReversalShop, type ReversalShop, touchRelay, write } from '#test/helpers/reversal-shop.ts';

async function waiting(ticks?: () => number) {
  const reversals = await openReversalShop();
  const { paymentId } = await reversals.paid(1_250_00);
  const id = await reversals.request(paymentId);
  const window = openApprovalWindow(reversals, ticks);
  window.desk.open(id);
  return { reversals, window, id, ...reversals };
}

function callsOf({ shop }: ReversalShop) {
  return shop.simulator.journal.calls('reversal');
}

/** A second factor, and the code of this moment. */
function giveTotp({ shop, session }: ReversalShop, role: Role) {
  const { secret } = makeTotpOffer(role, '');
  const { staffId } = session(role);
  write(shop, (db) => switchTotpOn(db, { staffId, secret, step: 0, at: shop.simulator.now() }));
  return () => totpAt(secret, shop.simulator.now());
}

function entriesOf({ shop }: ReversalShop, action: string) {
  return shop.core.ledger.read.all<{ staff_id: number | null; details: string }>(
    'SELECT staff_id, details FROM audit_entries WHERE action = ? ORDER BY seq',
    action,
  );
}

describe('a page decides for ten minutes', () => {
  test('one of three days ago decides nothing, though nothing on it has changed', async () => {
    const { reversals, window, shop, stateOf, id } = await waiting();
    await shop.simulator.advance(HOUR);
    const { page } = await window.show();
    await shop.simulator.advance(3 * DAY);
    touchRelay(shop);
    for (const answer of [await window.approve(page), await window.reject(page)]) {
      expect(answer).toMatchObject({ result: 'stale', page: { view: { state: 'asked' } } });
      expect(answer.text).not.toBe('');
    }
    expect(entriesOf(reversals, 'access.sign-in-refused')).toEqual([]);
    expect(callsOf(reversals)).toEqual([]);
    expect(stateOf(id)).toBe('requested');
  });

  test('ten minutes to the millisecond', async () => {
    const { window, shop, stateOf, id } = await waiting();
    await shop.simulator.advance(HOUR);
    touchRelay(shop);
    const old = await window.show();
    await shop.simulator.advance(10 * MINUTE);
    touchRelay(shop);
    const inTime = await window.approve(old.page);
    expect(inTime.result).toBe('decided');
    expect(stateOf(id)).toBe('accepted');
  });

  test('a clock that is set back makes none young', async () => {
    let ticks = 0;
    const { reversals, window, shop } = await waiting(() => ticks);
    const { page } = await window.show();
    // Nothing on the wall has moved; the clock that nobody can set has.
    ticks = 10 * MINUTE + 1;
    expect((await window.approve(page)).result).toBe('stale');
    // And a page from the future was shown before the clock was set back.
    const ahead = window.desk.notePage({ reversalId: 1, hash: 'x' }, (shop.simulator.now() + 1) as never);
    expect(window.desk.takePage(ahead, shop.simulator.now())).toMatchObject({
      ok: false,
      why: { id: 'reversal.page-old' },
    });
    expect(callsOf(reversals)).toEqual([]);
  });
});

describe('a page is used once', () => {
  test('not by two who approve at the same moment', async () => {
    const { reversals, window } = await waiting();
    const { page } = await window.show();
    const both = await Promise.all([window.approve(page, 'owner'), window.approve(page, 'manager')]);
    expect(both.map(({ result }) => result)).toEqual(['decided', 'stale']);
    expect(callsOf(reversals)).toHaveLength(1);
  });

  test('not after it decided, whatever became of that', async () => {
    const { window, stateOf, id } = await waiting();
    const { page } = await window.show();
    expect((await window.reject(page)).result).toBe('decided');
    expect((await window.approve(page)).result).toBe('stale');
    expect(stateOf(id)).toBe('rejected');
  });

  test('a wrong code decides nothing: the same page is signed again', async () => {
    const { reversals, window, stateOf, id } = await waiting();
    const code = giveTotp(reversals, 'owner');
    const { page } = await window.show();
    expect((await window.approve(page)).result).toBe('code-needed');
    expect((await window.approve(page, 'owner', '000000')).result).toBe('refused');
    expect((await window.approve(page, 'owner', code())).result).toBe('decided');
    expect(stateOf(id)).toBe('accepted');
  });

  test('pages that were never shown, or before the window was closed, decide nothing', async () => {
    const { window, stateOf, id } = await waiting();
    const { page } = await window.show();
    window.desk.close();
    window.desk.open(id);
    expect((await window.approve(page)).result).toBe('stale');
    expect((await window.approve('a'.repeat(64))).result).toBe('stale');
    expect(stateOf(id)).toBe('requested');
  });
});

describe('what is rejected is what was read', () => {
  test('not another request that the window has moved to', async () => {
    const { window, paid, request, stateOf, id } = await waiting();
    const { page } = await window.show();
    const { paymentId } = await paid(900_00);
    const other = await request(paymentId);
    window.desk.open(other);
    expect(await window.reject(page)).toMatchObject({ result: 'stale' });
    expect(await window.approve(page)).toMatchObject({ result: 'stale' });
    expect([stateOf(id), stateOf(other)]).toEqual(['requested', 'requested']);
  });

  test('not a request that has changed since', async () => {
    const { window, shop, stateOf, id } = await waiting();
    const { page } = await window.show();
    write(shop, (db) => db.run(`UPDATE reversals SET note = 'Something else', revision = revision + 1`));
    expect(await window.reject(page)).toMatchObject({ result: 'stale' });
    expect(stateOf(id)).toBe('requested');
  });
});

describe('a right signature that decides nothing', () => {
  test('of somebody who may not reject is on the record, and its code is spent', async () => {
    const { reversals, window, stateOf, id, session } = await waiting();
    const code = giveTotp(reversals, 'clerk')();
    const { page } = await window.show();
    expect((await window.reject(page, 'clerk', code)).result).toBe('refused');
    expect(stateOf(id)).toBe('requested');
    expect(entriesOf(reversals, 'reversal.approval-refused')).toEqual([
      { staff_id: session('clerk').staffId, details: '{"why":"reversal.may-not-approve"}' },
    ]);
    // Whoever looked over the shoulder cannot use it again.
    await window.reject(page, 'clerk', code);
    expect(entriesOf(reversals, 'access.sign-in-refused')).toHaveLength(1);
    expect(entriesOf(reversals, 'reversal.approval-refused')).toHaveLength(1);
  });

  test('as something came between while the operator’s password was opened', async () => {
    const { reversals, parts, approval, shop, stateOf, id, session } = await waiting();
    const code = giveTotp(reversals, 'owner')();
    const { approveReversal } = await import('#main/services/reversals/approve-reversal.ts');
    const openOperator: typeof parts.openOperator = (...about) => {
      unwrap(saveLimits(shop.core, shop.actor, { ...USUAL_LIMITS, dayCents: 1_00 as never }));
      return parts.openOperator(...about);
    };
    const signed = { ...approval(id), code };
    expect(await approveReversal({ ...parts, openOperator }, signed)).toMatchObject({ ok: false });
    expect(stateOf(id)).toBe('requested');
    expect(entriesOf(reversals, 'reversal.approval-refused')).toMatchObject([
      { staff_id: session('owner').staffId },
    ]);
    unwrap(saveLimits(shop.core, shop.actor, USUAL_LIMITS));
    expect(await approveReversal(parts, { ...approval(id), code })).toMatchObject({
      ok: false,
      error: { code: 'access/refused' },
    });
    expect(callsOf(reversals)).toEqual([]);
  });
});
