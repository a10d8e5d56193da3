import type { WriteDb } from '#main/db/ledger.ts';
import type { Cents } from '#shared/domain/money.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { Core } from '../core.ts';

/** A payment that only a notice has reported, above the owner's amount. */
export type LargePayment = {
  readonly movementId: number;
  readonly receipt: Receipt;
  readonly shortCode: string;
  readonly amountCents: Cents;
  readonly callbackId: number;
  readonly at: UtcMs;
};

/**
 * Called inside the act that books the payment: what must not be lost is written with `db`, and nothing is asked of
 * anybody before that act has ended.
 */
export type LargePaymentHearer = (db: WriteDb, payment: LargePayment) => void;

const hearers = new WeakMap<Core['ledger'], LargePaymentHearer[]>();

/** Whoever asks Safaricom says so here, once, when the program starts. */
export function onLargeConfirmation(core: Pick<Core, 'ledger'>, hear: LargePaymentHearer): void {
  hearers.set(core.ledger, [...(hearers.get(core.ledger) ?? []), hear]);
}

/** Tells whoever asks Safaricom of a large payment that came in just now. */
export function tellLargeConfirmation(core: Pick<Core, 'ledger'>, db: WriteDb, payment: LargePayment): void {
  for (const hear of hearers.get(core.ledger) ?? []) hear(db, payment);
}
