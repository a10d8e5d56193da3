import { createHash } from 'node:crypto';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../../db/ledger.ts';
import { readSaleFields } from '../../db/queries/edit-sale.ts';
import { findAttachment } from '../../db/queries/reversal-attachments.ts';
import { livePaymentOf, paymentText } from '../../db/queries/reversal-facts.ts';
import type { ReversalRow } from '../../db/queries/reversals.ts';
import { operatorName } from './bind-approval.ts';
import { gatherWarnings } from './gather-warnings.ts';

/**
 * Hash over all that the approver reads and decides on: the request with its revision, what it has attached, the payment,
 * the sale, who will send it, and which warnings stand. What only tells the time or a balance may change meanwhile.
 */
export function viewHashOf(db: ReadDb, reversal: ReversalRow, now: UtcMs): string {
  const payment = livePaymentOf(db, reversal.receipt, reversal.tillId);
  const warnings = gatherWarnings(db, reversal, now).map(({ id }) => id);
  const sale = reversal.saleId === null ? null : readSaleFields(db, reversal.saleId);
  const { id, revision, method, amountCents, shortCode, reason, note, saleId, requestedBy, expiresAt } =
    reversal;
  const shown = {
    ...{ id, revision, method, amountCents, shortCode, reason, note, saleId, requestedBy, expiresAt },
    payment: payment === null ? null : paymentText(db, payment),
    operator: operatorName(db, shortCode),
    sale: sale && { reference: sale.reference, amountCents: sale.amountCents, description: sale.description },
    attachment: findAttachment(db, id)?.sha256 ?? null,
    warnings,
  };
  return createHash('sha256').update(JSON.stringify(shown)).digest('hex');
}
