import type { Cents } from '../money.ts';
import type { Receipt } from '../receipt.ts';
import type { UtcMs } from '../time.ts';

/**
 * Everything that an approval stands for. Main makes it anew from the books before it sends, and sends only if it is
 * the same: what was approved is what goes out.
 */
export type ApprovalBinding = {
  readonly environment: 'production' | 'sandbox' | 'demo';
  /** Where the call goes: `api.safaricom.co.ke`. */
  readonly host: string;
  readonly reversalId: number;
  /** Counts every change of the request and of the payment that it is about. */
  readonly revision: number;
  readonly paymentRevision: string;
  readonly method: string;
  readonly receipt: Receipt;
  readonly amountCents: Cents;
  readonly shortCode: string;
  readonly identifierType: '11';
  readonly initiator: string;
  /** `R-000123`: never what a clerk typed. */
  readonly remarks: string;
  readonly resultToken: string;
  readonly requestedBy: number;
  readonly approvedBy: number;
  readonly approvedAt: UtcMs;
};

/** The approval as text, one field a line in a fixed order: what its hash is taken over. */
export function bindingText(binding: ApprovalBinding): string {
  const fields = Object.entries(binding).sort(([a], [b]) => (a < b ? -1 : 1));
  return ['daftari-approval-1', ...fields.map(([name, value]) => `${name}=${JSON.stringify(value)}`)].join(
    '\n',
  );
}

/** How a reversal is called everywhere: `R-000123`. */
export function reversalName(id: number): string {
  return `R-${String(id).padStart(6, '0')}`;
}
