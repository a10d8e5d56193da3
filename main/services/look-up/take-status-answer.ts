import { bookPayment } from '#shared/domain/daraja/booked-payment.ts';
import type { DarajaParty } from '#shared/domain/daraja/parties.ts';
import { readStatusResult, type StatusResult } from '#shared/domain/daraja/status-result.ts';
import { say } from '#shared/domain/message.ts';
import { parseReceipt, type Receipt } from '#shared/domain/receipt.ts';
import { CLASSIFIER_VERSION } from '#shared/domain/statement/classify.ts';
import type { WriteDb } from '../../db/ledger.ts';
import { bookNews } from '../../db/queries/book-payment.ts';
import { markDaysToMatch } from '../../db/queries/days.ts';
import { selectKnownMovements } from '../../db/queries/look-up-facts.ts';
import { daysOfItems } from '../../db/queries/open-items.ts';
import { reversalToName } from '../../db/queries/reversal-lists.ts';
import { NOTICE_SOURCE, type Sighting } from '../../db/queries/sightings.ts';
import { insertStatusAnswer } from '../../db/queries/status-answers.ts';
import { accountOf, tillOfNumber } from '../../db/queries/tills.ts';
import { raiseAlert } from '../alerts.ts';
import { mayBook } from '../booking-turn.ts';
import { dayNamer } from '../core.ts';
import type { BoundAnswer } from '../safaricom/takers.ts';
import { takeAnswer } from './go-on.ts';

/**
 * Writes what Safaricom answered about a receipt, and what it means: the look-ups that wait have their answer; a payment
 * to us is in the books, at least as reported; what contradicts the books is asked of a person and changes nothing.
 */
export function takeStatusAnswer(db: WriteDb, answer: BoundAnswer): Alerts {
  const status = readStatusResult(answer.result);
  const asked = parseReceipt(String(answer.request.TransactionID ?? ''));
  const receipt = asked ?? status.receipt;
  // A question by conversation id whose answer names no receipt says nothing that could be looked up.
  if (receipt === null) return [];
  const { payer, payee } = sidesOf(status.parties);
  insertStatusAnswer(db, {
    receipt,
    shortCode: answer.shortCode,
    callId: answer.callId,
    callbackId: answer.callbackId,
    at: answer.at,
    fate: status.fate,
    isAnswered: status.isAnswered,
    code: answer.result.code,
    text: answer.result.text,
    state: status.state,
    amountCents: status.amount,
    startedAt: status.startedAt,
    completedAt: status.completedAt,
    paidTo: payee?.number ?? null,
    payerPhone: payer?.number ?? null,
    payerName: payer?.name ?? null,
  });
  takeAnswer(db, receipt, status, answer.at);
  if (!status.isAnswered) return [];
  if (status.fate === 'completed') return bookAnswer(db, answer, status, receipt);
  const isAgainstBooks = status.fate === 'reversed' || status.fate === 'failed';
  return isAgainstBooks ? doubtBooks(db, answer, status, receipt) : [];
}

type Alerts = readonly (number | null)[];

type Sides = { readonly payer: DarajaParty | null; readonly payee: DarajaParty | null };

/** Null where the answer does not say which of the two paid. */
function sidesOf(parties: readonly DarajaParty[]): Sides {
  const find = (role: DarajaParty['role']) => parties.find((party) => party.role === role) ?? null;
  return { payer: find('debit'), payee: find('credit') };
}

/** A customer's payment to a till of ours. Whatever else was answered is evidence, and nothing more. */
function bookAnswer(db: WriteDb, answer: BoundAnswer, status: StatusResult, receipt: Receipt): Alerts {
  const { payer, payee } = sidesOf(status.parties);
  const number = payee?.number ?? null;
  const tillId = number === null ? null : tillOfNumber(db, number);
  if (tillId === null || number === null)
    return number === null ? [] : contradict(db, answer, receipt, 'elsewhere');
  const isOwnMoney = payer?.number != null && tillOfNumber(db, payer.number) !== null;
  const { amount, completedAt, reason } = status;
  // While a file is brought in its rows are not to be built on; the answer itself is kept and counts.
  if (isOwnMoney || amount === null || amount <= 0 || completedAt === null || !mayBook(db)) return [];
  const payment = bookPayment({
    receipt,
    amount,
    at: completedAt,
    shortCode: number,
    phrase: phraseOf(db, reason, tillId),
    reference: null,
    payerNumber: payer?.number ?? null,
    payerName: payer?.name ?? null,
    balance: null,
  });
  const businessDay = dayNamer(db)(completedAt);
  const place = {
    importId: NOTICE_SOURCE,
    tillId,
    accountId: accountOf(db, tillId, payment.account),
    businessDay,
    classifierVersion: CLASSIFIER_VERSION,
    at: answer.at,
  };
  const sighting: Sighting = {
    kind: 'status-answer',
    channel: 'relay',
    at: answer.at,
    callId: answer.callId,
    callbackId: answer.callbackId,
    printedAt: null,
  };
  const booked = bookNews(db, payment, place, sighting);
  if (booked.became === 'new') markDaysToMatch(db, [businessDay]);
  return booked.became === 'contradicts' ? contradict(db, answer, receipt, booked.field) : [];
}

/** Safaricom's reason says how it was paid; else the account that the till has. */
function phraseOf(db: WriteDb, reason: string | null, tillId: number): string {
  if (/pay\s*bill|pay utility/i.test(reason ?? '')) return 'Pay Bill';
  if (/merchant|buy goods/i.test(reason ?? '')) return 'Customer Merchant Payment';
  const accounts = db.all<{ name: string }>('SELECT name FROM accounts WHERE till_id = ?', tillId);
  const isPayBill = accounts.some(({ name }) => name === 'Utility Account');
  return isPayBill ? 'Pay Bill' : 'Customer Merchant Payment';
}

/** The books have a payment that Safaricom says was sent back, or never went through: somebody must look. */
function doubtBooks(db: WriteDb, answer: BoundAnswer, { fate }: StatusResult, receipt: Receipt): Alerts {
  const live = selectKnownMovements(db, receipt).filter(
    ({ kind, direction, status }) =>
      kind === 'customer-payment' && direction === 'in' && status === 'completed',
  );
  if (live.length === 0) return [];
  // What the matcher joined for certain is no longer so.
  markDaysToMatch(
    db,
    daysOfItems(
      db,
      live.map(({ id }) => id),
      [],
    ),
  );
  if (fate !== 'reversed') return contradict(db, answer, receipt, 'failed');
  // Asked for and sent by ourselves: that is what the answer says, and no contradiction.
  return isSentBackByUs(db, answer, receipt) ? [] : contradict(db, answer, receipt, 'reversed');
}

function isSentBackByUs(db: WriteDb, { shortCode }: BoundAnswer, receipt: Receipt): boolean {
  const tillId = tillOfNumber(db, shortCode);
  return tillId !== null && reversalToName(db, receipt, tillId) !== null;
}

type Contradiction = 'elsewhere' | 'amount' | 'status' | 'returned' | 'reversed' | 'failed';

function contradict(db: WriteDb, { at }: BoundAnswer, receipt: Receipt, how: Contradiction): Alerts {
  const [movement] = selectKnownMovements(db, receipt).filter(({ direction }) => direction === 'in');
  if (movement === undefined) return [];
  const what = say('alert.status-contradicts', { receipt, how, till: movement.till });
  return [raiseAlert(db, { kind: `status-${how}`, subject: `receipt:${receipt}`, what, at })];
}
