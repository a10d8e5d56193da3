import { createHash } from 'node:crypto';
import { type ApprovalBinding, bindingText, reversalName } from '#shared/domain/reversal/binding.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../../db/ledger.ts';
import type { Environment } from '../../db/ledger-file.ts';
import { credentialsOf, livePaymentOf, paymentText } from '../../db/queries/reversal-facts.ts';
import type { ReversalRow } from '../../db/queries/reversals.ts';

/** Where the call of each environment goes. The demo speaks with the simulator on this computer. */
const HOST_OF: Readonly<Record<Environment, string>> = {
  production: 'api.safaricom.co.ke',
  sandbox: 'sandbox.safaricom.co.ke',
  demo: 'this computer',
};

export type Approved = {
  readonly approvedBy: number;
  readonly approvedAt: UtcMs;
  readonly resultToken: string;
};

/** Everything that an approval stands for, as the books have it at this moment. Null when the payment is not in them. */
export function bindingOf(
  db: ReadDb,
  environment: Environment,
  reversal: ReversalRow,
  approved: Approved,
): ApprovalBinding | null {
  const payment = livePaymentOf(db, reversal.receipt, reversal.tillId);
  if (payment === null) return null;
  return {
    environment,
    host: HOST_OF[environment],
    reversalId: reversal.id,
    revision: reversal.revision,
    paymentRevision: hash(paymentText(db, payment)).toString('hex'),
    method: reversal.method,
    receipt: reversal.receipt,
    amountCents: reversal.amountCents,
    shortCode: reversal.shortCode,
    identifierType: '11',
    initiator: operatorName(db, reversal.shortCode),
    remarks: reversalName(reversal.id),
    resultToken: approved.resultToken,
    requestedBy: reversal.requestedBy,
    approvedBy: approved.approvedBy,
    approvedAt: approved.approvedAt,
  };
}

/** SHA-256 of an approval. */
export function bindingHash(binding: ApprovalBinding): Buffer {
  return hash(bindingText(binding));
}

/** The reversal operator's user name; empty where there is none. */
export function operatorName(db: ReadDb, shortCode: string): string {
  return credentialsOf(db, shortCode).find(({ kind }) => kind === 'reversal-operator')?.name ?? '';
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
