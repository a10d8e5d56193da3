import { type BookedPayment, bookConfirmation } from '#shared/domain/daraja/booked-payment.ts';
import type { C2bConfirmation } from '#shared/domain/daraja/c2b-confirmation.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { CLASSIFIER_VERSION } from '#shared/domain/statement/classify.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { WriteDb } from '../db/ledger.ts';
import { readAskAbove } from '../db/queries/ask-above.ts';
import { bookNews } from '../db/queries/book-payment.ts';
import { markDaysToMatch } from '../db/queries/days.ts';
import { NOTICE_SOURCE } from '../db/queries/sightings.ts';
import { improveByNotice } from '../db/queries/take-over.ts';
import { accountOf, tillOfNumber } from '../db/queries/tills.ts';
import { mayBook } from './booking-turn.ts';
import { type Core, dayFinder } from './core.ts';
import { tellLargeConfirmation } from './safaricom/large-payments.ts';

/** What a confirmation came to in the books. */
export type TakenConfirmation = {
  readonly became: 'new' | 'known' | 'contradicts' | 'not-ours' | 'unreadable';
  readonly movementId: number | null;
  readonly why: Message;
};

type News = { readonly confirmation: C2bConfirmation; readonly callbackId: number; readonly at: UtcMs };

/**
 * Books a confirmation that a callback carried, inside the act that takes the callback (ADR 32). Whoever calls it asks
 * `mayBook` first, and afterwards has the marked days matched and tells the windows that matches and reviews changed.
 */
export function takeConfirmation(core: Core, db: WriteDb, news: News): TakenConfirmation {
  if (!mayBook(db)) throw new Error('a confirmation was booked while a file is at work');
  const { shortCode } = news.confirmation;
  const tillId = shortCode === null ? null : tillOfNumber(db, shortCode);
  if (shortCode !== null && tillId === null)
    return { became: 'not-ours', movementId: null, why: say('confirmation.not-ours', { number: shortCode }) };
  const read = bookConfirmation(news.confirmation);
  if (!read.ok || tillId === null)
    return {
      became: 'unreadable',
      movementId: null,
      why: read.ok ? say('confirmation.no-number') : read.why,
    };
  return book(core, db, news, read.payment, tillId);
}

function book(
  core: Core,
  db: WriteDb,
  { callbackId, at }: News,
  payment: BookedPayment,
  tillId: number,
): TakenConfirmation {
  const { receipt, amountCents, shortCode } = payment;
  const place = {
    importId: NOTICE_SOURCE,
    tillId,
    accountId: accountOf(db, tillId, payment.account),
    businessDay: dayFinder(core)(payment.completedAt),
    classifierVersion: CLASSIFIER_VERSION,
    at,
  };
  const sighting = {
    kind: 'confirmation',
    channel: 'relay',
    at,
    callId: null,
    callbackId,
    printedAt: null,
  } as const;
  const booked = bookNews(db, payment, place, sighting);
  const { became, movementId } = booked;
  if (became === 'contradicts')
    return { became, movementId, why: say(`confirmation.other-${booked.field}`, { receipt }) };
  if (became === 'known') {
    markDaysToMatch(db, improveByNotice(db, movementId, payment, dayFinder(core)));
    return { became, movementId, why: say('confirmation.known', { receipt }) };
  }
  markDaysToMatch(db, [place.businessDay]);
  if (amountCents > readAskAbove(db))
    tellLargeConfirmation(core, db, { movementId, receipt, shortCode, amountCents, callbackId, at });
  return { became, movementId, why: say('confirmation.new', { receipt, amount: { money: amountCents } }) };
}
