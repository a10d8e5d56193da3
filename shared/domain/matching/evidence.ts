import type { MessageValue } from '../message.ts';
import { namesAgree, phonesAgree } from '../party.ts';
import { DAY, MINUTE } from '../time.ts';
import { type Batch, lineAt, lineTimeOf, saleAt, saleTimeOf } from './batch.ts';
import { follow } from './chains.ts';
import { isDistinctive, keyOfReference } from './reference.ts';
import type { Band } from './types.ts';

/** What speaks against a pair, in the order in which it is told. */
export type Doubt =
  | 'none'
  | 'phone'
  | 'name'
  | 'reference'
  | 'receipt'
  | 'reversed'
  | 'typed'
  | 'unusual'
  | 'rival'
  | 'reported';

/** How long before the sale the payment came; negative when it came after. Null when the sale has no time. */
export function gapBefore(batch: Batch, line: number, sale: number): number | null {
  const gap = saleTimeOf(batch, sale) - lineTimeOf(batch, line);
  return Number.isNaN(gap) ? null : gap;
}

/** True when the payment lies in the usual window of the sale; the same business day when it has only a date. */
export function isInWindow(batch: Batch, line: number, sale: number): boolean {
  const gap = gapBefore(batch, line, sale);
  if (gap === null) return lineAt(batch, line).day === saleAt(batch, sale).day;
  return gap <= batch.settings.beforeMs && gap >= -batch.settings.afterMs;
}

/** How far apart the two are, whatever their precision; whole days when the sale has only a date. */
export function distanceMs(batch: Batch, line: number, sale: number): number {
  const gap = gapBefore(batch, line, sale);
  return gap === null ? daysBetween(lineAt(batch, line).day, saleAt(batch, sale).day) * DAY : Math.abs(gap);
}

export function daysBetween(a: string, b: string): number {
  return a === b ? 0 : Math.abs(Date.parse(a) - Date.parse(b)) / DAY;
}

/** What tills write when they do not know the customer: says nothing about who paid. */
const NO_NAME = /\b(?:walk|cash|retail|guest|counter|default|general|customer|client|mteja|wateja)\b/i;

/** True for what tills write in the place of a customer they do not know. */
export function namesNobody(customer: string): boolean {
  return NO_NAME.test(customer);
}

/** What phone and name say of a pair: the same person, another phone, another name, or nothing. */
type PersonVerdict = 'same' | 'phone' | 'name' | 'none';

/** The phone speaks first: a masked phone that agrees outweighs a nickname in the shop's record. */
function judgePerson(batch: Batch, line: number, sale: number): PersonVerdict {
  const { phone, customer } = saleAt(batch, sale);
  if (phone === null && customer === null) return 'none';
  const { party } = lineAt(batch, line);
  const phones = phonesAgree(party.phone, phone);
  if (phones !== null) return phones ? 'same' : 'phone';
  if (customer === null || namesNobody(customer)) return 'none';
  const names = namesAgree(party.name, customer);
  return names === null ? 'none' : names ? 'same' : 'name';
}

/** 1 when the phone or the name says it is the same person, −1 when it says another, 0 when nothing can be said. */
export function personEvidence(batch: Batch, line: number, sale: number): -1 | 0 | 1 {
  const verdict = judgePerson(batch, line, sale);
  return verdict === 'same' ? 1 : verdict === 'none' ? 0 : -1;
}

/** True when the customer typed the number of another live sale as account reference. */
export function namesAnotherSale(batch: Batch, line: number, sale: number): boolean {
  const key = keyOfReference(lineAt(batch, line).accountReference);
  if (key === null || !isDistinctive(key.exact)) return false;
  const { reference, accountReference } = saleAt(batch, sale);
  if (keyOfReference(reference)?.loose === key.loose) return false;
  if (keyOfReference(accountReference)?.loose === key.loose) return false;
  return follow(batch.salesOfReference, key.loose).length > 0;
}

/** What contradicts the pair, a receipt apart. */
export function doubtAbout(batch: Batch, line: number, sale: number): Doubt {
  const verdict = judgePerson(batch, line, sale);
  if (verdict === 'phone' || verdict === 'name') return verdict;
  return namesAnotherSale(batch, line, sale) ? 'reference' : 'none';
}

/** One band less for evidence that contradicts; `possible` stays: the pair is still worth a look. */
export function lower(band: Band): Band {
  return band === 'certain' ? 'likely' : 'possible';
}

/** The band after all that speaks against the pair, and what to say of it. */
export function weigh(batch: Batch, line: number, sale: number, band: Band): { band: Band; doubt: Doubt } {
  const doubt = doubtAbout(batch, line, sale);
  if (doubt !== 'none') return { band: lower(band), doubt };
  const reversed = batch.mayBeReversed[line] ?? 0;
  if (reversed === 2) return { band: 'possible', doubt: 'reversed' };
  if (band !== 'certain') return { band, doubt };
  if (reversed === 1) return { band: 'likely', doubt: 'reversed' };
  if (saleAt(batch, sale).isTyped) return { band: 'likely', doubt: 'typed' };
  return { band, doubt };
}

/** The values every sentence about a pair shares: when the payment came, seen from the sale, and the doubt. */
export function pairWords(
  batch: Batch,
  line: number,
  sale: number,
  doubt: Doubt,
): Record<string, MessageValue> {
  const { at, day } = lineAt(batch, line);
  const gap = gapBefore(batch, line, sale);
  const isFar = gap === null ? day !== saleAt(batch, sale).day : Math.abs(gap) >= DAY;
  const near = gap === null ? 'day' : Math.abs(gap) < MINUTE ? 'together' : gap > 0 ? 'before' : 'after';
  return {
    when: isFar ? 'otherday' : near,
    gap: { minutes: Math.abs(gap ?? 0) / MINUTE },
    paid: { at },
    doubt,
  };
}
