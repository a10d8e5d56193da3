import type { Payee } from '#shared/domain/look-up/payee.ts';
import type { Pasted } from '#shared/domain/look-up/read-pasted.ts';
import { maskPhone } from '#shared/domain/party.ts';
import { cutText, MAX_TEXT } from '#shared/domain/text-field.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { LookUpCameAs, LookUpState, NewLookUp } from '../../db/queries/look-ups.ts';

type Read = Extract<Pasted, { type: 'receipt' }>;

/** What is kept of a text: the receipt and what it says of its payment. The text itself and its balance are not. */
export function keepLookUp(
  read: Read,
  about: { at: UtcMs; staffId: number; cameAs: LookUpCameAs; state: LookUpState },
): NewLookUp {
  const { receipt, stated, others, marks } = read;
  const isPlain = !marks.hasHidden && !marks.hasLookAlikes && !marks.isCut && others.length === 0;
  return {
    ...about,
    receipt,
    statedCents: stated?.amount ?? null,
    statedAt: stated?.at ?? null,
    statedPayee: stated?.payee == null ? null : keepPayee(stated.payee),
    payerName: cut(stated?.payer?.name ?? stated?.payer?.code ?? null, MAX_TEXT),
    payerPhone: cut(stated?.payer?.phone ?? null, 40),
    marks: isPlain ? null : { ...marks, others: Math.min(others.length, 99) },
  };
}

/** A shop's name or number; of a person's own line no more than a list would show. */
function keepPayee({ name, number, phone }: Payee): string {
  const masked = maskPhone(phone)?.replaceAll(' ', '') ?? null;
  const parts = number === null ? [name, masked] : [`${number} - ${name ?? ''}`];
  return cutText(parts.filter((part) => part !== null).join(' '), MAX_TEXT);
}

function cut(text: string | null, length: number): string | null {
  return text === null ? null : cutText(text, length);
}
