import { describe, expect, it } from 'vitest';
import { listCandidates, pickFrom, togglePick } from '#renderer/screens/reconcile/picks.ts';
import {
  asQuestion,
  idOfKey,
  isAmbiguous,
  itemsOf,
  paymentsToSendBack,
  phoneOwnersOf,
  readAbilities,
  reversalOf,
} from '#renderer/screens/reconcile/question.ts';
import { say } from '#shared/domain/message.ts';
import { inventPayment, inventRow, inventSale } from '#test/helpers/invented-rows.ts';

const payment = inventPayment(1, 1250);
const sale = inventSale(11, 1250);
const proposal = inventRow('finding-5', { payments: [payment], sales: [sale] });
const option = (findingId: number, paymentId: number, saleId: number) => ({
  findingId,
  why: say('match.same-receipt'),
  payments: [inventPayment(paymentId, 50)],
  sales: [inventSale(saleId, 50)],
});
const ambiguous = inventRow('finding-9', {
  ambiguityGroup: 'g',
  alternatives: 4,
  options: [option(9, 1, 11), option(10, 1, 12), option(11, 2, 11), option(12, 2, 12)],
});

describe('asQuestion', () => {
  it('keeps its key when the core numbers the finding anew', () => {
    expect(asQuestion({ ...proposal, key: 'finding-77' }).key).toBe(asQuestion(proposal).key);
  });

  it('has another key for other items, another kind and another state', () => {
    const keys = [
      proposal,
      { ...proposal, sales: [inventSale(12, 1250)] },
      { ...proposal, kind: 'receipt-slip' },
      { ...proposal, state: 'parked' as const },
    ].map((row) => asQuestion(row).key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('shows every item of an ambiguity once', () => {
    const question = asQuestion(ambiguous);
    expect(isAmbiguous(question)).toBe(true);
    expect(itemsOf(question)).toEqual({ payments: [1, 2], sales: [11, 12] });
  });
});

describe('readAbilities', () => {
  it('lets one accept and refuse a single proposal', () => {
    expect(readAbilities(asQuestion(proposal), true)).toMatchObject({
      canAccept: true,
      canChoose: false,
      canReject: true,
      canPark: true,
    });
  });

  it('never lets an ambiguity be accepted without choosing', () => {
    expect(readAbilities(asQuestion(ambiguous), true)).toMatchObject({
      canAccept: false,
      canChoose: true,
      canReject: false,
    });
  });

  it('has nothing to accept in an exception', () => {
    const exception = inventRow('finding-6', {
      type: 'exception',
      kind: 'paid-not-sold',
      payments: [payment],
    });
    expect(readAbilities(asQuestion(exception), true)).toMatchObject({ canAccept: false, canMatch: true });
  });

  it('only takes apart what is matched', () => {
    const link = inventRow('link-4', { type: 'link', state: 'matched', payments: [payment], sales: [sale] });
    expect(readAbilities(asQuestion(link), true)).toMatchObject({
      canUnmatch: true,
      canMatch: false,
      canPark: false,
    });
  });

  it('asks back what nobody has asked back, and leads to what became of the rest', () => {
    const asked = { ...payment, reversal: { id: 3, name: 'R-000003', state: 'unknown' as const } };
    const exception = (payments: (typeof payment)[]) =>
      asQuestion(inventRow('finding-6', { type: 'exception', kind: 'paid-not-sold', payments }));
    expect(readAbilities(exception([payment]), true).canSendBack).toBe(true);
    expect(reversalOf(exception([payment]))).toBeNull();
    expect(readAbilities(exception([asked]), true).canSendBack).toBe(false);
    expect(reversalOf(exception([asked]))).toMatchObject({ name: 'R-000003' });
    const both = exception([asked, { ...payment, id: payment.id + 1 }]);
    expect(paymentsToSendBack(both)).toHaveLength(1);
    expect(reversalOf(both)).toBeNull();
  });

  it('gives a reader no key at all', () => {
    for (const row of [proposal, ambiguous]) {
      expect(Object.values(readAbilities(asQuestion(row), false)).every((can) => !can)).toBe(true);
    }
  });
});

describe('idOfKey', () => {
  it('reads the id of the right kind and refuses the other', () => {
    expect(idOfKey('finding-12', 'finding')).toBe(12);
    expect(idOfKey('link-40', 'link')).toBe(40);
    expect(() => idOfKey('link-40', 'finding')).toThrow('link-40');
  });
});

describe('picks', () => {
  it('starts with both sides of the row, but picks nothing of an ambiguity', () => {
    expect([...pickFrom(asQuestion(proposal)).payments.keys()]).toEqual([1]);
    expect(pickFrom(asQuestion(ambiguous)).sales.size).toBe(0);
  });

  it('is itself again when something is ticked twice', () => {
    const { sales } = pickFrom(asQuestion(proposal));
    const other = inventSale(13, 20);
    expect(togglePick(togglePick(sales, other), other)).toEqual(sales);
  });

  it('never hides what is picked, and lists it once', () => {
    const { sales } = pickFrom(asQuestion(proposal));
    expect(listCandidates(sales, [inventSale(13, 20)]).map((item) => item.id)).toEqual([11, 13]);
    expect(listCandidates(sales, [inventSale(13, 20), sale]).map((item) => item.id)).toEqual([13, 11]);
  });
});

describe('phoneOwnersOf', () => {
  it('names payments before sales, each with whether the books have its number', () => {
    const row = { ...proposal, sales: [{ ...sale, hasFullPhone: true }] };
    expect(phoneOwnersOf(asQuestion(row))).toEqual([
      { type: 'payment', id: 1, hasFullPhone: false },
      { type: 'sale', id: 11, hasFullPhone: true },
    ]);
  });
});
