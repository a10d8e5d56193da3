import { isAllowed } from '#shared/domain/access/permissions.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { hidePhones, maskPhone } from '#shared/domain/party.ts';
import { reversalName } from '#shared/domain/reversal/binding.ts';
import { spellOut } from '#shared/domain/reversal/odd-text.ts';
import type { ReversalView } from '#shared/ipc/reversal-channels.ts';
import type { ReadDb } from '../../db/ledger.ts';
import { readSaleFields } from '../../db/queries/edit-sale.ts';
import { readPayment } from '../../db/queries/item-views.ts';
import { findAttachment } from '../../db/queries/reversal-attachments.ts';
import { livePaymentOf, readAskedPayment } from '../../db/queries/reversal-facts.ts';
import { selectApproverFacts } from '../../db/queries/reversal-use.ts';
import type { ReversalRow } from '../../db/queries/reversals.ts';
import { selectPerson } from '../../db/queries/staff.ts';
import type { Session } from '../../ipc/session.ts';
import { mayCancel } from './cancel-reversal.ts';
import { coverAfter } from './decide-not-reversed.ts';

/** A reversal as the windows show it: phones masked, and what others wrote spelt out. */
export function describeReversal(db: ReadDb, session: Session, reversal: ReversalRow): ReversalView {
  const { id, receipt, tillId, movementId, saleId, state } = reversal;
  const payment = readAskedPayment(db, livePaymentOf(db, receipt, tillId) ?? movementId);
  if (payment === null) throw new Error(`the payment of ${reversalName(id)} is not there`);
  const sale = saleId === null ? null : readSaleFields(db, saleId);
  const person = (staffId: number) => ({ id: staffId, name: selectPerson(db, staffId)?.name ?? '' });
  // An approval that lapsed is history: its timeline tells it.
  const isApproved = state !== 'requested' && reversal.approvedBy !== null;
  return {
    id,
    name: reversalName(id),
    state,
    proof: reversal.proof,
    standing: sayStanding(db, reversal),
    stateAt: reversal.stateAt,
    paymentId: payment.id,
    receipt,
    till: payment.till,
    shortCode: reversal.shortCode,
    paidAt: payment.at,
    amountCents: reversal.amountCents,
    method: reversal.method,
    reason: reversal.reason,
    note: reversal.note,
    customer: quote(payment.name ?? payment.code),
    phone: maskPhone(payment.phone),
    sale: sale === null || saleId === null ? null : { id: saleId, reference: quote(sale.reference) },
    requestedAt: reversal.requestedAt,
    requestedBy: person(reversal.requestedBy),
    expiresAt: reversal.expiresAt,
    approvedAt: isApproved ? reversal.approvedAt : null,
    approvedBy: isApproved && reversal.approvedBy !== null ? person(reversal.approvedBy) : null,
    isOwn: isApproved && reversal.isOwn,
    sentAt: reversal.sentAt,
    ownReceipt: reversal.ownReceipt,
    hasAttachment: findAttachment(db, id) !== null,
    may: mayNow(db, session, reversal),
  };
}

function quote(text: string | null): string | null {
  const hidden = hidePhones(text);
  return hidden === null ? null : spellOut(hidden);
}

/** What the one who looks may do with it now. The services ask again. */
function mayNow(db: ReadDb, { role, staffId }: Session, reversal: ReversalRow): ReversalView['may'] {
  const { state, method, requestedBy } = reversal;
  const isApprover = selectApproverFacts(db).some(({ id }) => id === staffId);
  const mayAsk = isAllowed(role, 'reversals.request');
  return {
    cancel: mayAsk && mayCancel(state, { isApprover, isRequester: requestedBy === staffId }),
    openApproval: state === 'requested',
    handOver: mayAsk && state === 'by-hand' && (method === 'cash' || method === 'send-money'),
    sayNotReversed:
      isAllowed(role, 'reversals.decide') &&
      state === 'unknown' &&
      coverAfter(db, reversal)?.isEnough === true,
  };
}

/** How it stands, in one sentence that is true. */
export function sayStanding(db: ReadDb, reversal: ReversalRow): Message {
  const { state, proof, method, ownReceipt, code, text, told } = reversal;
  const said = `${text ?? '–'} (${code ?? '–'})`;
  switch (state) {
    case 'requested':
      return say('reversal.is.requested', { until: { at: reversal.expiresAt } });
    case 'approved':
      return say('reversal.is.approved');
    case 'sending':
      return say('reversal.is.sending');
    case 'accepted':
      return say('reversal.is.accepted');
    case 'unknown':
      return told.length > 1 ? say('reversal.is.contradicted') : say('reversal.is.unknown');
    case 'by-hand':
      return sayToDo(method);
    case 'done':
      if (proof === 'file') return say('reversal.is.done-file', { receipt: ownReceipt ?? '–' });
      if (proof === 'typed')
        return method === 'cash' ? say('reversal.is.done-cash') : say('reversal.is.done-sent');
      return say('reversal.is.done-relay', { receipt: ownReceipt ?? '–' });
    case 'already':
      return sayAlready(db, reversal);
    case 'failed':
      return say('reversal.is.failed', { said });
    case 'not-reversed':
      return say('reversal.is.not-reversed');
    case 'rejected':
      return say('reversal.is.rejected');
    case 'expired':
      return say('reversal.is.expired');
    case 'cancelled':
      return say('reversal.is.cancelled');
  }
}

/** That it went back, and what is known of who did it. */
function sayAlready(db: ReadDb, { told, shownBy }: ReversalRow): Message {
  const line = shownBy === null ? null : readPayment(db, shownBy);
  if (line !== null)
    return say('reversal.is.already-by-another', { receipt: line.receipt, at: { at: line.at } });
  return told.includes('already') ? say('reversal.is.already') : say('reversal.is.already-marked');
}

function sayToDo(method: ReversalRow['method']): Message {
  if (method === 'cash') return say('reversal.is.to-pay-cash');
  return method === 'send-money' ? say('reversal.is.to-send') : say('reversal.is.to-do');
}
