import { type Message, say } from '#shared/domain/message.ts';
import { type Cents, toReadable } from '#shared/domain/money.ts';
import { hidePhones } from '#shared/domain/party.ts';
import { toIsoNairobi, type UtcMs } from '#shared/domain/time.ts';
import type { ReviewView } from '#shared/ipc/views.ts';
import type { ReadDb } from '../db/ledger.ts';
import { isTakenOut } from '../db/queries/decide-review.ts';
import { readPayment, readSale } from '../db/queries/item-views.ts';
import { incomingLine, incomingSale, type StoredReview } from '../db/queries/review-views.ts';
import { NOTICE_SOURCE, PULL_SOURCE, shownBy } from '../db/queries/sightings.ts';

type Fields = Record<string, string>;

/** A question as a person reads it: what it is about, and both versions field by field. */
export function describeReview(db: ReadDb, review: StoredReview): ReviewView {
  const { id, kind, at, fileName, row, state } = review;
  const sides = isAboutSale(review) ? saleSides(db, review) : lineSides(db, review);
  return { id, kind, at, fileName, row, state, source: sourceOf(review), what: whatOf(db, review), ...sides };
}

/** What brought the other version: a file, or one of the sources that are none. */
export function sourceOf({ importId }: Pick<StoredReview, 'importId'>): ReviewView['source'] {
  if (importId === PULL_SOURCE) return 'pull';
  return importId === NOTICE_SOURCE ? 'notice' : 'file';
}

/** What a question calls its item: a receipt, a reference, or the amount of a sale that has none. */
export function nameReview(db: ReadDb, review: StoredReview): string {
  if (!isAboutSale(review)) return paymentOf(db, review).receipt;
  const sale = saleOf(db, review);
  return sale.reference ?? `KES ${toReadable(sale.amountCents)}`;
}

export function isAboutSale(review: StoredReview): boolean {
  return review.saleId !== null;
}

function whatOf(db: ReadDb, review: StoredReview): Message {
  const { kind } = review;
  const name = nameReview(db, review);
  const isBack = review.incoming !== null && isTakenOut(db, review);
  const source = sourceOf(review);
  if (kind === 'changed-line' && source !== 'file')
    return say(isBack ? 'review.returned-news' : 'review.changed-news', { name, source });
  if (kind === 'changed-line') return say(isBack ? 'review.returned-line' : 'review.changed-line', { name });
  if (kind === 'vanished-line') return sayVanished(db, review, name);
  if (kind === 'changed-sale') return say(isBack ? 'review.returned-sale' : 'review.changed-sale', { name });
  return say('review.vanished-sale', { name });
}

/** Whether an earlier file had it, or only Pull or a notice showed it. */
function sayVanished(db: ReadDb, { movementId, importId }: StoredReview, name: string): Message {
  const shown = shownBy(db, movementId ?? 0, importId);
  return shown === 'file'
    ? say('review.vanished-line', { name })
    : say('review.vanished-news', { name, source: shown });
}

function lineSides(db: ReadDb, review: StoredReview): { before: Fields; after: Fields } {
  const payment = paymentOf(db, review);
  const before = {
    receipt: payment.receipt,
    time: asTime(payment.at),
    amount: asAmount(payment.amountCents),
    direction: payment.direction,
    kind: payment.kind,
    status: payment.status,
    account: payment.account,
  };
  if (review.kind !== 'changed-line') return { before, after: {} };
  const { line } = incomingLine(review);
  const after = {
    receipt: line.receipt,
    time: asTime(line.completedAt),
    amount: asAmount(line.amountCents),
    direction: line.direction,
    kind: line.kind,
    status: line.status,
    account: line.account,
  };
  return { before, after };
}

function saleSides(db: ReadDb, review: StoredReview): { before: Fields; after: Fields } {
  const sale = saleOf(db, review);
  const before = saleFieldsOf(sale, sale.at);
  if (review.kind !== 'changed-sale') return { before, after: {} };
  const incoming = incomingSale(review).sale;
  return { before, after: saleFieldsOf(incoming, incoming.soldAt) };
}

/** A field that a sale does not have is absent, not empty. */
function saleFieldsOf(
  sale: {
    reference: string | null;
    day: string;
    amountCents: Cents;
    tender: string;
    kind: string;
    status: string;
    receipt: string | null;
  },
  at: UtcMs | null,
): Fields {
  return {
    ...(sale.reference === null ? {} : { reference: hidePhones(sale.reference) ?? '' }),
    ...(at === null ? { day: sale.day } : { time: asTime(at) }),
    amount: asAmount(sale.amountCents),
    tender: sale.tender,
    kind: sale.kind,
    status: sale.status,
    ...(sale.receipt === null ? {} : { receipt: sale.receipt }),
  };
}

function asAmount(amount: Cents): string {
  return `KES ${toReadable(amount)}`;
}

/** `2026-11-18 14:05:09`, Nairobi time: read alike in every language. */
function asTime(at: UtcMs): string {
  return toIsoNairobi(at).slice(0, 19).replace('T', ' ');
}

function paymentOf(db: ReadDb, review: StoredReview) {
  const payment = readPayment(db, review.movementId ?? 0);
  if (!payment) throw new Error(`review ${review.id} is about a payment that is not there`);
  return payment;
}

function saleOf(db: ReadDb, review: StoredReview) {
  const sale = readSale(db, review.saleId ?? 0);
  if (!sale) throw new Error(`review ${review.id} is about a sale that is not there`);
  return sale;
}
