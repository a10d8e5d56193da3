import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openBook } from '#main/demo/book.ts';
import { startChance } from '#main/demo/random.ts';
import { readBalanceResult } from '#shared/domain/daraja/balance-result.ts';
import { readC2bConfirmation } from '#shared/domain/daraja/c2b-confirmation.ts';
import { explainBody } from '#shared/domain/daraja/explain.ts';
import { readPullAnswer } from '#shared/domain/daraja/pull-answer.ts';
import { readResult } from '#shared/domain/daraja/result.ts';
import { readStatusResult } from '#shared/domain/daraja/status-result.ts';
import { readStkCallback } from '#shared/domain/daraja/stk-callback.ts';
import { DAY, type UtcMs } from '#shared/domain/time.ts';
import { balanceText } from '#test/daraja-simulator/bodies/balance-text.ts';
import { confirmationBody } from '#test/daraja-simulator/bodies/confirmation.ts';
import { promptBody } from '#test/daraja-simulator/bodies/prompt-callback.ts';
import { pulledRow } from '#test/daraja-simulator/bodies/pulled-row.ts';
import { type Pair, type Shape, writeResult } from '#test/daraja-simulator/bodies/result-body.ts';
import { statusParameters } from '#test/daraja-simulator/bodies/status-parameters.ts';
import { openSafaricomBook } from '#test/daraja-simulator/book.ts';
import { openIds } from '#test/daraja-simulator/ids.ts';
import * as refusals from '#test/daraja-simulator/refusals.ts';
import { STARTS_AT } from '#test/daraja-simulator/simulator.ts';

const NOW = Date.UTC(2026, 10, 28) as UtcMs;

const ids = openIds(startChance(1));
const SHOP = 'DUKA LA MFANO';

const shapes = fc.record<Shape>({
  codes: fc.constantFrom('number', 'text'),
  values: fc.constantFrom('number', 'text'),
  oneItem: fc.constantFrom('list', 'object'),
  keys: fc.constantFrom('today', '2017'),
  wrapper: fc.constantFrom('Result', 'none'),
  parties: fc.constantFrom('plain', 'padded', 'repeated'),
});
const payments = fc.record({
  // Whole seconds: Safaricom writes no smaller.
  at: fc.integer({ min: 0, max: DAY / 1000 }).map((second) => (STARTS_AT - second * 1000) as UtcMs),
  cents: fc.integer({ min: 1, max: 25_000_000 }),
  kind: fc.constantFrom('pay-bill' as const, 'buy-goods' as const, 'business-payment' as const),
  state: fc.constantFrom('Completed', 'Cancelled', 'Declined', 'Expired', 'Authorized'),
});

function answerWith(
  refusal: refusals.Refusal,
  parameters: readonly Pair[],
  references: readonly Pair[],
  shape: Shape,
) {
  const conversation = {
    originatorConversationId: ids.request(),
    conversationId: ids.conversation(STARTS_AT),
  };
  const parts = {
    type: 0,
    ...conversation,
    transactionId: 'UKK0000000',
    ...refusal,
    parameters,
    references,
  } as const;
  return writeResult(parts, shape);
}

test('a status answer says the same in every shape', () => {
  fc.assert(
    fc.property(shapes, payments, (shape, words) => {
      const book = openSafaricomBook(ids, openBook(1));
      const payment = book.record({ ...words, shortCode: '765432' });
      const body = answerWith(
        refusals.DONE,
        statusParameters(payment, SHOP, book),
        [{ key: 'Occasion' }],
        shape,
      );
      const status = readStatusResult(readResult(body)!);
      expect(status).toMatchObject({
        isAnswered: true,
        isContradictory: false,
        receipt: payment.receipt,
        amount: words.cents,
        startedAt: words.at,
        completedAt: words.at,
        state: words.state,
      });
      const numbers = status.parties.map(({ number }) => number);
      expect(numbers.toSorted()).toEqual(['254708374149', '765432']);
      expect(status.parties.map(({ role }) => role)).toEqual(
        shape.parties === 'repeated' ? ['1', '2'] : ['debit', 'credit'],
      );
      expect(explainBody(body, NOW)).toMatchObject({ kind: 'status-result', receipt: payment.receipt });
    }),
  );
});

test('every code is read as itself and never as contradicting itself', () => {
  const codes = fc.constantFrom(...Object.values(refusals));
  fc.assert(
    fc.property(shapes, codes, (shape, refusal) => {
      const result = readResult(answerWith(refusal, [], [{ key: 'Occasion' }], shape));
      expect(result).toMatchObject({ code: refusal.code, text: refusal.text });
      expect(readStatusResult(result!).isContradictory).toBe(false);
    }),
  );
});

test('balances are read to the cent', () => {
  const names = fc.constantFrom('Utility Account', 'Merchant Account', 'Charges Paid Account');
  const accounts = fc.uniqueArray(fc.tuple(names, fc.integer({ min: -1e9, max: 1e12 })), {
    minLength: 1,
    selector: ([name]) => name,
  });
  fc.assert(
    fc.property(shapes, accounts, (shape, balances) => {
      const pairs = [{ key: 'AccountBalance', value: balanceText(new Map(balances)) }];
      const answer = readBalanceResult(readResult(answerWith(refusals.DONE, pairs, [], shape))!);
      expect(answer).toMatchObject({ outcome: 'completed', unread: [] });
      const read = new Map(answer.accounts.map(({ name, current }): [string, number] => [name, current]));
      for (const [name, cents] of balances) expect(read.get(name)).toBe(cents);
    }),
  );
});

test('confirmations and pulled rows say what was paid', () => {
  const versions = fc.constantFrom('v1' as const, 'v2' as const);
  const zones = fc.constantFrom('utc' as const, 'nairobi' as const);
  fc.assert(
    fc.property(payments, fc.string(), versions, zones, (words, reference, version, zone) => {
      const book = openSafaricomBook(ids, openBook(1));
      const payment = book.record({ ...words, reference, shortCode: '765432' });
      const said = { receipt: payment.receipt, amount: words.cents };
      const typed = reference.trim() || null;
      const body = confirmationBody(payment, { version, balance: 5, thirdPartyId: '' });
      expect(readC2bConfirmation(body)).toMatchObject({ ...said, at: words.at, reference: typed });
      const answer = readPullAnswer({ ResponseCode: '1000', Response: [[pulledRow(payment, SHOP, zone)]] });
      expect(answer).toMatchObject({ outcome: 'rows', unread: 0, rows: [{ ...said, reference: typed }] });
    }),
  );
});

test('a prompt that was paid says what, when and by whom', () => {
  fc.assert(
    fc.property(payments, (words) => {
      const payment = openSafaricomBook(ids, openBook(1)).record({ ...words, shortCode: '765432' });
      const { cents, at, receipt } = payment;
      const ended = { endsAt: at, askedAt: at, shortCode: '765432', payer: '254708374149', cents };
      const prompt = { ...ended, checkoutRequestId: 'ws_CO_1', merchantRequestId: '1-2-3', end: null };
      expect(readStkCallback(promptBody(prompt, refusals.DONE, payment))).toMatchObject({
        outcome: 'completed',
        receipt,
        amount: cents,
        at,
        payerNumber: '254708374149',
      });
    }),
  );
});
