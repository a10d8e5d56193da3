import { describe, expect, test } from 'vitest';
import { makeTotpOffer, totpAt } from '#main/access/totp.ts';
import { HOSTS } from '#main/daraja/hosts.ts';
import { setActive, setApproval, setRole } from '#main/db/queries/change-staff.ts';
import { switchTotpOn } from '#main/services/account.ts';
import { approveReversal } from '#main/services/reversals/approve-reversal.ts';
import { cancelReversal } from '#main/services/reversals/cancel-reversal.ts';
import { rejectReversal } from '#main/services/reversals/reject-reversal.ts';
import { sendReversal } from '#main/services/reversals/send-reversal.ts';
import { DAY, HOUR, MINUTE } from '#shared/domain/time.ts';
import { openApprovalWindow } from '#test/helpers/approval-window.ts';
import { PEOPLE } from '#test/helpers/people.ts';
import { codeOf } from '#test/helpers/results.ts';
import { openReversalShop, type ReversalShop, touchRelay, write } from '#test/helpers/reversal-shop.ts';

const OPERATOR = { name: 'mfanoback', password: 'Send&Back2026' } as const;

/** What nobody may have caused. */
function expectNothingSent({ shop }: ReversalShop): void {
  expect(shop.simulator.journal.calls('reversal')).toEqual([]);
}

async function waiting(amount = 1_250_00, by: 'clerk' | 'manager' | 'owner' = 'clerk') {
  const reversals = await openReversalShop();
  const { payment, paymentId } = await reversals.paid(amount);
  const id = await reversals.request(paymentId, by);
  return { ...reversals, reversals, payment, paymentId, id };
}

function entriesOf({ shop }: ReversalShop, action: string) {
  return shop.core.ledger.read.all<{ subject: string; staff_id: number | null; details: string }>(
    'SELECT subject, staff_id, details FROM audit_entries WHERE action = ? ORDER BY seq',
    action,
  );
}

describe('S7: approving what one may not', () => {
  test.each(['clerk', 'auditor'] as const)(
    '%s: the password is right and the right is missing',
    async (role) => {
      const { reversals, id, parts, approval, row } = await waiting(1_250_00, 'manager');
      expect(codeOf(await approveReversal(parts, approval(id, role)))).toBe('reversal/refused');
      expect(row(id).state).toBe('requested');
      expect(entriesOf(reversals, 'reversal.approval-refused')).toMatchObject([
        { subject: `reversal:${id}`, details: '{"why":"reversal.may-not-approve"}' },
      ]);
      expectNothingSent(reversals);
    },
  );

  test('a manager approves no request of their own', async () => {
    const { reversals, id, parts, approval, row } = await waiting(1_250_00, 'manager');
    expect(codeOf(await approveReversal(parts, approval(id, 'manager')))).toBe('reversal/refused');
    expect(row(id).state).toBe('requested');
    expectNothingSent(reversals);
  });

  test('nor does the owner, while somebody else may', async () => {
    const { reversals, id, parts, approval } = await waiting(1_250_00, 'owner');
    const refused = await approveReversal(parts, approval(id, 'owner'));
    expect(refused).toMatchObject({ ok: false, error: { message: { id: 'reversal.own-request' } } });
    expectNothingSent(reversals);
  });

  test('an owner alone may, with the second factor only, and it is said for ever', async () => {
    const { reversals, id, parts, approval, row, shop } = await waiting(1_250_00, 'owner');
    write(shop, (db) => setApproval(db, reversals.session('manager').staffId, null));
    const refused = await approveReversal(parts, approval(id, 'owner'));
    expect(refused).toMatchObject({ ok: false, error: { message: { id: 'reversal.own-needs-factor' } } });
    const { secret } = makeTotpOffer(PEOPLE.owner.name, '');
    const staffId = reversals.session('owner').staffId;
    write(shop, (db) => switchTotpOn(db, { staffId, secret, step: 0, at: shop.simulator.now() }));
    expect(codeOf(await approveReversal(parts, approval(id, 'owner')))).toBe('reversal/code-needed');
    expectNothingSent(reversals);
    const code = totpAt(secret, shop.simulator.now());
    await approveReversal(parts, { ...approval(id, 'owner'), code });
    expect(row(id)).toMatchObject({ state: 'accepted', isOwn: true });
    expect(entriesOf(reversals, 'reversal.approved')[0]?.details).toContain('"isOwn":true');
  });

  test('a manager keeps to the amounts, for one and for a day', async () => {
    const reversals = await openReversalShop();
    const { paid, request, parts, approval, approve, row } = reversals;
    const ids: number[] = [];
    for (const amount of [5_000_01, 5_000_00, 3_000_01]) {
      const { paymentId } = await paid(amount);
      ids.push(await request(paymentId, 'clerk'));
    }
    touchRelay(reversals.shop);
    const [tooMuch = 0, fits = 0, tooMuchToday = 0] = ids;
    const over = await approveReversal(parts, approval(tooMuch, 'manager'));
    expect(over).toMatchObject({ ok: false, error: { message: { id: 'reversal.over-cap' } } });
    expect((await approve(fits, 'manager')).state).toBe('accepted');
    const overDay = await approveReversal(parts, approval(tooMuchToday, 'manager'));
    expect(overDay).toMatchObject({ ok: false, error: { message: { id: 'reversal.over-day-cap' } } });
    expect(row(tooMuchToday).state).toBe('requested');
  });

  test('after the role is taken away the same password approves nothing', async () => {
    const { reversals, id, parts, approval, shop } = await waiting();
    const before = approval(id, 'manager');
    write(shop, (db) => setRole(db, reversals.session('manager').staffId, 'clerk'));
    expect(codeOf(await approveReversal(parts, before))).toBe('reversal/refused');
    expectNothingSent(reversals);
  });

  test('somebody who is shut out signs for nothing', async () => {
    const { reversals, id, parts, approval, shop } = await waiting();
    const before = approval(id, 'manager');
    write(shop, (db) => setActive(db, reversals.session('manager').staffId, false, shop.simulator.now()));
    expect(codeOf(await approveReversal(parts, before))).toBe('access/refused');
    expectNothingSent(reversals);
  });

  test('wrong passwords count as log-ins of the one that is named', async () => {
    const { reversals, id, parts, approval } = await waiting();
    const wrong = { ...approval(id), password: 'thirteen red mangoes' };
    for (let tries = 0; tries < 12; tries++) await approveReversal(parts, wrong);
    expect(codeOf(await approveReversal(parts, approval(id)))).toBe('access/wait');
    const refused = entriesOf(reversals, 'access.sign-in-refused');
    expect(refused[0]).toMatchObject({ subject: 'staff:1', staff_id: null });
    expect(refused[0]?.details).toContain('"occasion":"approve"');
    expectNothingSent(reversals);
  });

  test.each([
    'UPDATE reversals SET amount_cents = amount_cents - 100',
    `UPDATE reversals SET receipt = 'UKK1111111'`,
    `UPDATE reversals SET short_code = '1234567'`,
    'UPDATE reversals SET requested_by = 3, approved_by = 2',
    'UPDATE reversals SET revision = revision + 1',
    `UPDATE movements SET linked_receipt = 'UKK1111111' WHERE kind = 'customer-payment'`,
    `UPDATE credentials SET name = 'another' WHERE kind = 'reversal-operator'`,
    `UPDATE reversals SET result_token = '${'ab'.repeat(16)}'`,
  ])('approve A, send B: after %s nothing is sent', async (change) => {
    const { reversals, id, parts, approval, row, shop } = await waiting();
    // Approved, and the program is stopped before it is sent: somebody changes the books meanwhile.
    const { ledger } = parts.core;
    const act: typeof ledger.act = (actor, action, subject, write) => {
      if (action === 'reversal.sending') throw new Error('stopped');
      return ledger.act(actor, action, subject, write);
    };
    const stopped = { ...parts, core: { ...parts.core, ledger: { ...ledger, act } } };
    await expect(approveReversal(stopped, approval(id))).rejects.toThrow('stopped');
    write(shop, (db) => db.run(change));
    await sendReversal(parts, id, OPERATOR);
    expect(row(id).state).toBe('requested');
    expectNothingSent(reversals);
  });

  test.each<[string, (parts: ReversalShop['parts']) => ReversalShop['parts']]>([
    [
      'in the books of another environment',
      ({ core, ...parts }) => ({
        ...parts,
        core: { ...core, ledger: { ...core.ledger, environment: 'sandbox' } },
      }),
    ],
    [
      'through a line to another host',
      ({ line, ...parts }) => ({ ...parts, line: { ...line, origin: HOSTS.production } }),
    ],
  ])('approve A, send B: %s nothing is sent', async (_, change) => {
    const { reversals, id, parts, approval, row } = await waiting();
    const { ledger } = parts.core;
    const act: typeof ledger.act = (actor, action, subject, write) => {
      if (action === 'reversal.sending') throw new Error('stopped');
      return ledger.act(actor, action, subject, write);
    };
    const stopped = { ...parts, core: { ...parts.core, ledger: { ...ledger, act } } };
    await expect(approveReversal(stopped, approval(id))).rejects.toThrow('stopped');
    await sendReversal(change(parts), id, OPERATOR);
    expect(row(id).state).toBe('requested');
    expectNothingSent(reversals);
  });

  test('an approval is spent by its one sending', async () => {
    const { id, parts, approval, row, shop } = await waiting();
    const once = approval(id);
    await approveReversal(parts, once);
    expect(row(id).approvalHash).toBeNull();
    expect(codeOf(await approveReversal(parts, once))).toBe('reversal/changed');
    await sendReversal(parts, id, OPERATOR);
    expect(shop.simulator.journal.calls('reversal')).toHaveLength(1);
  });

  test('two approvals at once: one wins, and one call goes out', async () => {
    const { id, parts, approval, shop } = await waiting();
    const both = await Promise.all([
      approveReversal(parts, approval(id, 'owner')),
      approveReversal(parts, approval(id, 'manager')),
      approveReversal(parts, approval(id, 'owner')),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(shop.simulator.journal.calls('reversal')).toHaveLength(1);
  });

  test('an old approval, or one after which the clock was set back, sends nothing', async () => {
    const { reversals, id, parts, approval, row, shop, watch } = await waiting();
    const { ledger } = parts.core;
    const act: typeof ledger.act = (actor, action, subject, write) => {
      if (action === 'reversal.sending') throw new Error('stopped');
      return ledger.act(actor, action, subject, write);
    };
    const stopped = { ...parts, core: { ...parts.core, ledger: { ...ledger, act } } };
    await expect(approveReversal(stopped, approval(id))).rejects.toThrow('stopped');
    await shop.simulator.advance(10 * MINUTE + 1);
    await sendReversal(parts, id, OPERATOR);
    expect(row(id).state).toBe('requested');
    await watch.look();
    await shop.simulator.advance(7 * DAY);
    await watch.look();
    expect(row(id).state).toBe('expired');
    expectNothingSent(reversals);
  });

  test('what was shown is what is approved: a page that is out of date costs no try', async () => {
    const { reversals, id, parts, approval, shop } = await waiting();
    const before = approval(id);
    write(shop, (db) => db.run(`UPDATE reversals SET note = 'Something else', revision = revision + 1`));
    expect(codeOf(await approveReversal(parts, before))).toBe('reversal/changed');
    expect(entriesOf(reversals, 'access.sign-in-refused')).toEqual([]);
    expectNothingSent(reversals);
  });

  test('after the recovery code reset a password, nothing is approved for a day', async () => {
    const { reversals, id, parts, approval, shop } = await waiting();
    const until = shop.simulator.now() + HOUR;
    write(shop, (db) =>
      db.run(`INSERT INTO settings (name, value) VALUES ('reversals-off-until', ?)`, String(until)),
    );
    const refused = await approveReversal(parts, approval(id));
    expect(refused).toMatchObject({ ok: false, error: { message: { id: 'reversal.no.off-until' } } });
    expectNothingSent(reversals);
  });

  test('the page of the window names no reversal, and the session behind it neither helps nor gains', async () => {
    const { reversals, id, row } = await waiting();
    const window = openApprovalWindow(reversals);
    // Nobody opened the window on anything: the right password decides nothing.
    expect(await window.approve('a'.repeat(64))).toMatchObject({ result: 'stale' });
    window.desk.open(id);
    const { page } = await window.show();
    // The owner's session is open behind it; a clerk's password does not become the owner's by that.
    expect(await window.approve(page, 'clerk')).toMatchObject({ result: 'refused' });
    expectNothingSent(reversals);
    expect(await window.approve(page)).toMatchObject({
      result: 'decided',
      page: { view: { state: 'told' } },
    });
    expect(row(id).state).toBe('accepted');
  });

  test('who may not approve may not reject either, and only requester and approvers take back', async () => {
    const { reversals, id, parts, approval, row, session, shop } = await waiting();
    const rejected = await rejectReversal(parts, { ...approval(id, 'auditor'), reason: 'No' });
    expect(codeOf(rejected)).toBe('reversal/refused');
    // A right password that decides nothing is on the record all the same.
    expect(entriesOf(reversals, 'reversal.approval-refused')).toMatchObject([
      { subject: `reversal:${id}`, details: '{"why":"reversal.may-not-approve"}' },
    ]);
    expect(codeOf(cancelReversal(shop.core, { ...session('clerk'), staffId: 4 }, { reversalId: id }))).toBe(
      'reversal/refused',
    );
    expect(row(id).state).toBe('requested');
    expect(codeOf(cancelReversal(shop.core, session('clerk'), { reversalId: id }))).toBe('ok');
    expect(row(id).state).toBe('cancelled');
  });
});
