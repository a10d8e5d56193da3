import { accountText } from '../bodies/balance-text.ts';
import type { Pair } from '../bodies/result-body.ts';
import type { BookPayment } from '../book.ts';
import { fieldCents, fieldText } from '../fields.ts';
import type { Refusal } from '../refusals.ts';
import * as refusals from '../refusals.ts';
import { toStamp } from '../stamps.ts';
import type { Call, World } from '../world.ts';
import { type End, internalAddress, type Question, refuseAsker } from './question.ts';

/** Type 11: an organisation, as a reversal names it. */
const ORGANISATION = '11';

export const REVERSAL: Question = {
  product: 'reversal',
  commandId: 'TransactionReversal',
  findBadField: ({ body }) => {
    if (!/^[A-Z0-9]{8,10}$/.test(fieldText(body.TransactionID))) return 'TransactionID';
    const cents = fieldCents(body.Amount);
    if (cents === null || cents === 0) return 'Amount';
    if (fieldText(body.ReceiverParty) === '') return 'ReceiverParty';
    // Safaricom's own spelling: a field that is spelt right is a field that is missing.
    return fieldText(body.RecieverIdentifierType) === ORGANISATION ? null : 'RecieverIdentifierType';
  },
  end: (world, call) => {
    const references = [internalAddress(world, 'reversalresults')];
    const { body } = call;
    const receiver = fieldText(body.ReceiverParty);
    const refused = refuseAsker(world, call, 'Org Reversals Initiator', receiver);
    if (refused) return { ...refused, parameters: [], references };
    const payment = world.book.find(fieldText(body.TransactionID));
    const reason = payment === null ? refusals.ORIGINAL_INVALID : refusePayment(world, call, payment);
    if (payment === null || reason !== null)
      return { ...(reason ?? refusals.ORIGINAL_INVALID), parameters: [], references };
    return { ...sendBack(world, payment), references };
  },
};

/** Only a customer's completed payment to the shop goes back, whole, once, and while its money is still there. */
function refusePayment({ book, clock, shop }: World, { body }: Call, payment: BookPayment): Refusal | null {
  const { shortCode, account, cents, kind, receipt, state } = payment;
  if (kind === 'business-payment' || state !== 'Completed') return refusals.ORIGINAL_INVALID;
  const receiver = fieldText(body.ReceiverParty);
  if (!shop.shortCodes.some(({ number }) => number === receiver)) return refusals.RECEIVER_INVALID;
  if (shortCode !== receiver || payment.knownFrom > clock.now()) return refusals.ORIGINAL_INVALID;
  if (book.reversalsOf(receipt).length > 0) return refusals.ALREADY_REVERSED;
  // Whether a part can go back is unproven: here it cannot.
  if (fieldCents(body.Amount) !== cents) return refusals.BAD_FORMAT;
  return (book.balancesOf(shortCode, clock.now()).get(account) ?? 0) < cents ? refusals.NO_FUNDS : null;
}

function sendBack({ book, clock, shop }: World, payment: BookPayment): Omit<End, 'references'> {
  const now = clock.now();
  const { receipt, cents } = book.reverse(payment, now);
  const { shortCode, account, payer } = payment;
  const balance = book.balancesOf(shortCode, now).get(account) ?? 0;
  const parameters: Pair[] = [
    { key: 'DebitAccountBalance', value: accountText(account, balance) },
    { key: 'Amount', value: cents / 100 },
    { key: 'TransCompletedTime', value: Number(toStamp(now)) },
    { key: 'OriginalTransactionID', value: payment.receipt },
    { key: 'Charge', value: 0 },
    { key: 'CreditPartyPublicName', value: `${payer.number} - ${payer.name}` },
    { key: 'DebitPartyPublicName', value: `${shortCode} - ${shop.name}` },
  ];
  return { ...refusals.DONE, transactionId: receipt, parameters };
}
