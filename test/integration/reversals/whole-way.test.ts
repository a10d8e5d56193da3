import { expect, test } from 'vitest';
import { selectSteps } from '#main/db/queries/reversals.ts';
import { HOUR, MINUTE } from '#shared/domain/time.ts';
import { openReversalShop } from '#test/helpers/reversal-shop.ts';

test('a payment is asked back, approved, sent once, answered, and shown by a statement', async () => {
  const { shop, paid, request, approve, collect, bringStatement, watch, row, stateOf } =
    await openReversalShop();
  const { simulator, core } = shop;
  const { payment, paymentId } = await paid(1_250_00);
  const id = await request(paymentId);
  expect(stateOf(id)).toBe('requested');

  const sent = await approve(id);
  expect(sent.state).toBe('accepted');
  expect(simulator.journal.calls('reversal')).toHaveLength(1);
  await collect();
  await simulator.advance(MINUTE);
  await collect();
  expect(row(id)).toMatchObject({ state: 'done', proof: 'relay' });
  const [reversal] = simulator.book.reversalsOf(payment.receipt);
  expect(row(id).ownReceipt).toBe(reversal?.receipt);

  await simulator.advance(HOUR);
  await bringStatement();
  await watch.look();
  expect(row(id)).toMatchObject({ state: 'done', proof: 'file' });
  expect(simulator.journal.calls('reversal')).toHaveLength(1);

  const steps = selectSteps(core.ledger.read, id);
  expect(steps.map(({ state }) => state)).toEqual([
    'requested',
    'approved',
    'sending',
    'accepted',
    'done',
    'done',
  ]);
  // Every step names the entry of the log that was written with it.
  for (const { auditSeq } of steps) {
    const entry = core.ledger.read.get<{ subject: string; action: string }>(
      'SELECT subject, action FROM audit_entries WHERE seq = ?',
      auditSeq,
    );
    expect(entry).toMatchObject({ subject: `reversal:${id}` });
    expect(entry?.action).toMatch(/^reversal\./);
  }
  // Which credentials it spoke with stands there, too.
  const sending = core.ledger.read.get<{ details: string }>(
    `SELECT details FROM audit_entries WHERE action = 'reversal.sending'`,
  );
  expect(JSON.parse(sending?.details ?? '{}')).toMatchObject({
    credential: 'reversal-operator',
    keys: 'app',
  });
});
