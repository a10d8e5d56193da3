import { type Cents, parseAmount } from '#shared/domain/money.ts';
import type { Input } from '#shared/ipc/contract.ts';
import type { Reversal } from './reversal-words.ts';

/** What stands in the form. */
export type Draft = {
  readonly method: Reversal['method'];
  readonly reason: Reversal['reason'];
  readonly note: string;
  readonly amount: string;
  readonly file: File | null;
};

type Request = Pick<Input<'reversal:request'>, 'method' | 'reason' | 'note' | 'amountCents'>;
export type DraftRead = { readonly ok: true; readonly value: Request } | { readonly ok: false };

/** The ways that the form offers; by hand only where main says that it is one. */
export function methodsFor(byHand: boolean): readonly Reversal['method'][] {
  return byHand ? ['daraja', 'by-hand', 'cash', 'send-money'] : ['daraja'];
}

/** The request that the form asks for; the amount is all of it unless a part is allowed and typed. */
export function readDraft(
  { method, reason, note, amount }: Draft,
  payment: { readonly amountCents: Cents },
  mayBePart: boolean,
): DraftRead {
  const common = { method, reason, note: note.trim() };
  if (!mayBePart) return { ok: true, value: { ...common, amountCents: null } };
  const parsed = parseAmount(amount);
  if (!parsed.ok || parsed.cents <= 0 || parsed.cents > payment.amountCents) return { ok: false };
  const isWhole = parsed.cents === payment.amountCents;
  return { ok: true, value: { ...common, amountCents: isWhole ? null : parsed.cents } };
}
