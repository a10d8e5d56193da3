import { createHash } from 'node:crypto';
import { type ApprovalBinding, bindingText, reversalName } from '#shared/domain/reversal/binding.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { HOSTS, isLoopbackOrigin } from '../../daraja/hosts.ts';
import type { DarajaLine } from '../../daraja/line.ts';
import type { ReadDb } from '../../db/ledger.ts';
import type { Environment } from '../../db/ledger-file.ts';
import { credentialsOf, livePaymentOf, paymentText } from '../../db/queries/reversal-facts.ts';
import type { ReversalRow } from '../../db/queries/reversals.ts';

const THIS_COMPUTER = 'this computer';

/** Where the call of each environment goes. The demo speaks with the simulator on this computer, or with nobody. */
function hostOf(environment: Environment): string {
  return environment === 'demo' ? THIS_COMPUTER : new URL(HOSTS[environment]).host;
}

/** Where a line leads, as an approval names it. */
export function hostOfLine({ origin }: Pick<DarajaLine, 'origin'>): string {
  return origin === undefined || isLoopbackOrigin(origin) ? THIS_COMPUTER : new URL(origin).host;
}

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
    host: hostOf(environment),
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
