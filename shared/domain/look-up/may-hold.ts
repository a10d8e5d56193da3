import type { BusinessDay } from '../time.ts';

/** What decides whether a payment may be held for a sale. */
export type HoldRequest = {
  /** The money came to us and is still here, by the verdict as of now. */
  readonly isReal: boolean;
  /** The sales it has paid for. */
  readonly usedFor: readonly number[];
  readonly held: { readonly by: number; readonly saleId: number | null } | null;
  /** Where and when it came in; null while only Safaricom's answer knows it. */
  readonly payment: { readonly tillId: number; readonly day: BusinessDay } | null;
  /** Null: a sale that is not rung up yet. */
  readonly sale: {
    readonly id: number;
    readonly tillId: number | null;
    readonly day: BusinessDay;
    readonly canBePaid: boolean;
  } | null;
  readonly staffId: number;
  readonly today: BusinessDay;
  readonly note: string;
};

export type HoldRefusal =
  | 'not-here'
  /** It has paid for this very sale: nothing is left to do. */
  | 'same-sale'
  | 'used'
  | 'held'
  | 'no-sale'
  | 'other-till'
  /** It came in on an earlier day, and nothing says why it is used today. */
  | 'old';

/** Why not, or null. What is refused because the receipt may be shown a second time is also an alert. */
export function whyNotHold(request: HoldRequest): HoldRefusal | null {
  const { isReal, usedFor, held, payment, sale, staffId, today, note } = request;
  if (sale !== null && usedFor.includes(sale.id)) return 'same-sale';
  if (usedFor.length > 0) return 'used';
  // Whoever holds it for a sale that was not rung up yet may say which one it is now.
  const isNamed = held !== null && held.saleId === null && held.by === staffId && sale !== null;
  if (held !== null && !isNamed) return 'held';
  if (!isReal) return 'not-here';
  if (sale !== null && !sale.canBePaid) return 'no-sale';
  if (payment !== null && sale?.tillId != null && sale.tillId !== payment.tillId) return 'other-till';
  const day = sale?.day ?? today;
  return payment !== null && payment.day < day && note === '' ? 'old' : null;
}

export function isAlarming(refusal: HoldRefusal): boolean {
  return ['used', 'held', 'other-till', 'old'].includes(refusal);
}
