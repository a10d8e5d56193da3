import type { Text } from '#renderer/lib/text.tsx';
import { parseBusinessDay } from '#shared/domain/time.ts';
import type { ReviewView } from '#shared/ipc/views.ts';
import { movementWord } from '../reconcile/row-words.ts';
import { KIND_WORDS, STATUS_WORDS, TENDER_WORDS } from '../sales/sale-words.ts';

type Kind = ReviewView['kind'];

export const REVIEW_WORDS: Readonly<Record<Kind, string>> = {
  'changed-line': 'reviews.changed-line',
  'vanished-line': 'reviews.vanished-line',
  'changed-sale': 'reviews.changed-sale',
  'vanished-sale': 'reviews.vanished-sale',
};

/** What brought the other version, where it is no file. */
export const SOURCE_WORDS: Readonly<Record<Exclude<ReviewView['source'], 'file'>, string>> = {
  pull: 'reviews.from-pull',
  notice: 'reviews.from-notice',
};

const FIELD_WORDS: Readonly<Record<string, string>> = {
  receipt: 'reviews.field-receipt',
  amount: 'reviews.field-amount',
  status: 'reviews.field-status',
  time: 'reviews.field-time',
  day: 'reviews.field-day',
  account: 'reviews.field-account',
  direction: 'reviews.field-direction',
  reference: 'reviews.field-reference',
  tender: 'reviews.field-tender',
  kind: 'reviews.field-kind',
};

const DIRECTION_WORDS: Readonly<Record<string, string>> = {
  in: 'reviews.direction-in',
  out: 'reviews.direction-out',
};

/** The name of a field that main puts on the two sides of a review. */
export function nameField(name: string, { t }: Pick<Text, 't'>): string {
  const id = FIELD_WORDS[name];
  return id === undefined ? name : t(id);
}

/** A field's value in words: main sends the ledger's own marks (`customer-payment`, `2026-03-14 09:31:06`). */
export function readField(kind: Kind, name: string, value: string, text: Pick<Text, 't' | 'day'>): string {
  if (name === 'time' || name === 'day') return readTime(value, text);
  const id =
    kind === 'changed-sale' || kind === 'vanished-sale' ? saleWord(name, value) : lineWord(name, value);
  if (id !== null) return text.t(id);
  return name === 'status' ? text.t('details.movement-status', { status: value }) : value;
}

function readTime(value: string, { day }: Pick<Text, 'day'>): string {
  const [date = '', clock] = value.split(' ');
  const known = parseBusinessDay(date);
  if (known === null) return value;
  return clock === undefined ? day(known) : `${day(known)}, ${clock}`;
}

function saleWord(name: string, value: string): string | null {
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    tender: TENDER_WORDS,
    kind: KIND_WORDS,
    status: STATUS_WORDS,
  };
  return words[name]?.[value] ?? null;
}

function lineWord(name: string, value: string): string | null {
  if (name === 'kind') return movementWord(value);
  return name === 'direction' ? (DIRECTION_WORDS[value] ?? null) : null;
}
