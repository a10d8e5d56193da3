import { describe, expect, test } from 'vitest';
import { cancelReversal } from '#main/services/reversals/cancel-reversal.ts';
import { decideNotReversed } from '#main/services/reversals/decide-not-reversed.ts';
import { followUp, nextAsking } from '#main/services/reversals/follow-up.ts';
import { handOver } from '#main/services/reversals/hand-over.ts';
import { checkReversal } from '#main/services/reversals/request-reversal.ts';
import { showReversal } from '#main/services/reversals/show-reversals.ts';
import { DAY, HOUR, MINUTE } from '#shared/domain/time.ts';
import { type Fault, posted, spoiled, together, unreached } from '#test/daraja-simulator/fault.ts';
import { replyJson } from '#test/daraja-simulator/wire/reply.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { openReversalShop, type ReversalShop, touchRelay } from '#test/helpers/reversal-shop.ts';

const ALREADY = ['R000001', 'The transaction has already been reversed.'] as const;

async function waiting(more: Parameters<ReversalShop['request']>[2] = {}) {
  const reversals = await openReversalShop();
  const { payment, paymentId } = await reversals.paid(1_250_00);
  const id = await reversals.request(paymentId, 'clerk', more);
  return { ...reversals, reversals, payment, paymentId, id };
}

/** Sent, and nobody will ever answer. */
async function unknown() {
  const all = await waiting();
  all.shop.simulator.next('reversal', unreached.hungUp());
  all.shop.simulator.always('status', posted.silence());
  await all.approve(all.id);
  expect(all.stateOf(all.id)).toBe('unknown');
  return all;
}

const alertsOf = ({ shop }: ReversalShop) =>
  shop.core.ledger.read
    .all<{ kind: string; subject: string }>('SELECT kind, subject FROM alerts ORDER BY id')
    .filter(({ kind }) => kind.startsWith('reversal'))
    .map(({ kind, subject }) => `${kind} ${subject}`);

const problemsOf = ({ shop, session }: ReversalShop, paymentId: number) =>
  unwrap(checkReversal(shop.core, session('clerk'), { paymentId, method: 'cash' })).problems.map(
    ({ id }) => id,
  );

describe('F16: a refusal that is none', () => {
  test.each([
    [408, { fault: { faultstring: 'Request Timeout' } }],
    [409, { message: 'conflict' }],
    [429, { fault: { faultstring: 'Too many' } }],
    [499, {}],
  ])('HTTP %i in words that nobody knows is no refusal: its result counts', async (status, body) => {
    const { shop, id, approve, collect, stateOf } = await waiting();
    const fault: Fault = { name: 'done, and refused in words', reply: () => replyJson(status, body) };
    shop.simulator.next('reversal', fault);
    await approve(id);
    expect(stateOf(id)).toBe('unknown');
    await shop.simulator.advance(MINUTE);
    await collect();
    expect(stateOf(id)).toBe('done');
  });

  test('also where the gateway itself had said no', async () => {
    const all = await waiting();
    const { shop, id, approve, collect, stateOf, paymentId } = all;
    const refused = { errorCode: '400.002.02', errorMessage: 'Bad Request - Invalid Remarks' };
    const fault: Fault = { name: 'done, and refused by the gateway', reply: () => replyJson(400, refused) };
    shop.simulator.next('reversal', fault);
    await approve(id);
    expect(stateOf(id)).toBe('failed');
    await shop.simulator.advance(MINUTE);
    await collect();
    expect(stateOf(id)).toBe('done');
    expect(problemsOf(all, paymentId)).toEqual(['reversal.no.already']);
  });
});

describe('sent back by somebody else', () => {
  test('before it was sent: already, also when Safaricom says Reversed, and an alert when the line comes', async () => {
    const all = await waiting();
    const { shop, payment, id, approve, collect, watch, bringStatement, row, session } = all;
    const back = shop.simulator.book.reverse(payment, shop.simulator.now());
    await shop.simulator.advance(10 * MINUTE);
    touchRelay(shop);
    await approve(id);
    await shop.simulator.advance(MINUTE);
    await collect();
    expect(row(id)).toMatchObject({ state: 'already', told: ['already'] });
    // Asked about the payment, Safaricom says Reversed: that is no news of who did it.
    await shop.simulator.advance(2 * MINUTE);
    await watch.look();
    await shop.simulator.advance(MINUTE);
    await collect();
    expect(row(id)).toMatchObject({ state: 'already', marked: 'relay', proof: null, ownReceipt: null });
    await shop.simulator.advance(HOUR);
    await bringStatement();
    await watch.look();
    expect(row(id)).toMatchObject({ state: 'already', byAnother: true, ownReceipt: null });
    const shown = unwrap(showReversal(shop.core, session('owner'), { reversalId: id }));
    expect(shown.reversal.standing).toMatchObject({
      id: 'reversal.is.already-by-another',
      values: { receipt: back.receipt },
    });
    expect(alertsOf(all)).toEqual([`reversal-unasked reversal-line:${back.receipt}`]);
  });

  test('while it only waited: it asks for nothing any more, and whoever did it is asked for', async () => {
    const all = await waiting();
    const { shop, payment, id, bringStatement, watch, row } = all;
    const back = shop.simulator.book.reverse(payment, shop.simulator.now());
    await shop.simulator.advance(MINUTE);
    await bringStatement();
    await watch.look();
    expect(row(id)).toMatchObject({ state: 'already', byAnother: true, callId: null, approvedBy: null });
    expect(alertsOf(all)).toEqual([`reversal-unasked reversal-line:${back.receipt}`]);
  });

  test('that it had gone back before is Safaricom’s word: no owner decides that it did not', async () => {
    const all = await waiting();
    const { shop, id, approve, collect, session, bringStatement, stateOf, paymentId } = all;
    shop.simulator.next('reversal', posted.answeredWith(...ALREADY));
    shop.simulator.always('status', posted.silence());
    await approve(id);
    await shop.simulator.advance(MINUTE);
    await collect();
    await shop.simulator.advance(73 * HOUR);
    await bringStatement();
    const decided = decideNotReversed(shop.core, session('owner'), { reversalId: id });
    expect([codeOf(decided), stateOf(id)]).toEqual(['reversal/changed', 'already']);
    expect(problemsOf(all, paymentId)).toEqual(['reversal.no.already']);
  });
});

describe('a line of a statement', () => {
  test('of another amount ends nothing, and is an alert', async () => {
    const all = await unknown();
    const { shop, payment, id, bringStatement, watch, row } = all;
    const back = shop.simulator.book.reverse(payment, shop.simulator.now());
    await shop.simulator.advance(MINUTE);
    await bringStatement((text) =>
      changeLine(text, back.receipt, (line) => line.replace('-1250.0', '-100.0')),
    );
    await watch.look();
    expect(row(id)).toMatchObject({ state: 'unknown', seen: null });
    expect(alertsOf(all)).toEqual([`reversal-unasked reversal-line:${back.receipt}`]);
  });

  test('that comes second for one payment is an alert', async () => {
    const all = await waiting();
    const { shop, payment, id, approve, collect, bringStatement, watch, row } = all;
    await approve(id);
    await shop.simulator.advance(MINUTE);
    await collect();
    const [own] = shop.simulator.book.reversalsOf(payment.receipt);
    const second = shop.simulator.book.reverse(payment, shop.simulator.now());
    await shop.simulator.advance(MINUTE);
    await bringStatement();
    await watch.look();
    expect(row(id)).toMatchObject({ state: 'done', proof: 'file', ownReceipt: own?.receipt });
    expect(alertsOf(all)).toEqual([`reversal-unasked reversal-line:${second.receipt}`]);
  });
});

describe('“it did not go back” is not to be said', () => {
  test('from a file of which a line could not be read', async () => {
    const { shop, payment, id, session, bringStatement, stateOf } = await unknown();
    const back = shop.simulator.book.reverse(payment, shop.simulator.now());
    await shop.simulator.advance(73 * HOUR);
    await bringStatement((text) =>
      changeLine(text, back.receipt, (line) => line.replace(/\d{2}-\d{2}-\d{4}/, '99-99-9999')),
    );
    const decided = decideNotReversed(shop.core, session('owner'), { reversalId: id });
    expect([codeOf(decided), stateOf(id)]).toEqual(['reversal/refused', 'unknown']);
  });

  test('beside a line of no known kind and the same amount', async () => {
    const { shop, payment, id, session, bringStatement, stateOf } = await unknown();
    const back = shop.simulator.book.reverse(payment, shop.simulator.now());
    await shop.simulator.advance(73 * HOUR);
    await bringStatement((text) =>
      changeLine(text, back.receipt, (line) =>
        line.replaceAll(/Pay Utility Reversal( by mfanoback)?/g, 'Adjustment').replace(payment.receipt, ''),
      ),
    );
    const decided = decideNotReversed(shop.core, session('owner'), { reversalId: id });
    expect(decided).toMatchObject({ error: { message: { id: 'reversal.statement-unclear' } } });
    expect(stateOf(id)).toBe('unknown');
  });
});

function changeLine(text: string, receipt: string, change: (line: string) => string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.startsWith(receipt));
  expect(at).toBeGreaterThan(-1);
  return lines.map((line, index) => (index === at ? change(line) : line)).join('\n');
}

test('cash that was given back for a sale needs its refund among the sales, too', async () => {
  const all = await openReversalShop();
  const { shop, paid, request, approve, session, watch } = all;
  const { payment, paymentId } = await paid(1_250_00);
  await shop.bringIn(
    'sales.csv',
    `time,amount,reference,receipt\n2026-11-20 10:00,1250,S-1,${payment.receipt}\n`,
  );
  const id = await request(paymentId, 'clerk', { method: 'cash' });
  await approve(id);
  unwrap(handOver(shop.core, session('clerk'), { reversalId: id }));
  await shop.simulator.advance(3 * DAY);
  await watch.look();
  expect(alertsOf(all)).toEqual([`reversal-no-refund reversal:${id}`]);
});

test('what is to be done by hand may have been done: only an approver says that it was not', async () => {
  const { shop, id, approve, session, row } = await waiting({ method: 'by-hand' });
  await approve(id);
  const cancel = (role: 'clerk' | 'owner') =>
    codeOf(cancelReversal(shop.core, session(role), { reversalId: id }));
  expect(cancel('clerk')).toBe('reversal/refused');
  const may = (role: 'clerk' | 'owner') =>
    unwrap(showReversal(shop.core, session(role), { reversalId: id })).reversal.may.cancel;
  expect([may('clerk'), may('owner')]).toEqual([false, true]);
  expect(cancel('owner')).toBe('ok');
  expect(row(id).state).toBe('cancelled');
});

test('a day without a network uses up no question, and the first day after it asks no faster', async () => {
  const { shop, parts, id, approve, row } = await waiting();
  shop.simulator.next('reversal', together(spoiled.replyLost(), posted.silence()));
  shop.simulator.always('status', posted.silence());
  await approve(id);
  const send = async () => ({ type: 'not-sent', reason: 'offline' }) as const;
  const offline = { ...parts, line: { ...parts.line, send } };
  for (let hour = 0; hour < 27; hour += 1) {
    await shop.simulator.advance(HOUR);
    await followUp(offline);
  }
  const due = nextAsking(shop.core, row(id));
  expect(due).not.toBeNull();
  expect(due).toBeLessThan(shop.core.now());
  touchRelay(shop);
  await followUp(parts);
  const asked = shop.simulator.journal.calls('status').length;
  expect(asked).toBeGreaterThan(0);
  // The next one is due minutes later, not at once for every hour that was missed.
  expect(nextAsking(shop.core, row(id))).toBeGreaterThan(shop.core.now());
});
