import { describe, expect, test } from 'vitest';
import { makeTotpOffer, totpAt } from '#main/access/totp.ts';
import { setActive, setApproval, setRole } from '#main/db/queries/change-staff.ts';
import { selectSteps } from '#main/db/queries/reversals.ts';
import { switchTotpOn } from '#main/services/account.ts';
import { approveReversal } from '#main/services/reversals/approve-reversal.ts';
import { cancelReversal } from '#main/services/reversals/cancel-reversal.ts';
import { type ReversalSettings, saveLimits, USUAL_LIMITS } from '#main/services/reversals/limits.ts';
import { passTime } from '#main/services/reversals/recover-reversals.ts';
import { cents } from '#shared/domain/money.ts';
import { DAY, MINUTE } from '#shared/domain/time.ts';
import { posted } from '#test/daraja-simulator/fault.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { openReversalShop, type ReversalShop, touchRelay, write } from '#test/helpers/reversal-shop.ts';

async function waiting() {
  const reversals = await openReversalShop();
  const { paymentId } = await reversals.paid(1_250_00);
  return { reversals, id: await reversals.request(paymentId), ...reversals };
}

/** Something happens once what was approved is about to be sent: the keychain takes its time. */
function whileKeychainOpens({ parts }: ReversalShop, happen: () => unknown): ReversalShop['parts'] {
  let isFirst = true;
  const readSecret: typeof parts.secrets.read = async (...about) => {
    if (isFirst) {
      isFirst = false;
      await happen();
    }
    return parts.secrets.read(...about);
  };
  return { ...parts, secrets: { ...parts.secrets, read: readSecret } };
}

function limit({ shop }: ReversalShop, change: Partial<ReversalSettings>): void {
  unwrap(saveLimits(shop.core, shop.actor, { ...USUAL_LIMITS, ...change }));
}

function callsOf({ shop }: ReversalShop) {
  return shop.simulator.journal.calls('reversal');
}

function actionsOf({ shop }: ReversalShop, id: number): string[] {
  return shop.core.ledger.read
    .lists<[string]>('SELECT action FROM audit_entries WHERE subject = ? ORDER BY seq', `reversal:${id}`)
    .map(([action]) => action);
}

describe('the limits of a day hold on the day that money goes back', () => {
  async function hoard(reversals: ReversalShop, days: number, roles: readonly ('clerk' | 'manager')[] = []) {
    const ids: number[] = [];
    for (let day = 0; day < days; day++) {
      const { paymentId } = await reversals.paid(1_000_00 + day * 100);
      touchRelay(reversals.shop);
      ids.push(await reversals.request(paymentId, roles[day] ?? 'clerk', { method: 'cash' }));
      await reversals.shop.simulator.advance(DAY);
    }
    touchRelay(reversals.shop);
    return ids;
  }
  const whyNot = async ({ parts, approval }: ReversalShop, id: number) => {
    const answer = await approveReversal(parts, approval(id));
    return answer.ok ? 'ok' : answer.error.message.id;
  };

  test.each<[string, Partial<ReversalSettings>, string]>([
    ['by number', { dayCount: 1, personDayCount: null }, 'shop-count'],
    ['by number for one person', { dayCount: null, personDayCount: 1 }, 'person-count'],
    ['by amount', { dayCents: cents(1_900_00) }, 'shop-cents'],
    ['by amount for one person', { personDayCents: cents(1_900_00) }, 'person-cents'],
  ])('requests of several days are not all approved in one: %s', async (_, limits, why) => {
    const reversals = await openReversalShop();
    limit(reversals, limits);
    const [first = 0, second = 0, third = 0] = await hoard(reversals, 3);
    expect(await whyNot(reversals, first)).toBe('ok');
    expect(await whyNot(reversals, second)).toBe(`reversal.no.${why}`);
    expect(await whyNot(reversals, third)).toBe(`reversal.no.${why}`);
    await reversals.shop.simulator.advance(DAY);
    touchRelay(reversals.shop);
    expect(await whyNot(reversals, second)).toBe('ok');
    expect(await whyNot(reversals, third)).toBe(`reversal.no.${why}`);
  });

  test('what another person asked for counts of the shop’s limit alone', async () => {
    const reversals = await openReversalShop();
    limit(reversals, { personDayCount: 1, dayCount: 2 });
    const ids = await hoard(reversals, 3, ['clerk', 'manager', 'clerk']);
    expect(await whyNot(reversals, ids[0] ?? 0)).toBe('ok');
    expect(await whyNot(reversals, ids[1] ?? 0)).toBe('ok');
    expect(await whyNot(reversals, ids[2] ?? 0)).toBe('reversal.no.person-count');
  });

  test('what waits takes nothing of the day on which another is approved', async () => {
    const reversals = await openReversalShop();
    const [old = 0] = await hoard(reversals, 1);
    limit(reversals, { dayCount: 1, personDayCount: 1 });
    const { paymentId } = await reversals.paid(900_00);
    const young = await reversals.request(paymentId, 'clerk', { method: 'cash' });
    expect(await whyNot(reversals, old)).toBe('ok');
    expect(await whyNot(reversals, young)).toBe('reversal.no.person-count');
  });

  test('an approval that lapsed, or was taken back, takes nothing', async () => {
    const reversals = await openReversalShop();
    const { shop, session, approval, stateOf } = reversals;
    const [first = 0, second = 0] = await hoard(reversals, 2);
    limit(reversals, { dayCount: 1 });
    expect(await whyNot(reversals, first)).toBe('ok');
    expect(codeOf(cancelReversal(shop.core, session('owner'), { reversalId: first }))).toBe('ok');
    expect(await whyNot(reversals, second)).toBe('ok');
    const { paymentId } = await reversals.paid(900_00);
    limit(reversals, { dayCount: 2 });
    const third = await reversals.request(paymentId);
    const parts = whileKeychainOpens(reversals, () => limit(reversals, { dayCount: 1 }));
    expect(codeOf(await approveReversal(parts, approval(third)))).toBe('ok');
    expect(stateOf(third)).toBe('requested');
    limit(reversals, { dayCount: 2 });
    expect(codeOf(await approveReversal(reversals.parts, approval(third)))).toBe('ok');
    expect(stateOf(third)).toBe('accepted');
  });
});

describe('between approval and sending', () => {
  const manager = ({ session }: ReversalShop) => session('manager').staffId;

  test.each<[string, (reversals: ReversalShop) => void, string]>([
    [
      'the approver is shut out',
      (r) => write(r.shop, (db) => setActive(db, manager(r), false, r.shop.simulator.now())),
      'reversal.approver-void',
    ],
    [
      'the approver becomes a clerk',
      (r) => write(r.shop, (db) => setRole(db, manager(r), 'clerk')),
      'reversal.approver-void',
    ],
    [
      'the approver’s amount becomes smaller',
      (r) => write(r.shop, (db) => setApproval(db, manager(r), { capCents: 1_00, dayCapCents: 1_00 })),
      'reversal.approver-void',
    ],
    [
      'Safaricom refuses the operator',
      (r) =>
        write(r.shop, (db) =>
          db.run(`UPDATE credentials SET state = 'refused' WHERE kind = 'reversal-operator'`),
        ),
      'reversal.no.operator-refused',
    ],
    [
      'the relay is lost',
      (r) => write(r.shop, (db) => db.run('UPDATE relay_pairing SET reached_at = 0')),
      'reversal.no.relay',
    ],
    ['the limits become smaller', (r) => limit(r, { dayCents: cents(1_00) }), 'reversal.no.shop-cents'],
  ])('%s: nothing is sent, and it says why', async (_, happen, why) => {
    const { reversals, approval, id, row, shop } = await waiting();
    const parts = whileKeychainOpens(reversals, () => happen(reversals));
    await approveReversal(parts, approval(id, 'manager'));
    expect(row(id)).toMatchObject({ state: 'requested', approvalHash: null, callId: null });
    expect(selectSteps(shop.core.ledger.read, id).at(-1)).toMatchObject({
      event: 'lapsed',
      what: { id: why },
    });
    expect(callsOf(reversals)).toEqual([]);
  });

  test('one who was alone is alone no more: their own request is not sent', async () => {
    const reversals = await openReversalShop();
    const { shop, paid, request, approval, session, row } = reversals;
    const { paymentId } = await paid(1_250_00);
    const id = await request(paymentId, 'owner');
    const { staffId } = session('owner');
    const { secret } = makeTotpOffer('owner', '');
    write(shop, (db) => setApproval(db, manager(reversals), null));
    write(shop, (db) => switchTotpOn(db, { staffId, secret, step: 0, at: shop.simulator.now() }));
    const parts = whileKeychainOpens(reversals, () =>
      write(shop, (db) => setApproval(db, manager(reversals), { capCents: 100_00, dayCapCents: 100_00 })),
    );
    const code = totpAt(secret, shop.simulator.now());
    unwrap(await approveReversal(parts, { ...approval(id, 'owner'), code }));
    expect(row(id).state).toBe('requested');
    expect(callsOf(reversals)).toEqual([]);
  });

  test('it is taken back: that is what the log says, and nothing else', async () => {
    const { reversals, approval, id, stateOf, shop, session } = await waiting();
    const parts = whileKeychainOpens(reversals, () =>
      unwrap(cancelReversal(shop.core, session('clerk'), { reversalId: id })),
    );
    await approveReversal(parts, approval(id));
    expect(stateOf(id)).toBe('cancelled');
    expect(actionsOf(reversals, id)).toEqual([
      'reversal.requested',
      'reversal.approved',
      'reversal.cancelled',
    ]);
    expect(callsOf(reversals)).toEqual([]);
  });

  test('an approval that comes too late does not touch the next one', async () => {
    const { reversals, approval, id, row, shop, parts } = await waiting();
    const { ledger } = parts.core;
    const act: typeof ledger.act = (actor, action, subject, change) => {
      if (action === 'reversal.sending') throw new Error('stopped');
      return ledger.act(actor, action, subject, change);
    };
    const stopped = { ...parts, core: { ...parts.core, ledger: { ...ledger, act } } };
    const late = whileKeychainOpens(reversals, async () => {
      await shop.simulator.advance(10 * MINUTE + 1);
      passTime(shop.core);
      touchRelay(shop);
      await expect(approveReversal(stopped, approval(id))).rejects.toThrow('stopped');
    });
    await approveReversal(late, approval(id));
    expect(row(id).state).toBe('approved');
    expect(row(id).approvalHash).not.toBeNull();
    expect(actionsOf(reversals, id).filter((action) => action === 'reversal.lapsed')).toHaveLength(1);
    expect(callsOf(reversals)).toEqual([]);
  });
});

describe('an operator whose password was never proved is tried once at a time', () => {
  async function several(count: number) {
    const reversals = await openReversalShop();
    const ids: number[] = [];
    for (let at = 0; at < count; at++) {
      const { paymentId } = await reversals.paid(1_000_00 + at * 100);
      ids.push(await reversals.request(paymentId));
    }
    touchRelay(reversals.shop);
    return { reversals, ids, ...reversals };
  }

  test('the next approval waits for the answer of the first', async () => {
    const { reversals, ids, shop, parts, approval, approve, collect, paid, request } = await several(2);
    const [first = 0, second = 0] = ids;
    shop.simulator.always('reversal', posted.delayed(2 * MINUTE));
    expect((await approve(first)).state).toBe('accepted');
    const refused = await approveReversal(parts, approval(second));
    expect(refused).toMatchObject({ error: { message: { id: 'reversal.no.operator-being-tried' } } });
    expect(callsOf(reversals)).toHaveLength(1);
    // Asking costs the operator nothing.
    const { paymentId } = await paid(700_00);
    touchRelay(shop);
    expect(await request(paymentId)).toBeGreaterThan(second);
    await shop.simulator.advance(2 * MINUTE);
    await collect();
    touchRelay(shop);
    expect((await approve(second)).state).toBe('accepted');
    expect(callsOf(reversals)).toHaveLength(2);
  });

  test('nor is one sent that was approved before the first had gone out', async () => {
    const { reversals, ids, shop, approval, approve, row } = await several(2);
    const [first = 0, second = 0] = ids;
    shop.simulator.always('reversal', posted.delayed(2 * MINUTE));
    const parts = whileKeychainOpens(reversals, () => approve(second));
    await approveReversal(parts, approval(first));
    expect([row(first).state, row(second).state]).toEqual(['requested', 'accepted']);
    expect(selectSteps(shop.core.ledger.read, first).at(-1)).toMatchObject({
      event: 'lapsed',
      what: { id: 'reversal.no.operator-being-tried' },
    });
    expect(callsOf(reversals)).toHaveLength(1);
  });

  test('one that works sends as many as it likes', async () => {
    const { reversals, ids, shop, approve } = await several(2);
    write(shop, (db) => db.run(`UPDATE credentials SET state = 'working' WHERE kind = 'reversal-operator'`));
    shop.simulator.always('reversal', posted.delayed(2 * MINUTE));
    for (const id of ids) expect((await approve(id)).state).toBe('accepted');
    expect(callsOf(reversals)).toHaveLength(2);
  });
});
