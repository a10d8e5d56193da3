import { bookPulledRow } from '#shared/domain/daraja/booked-payment.ts';
import type { PulledRow } from '#shared/domain/daraja/pull-answer.ts';
import { ASSUMED_ZONE } from '#shared/domain/daraja/pull-time.ts';
import { say } from '#shared/domain/message.ts';
import { CLASSIFIER_VERSION } from '#shared/domain/statement/classify.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { Actor, WriteDb } from '../../db/ledger.ts';
import { type BookedNews, bookNews } from '../../db/queries/book-payment.ts';
import { markDaysToMatch } from '../../db/queries/days.ts';
import { readPullZone } from '../../db/queries/pull-zone.ts';
import { PULL_SOURCE, type Sighting } from '../../db/queries/sightings.ts';
import { improveByPull } from '../../db/queries/take-over.ts';
import { accountOf, tillOfNumber } from '../../db/queries/tills.ts';
import { raiseAlert, tellAlerts } from '../alerts.ts';
import { type Core, dayFinder } from '../core.ts';

/** What became of the rows of one page. */
export type BookedPage = {
  new: number;
  known: number;
  /** Until then only a notice had reported them. */
  settled: number;
  changed: number;
  /** Without a receipt, an amount or a time that can be read. */
  unread: number;
};

/** Books one page of a Pull, in one act: each row is a movement that hangs on Pull, or says of a known one that it was seen. */
export function bookPage(
  core: Core,
  actor: Actor,
  page: { readonly shortCode: string; readonly callId: number; readonly rows: readonly PulledRow[] },
): BookedPage {
  const { shortCode, callId, rows } = page;
  const raised: (number | null)[] = [];
  const asked: number[] = [];
  const booked = core.ledger.act(actor, 'pull.rows', `call:${callId}`, (db) => {
    const counts: BookedPage = { new: 0, known: 0, settled: 0, changed: 0, unread: 0 };
    const bookRow = rowBooker(core, db, { shortCode, callId });
    for (const row of rows) {
      const news = bookRow(row);
      if (news === null) counts.unread += 1;
      else if (news.became === 'contradicts') {
        counts.changed += 1;
        if (news.reviewId !== null) asked.push(news.reviewId);
        raised.push(alertOf(db, news.movementId, row.receipt ?? '', core));
      } else counts[news.isSettled ? 'settled' : news.became] += 1;
    }
    return succeed({ value: counts, details: { number: shortCode, ...counts } });
  });
  if (!booked.ok) throw new Error(`pulled rows cannot be booked: ${booked.error.code}`);
  for (const reviewId of asked) core.tell('alert:raised', { reviewId });
  tellAlerts(core, raised);
  return booked.value;
}

type BookedRow = BookedNews & { readonly isSettled: boolean };

function rowBooker(
  core: Core,
  db: WriteDb,
  { shortCode, callId }: { readonly shortCode: string; readonly callId: number },
): (row: PulledRow) => BookedRow | null {
  const tillId = tillOfNumber(db, shortCode);
  if (tillId === null) throw new Error(`${shortCode} is pulled and no number of ours`);
  const dayOf = dayFinder(core);
  const at = core.now();
  return (row) => {
    const payment = bookPulledRow(row, shortCode, readPullZone(db) ?? ASSUMED_ZONE);
    if (payment === null) return null;
    const businessDay = dayOf(payment.completedAt);
    const place = {
      importId: PULL_SOURCE,
      tillId,
      accountId: accountOf(db, tillId, payment.account),
      businessDay,
      classifierVersion: CLASSIFIER_VERSION,
      at,
    };
    const sighting: Sighting = {
      kind: 'pulled-row',
      channel: 'direct',
      at,
      callId,
      callbackId: null,
      printedAt: row.time,
    };
    const news = bookNews(db, payment, place, sighting);
    if (news.became === 'new') markDaysToMatch(db, [businessDay]);
    const days = news.became === 'known' ? improveByPull(db, news.movementId, payment) : [];
    markDaysToMatch(db, days);
    return { ...news, isSettled: days.length > 0 };
  };
}

/** What Safaricom lists weighs more than the books: the owner hears of it. */
function alertOf(db: WriteDb, movementId: number, receipt: string, core: Core): number | null {
  const what = say('alert.pulled-contradicts', { receipt });
  return raiseAlert(db, {
    kind: 'pulled-otherwise',
    subject: `movement:${movementId}`,
    what,
    at: core.now(),
  });
}
