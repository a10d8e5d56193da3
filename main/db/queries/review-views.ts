import type { SaleRow } from '#shared/domain/sales/types.ts';
import type { BookedLine } from '#shared/domain/statement/types.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReviewView } from '#shared/ipc/views.ts';
import type { ReadDb } from '../ledger.ts';
import type { LinePlace } from './insert-movements.ts';
import type { SalePlace } from './record-sale.ts';
import type { Sighting } from './sightings.ts';

/** A known line or sale that a later file changed or lacks, as the ledger keeps the question. */
export type StoredReview = {
  readonly id: number;
  readonly kind: ReviewView['kind'];
  readonly importId: number;
  readonly fileName: string;
  readonly importState: string;
  readonly row: number | null;
  readonly movementId: number | null;
  readonly saleId: number | null;
  readonly incoming: string | null;
  readonly at: UtcMs;
  readonly state: ReviewView['state'];
  readonly decidedAt: UtcMs | null;
};

const ONE = `
  SELECT r.id, r.kind, r.import_id AS importId, i.file_name AS fileName, i.state AS importState, r.row,
         r.movement_id AS movementId, r.sale_id AS saleId, r.incoming, r.at, r.state, r.decided_at AS decidedAt
    FROM reviews r JOIN imports i ON i.id = r.import_id WHERE r.id = ? AND i.state <> 'running'`;
const SOME = `
  SELECT r.id, r.kind, r.import_id AS importId, i.file_name AS fileName, i.state AS importState, r.row,
         r.movement_id AS movementId, r.sale_id AS saleId, r.incoming, r.at, r.state, r.decided_at AS decidedAt
    FROM reviews r JOIN imports i ON i.id = r.import_id
   WHERE (? = 'all' OR r.state = 'open') AND (? IS NULL OR r.id < ?) AND i.state <> 'running'
   ORDER BY r.id DESC LIMIT ?`;

export function selectReview(db: ReadDb, reviewId: number): StoredReview | undefined {
  return db.get<StoredReview>(ONE, reviewId);
}

/** Questions newest first, those before the id `before`. Those of an import that still runs are not asked yet. */
export function selectReviews(
  db: ReadDb,
  which: 'open' | 'all',
  before: number | null,
  limit: number,
): StoredReview[] {
  return db.all<StoredReview>(SOME, which, before, before, limit);
}

/** A line that the books contradict, as it was kept: of a file, or news from elsewhere with what brought it. */
export type IncomingLine = {
  readonly line: BookedLine;
  readonly place: LinePlace;
  readonly sighting?: Sighting;
};

export function incomingLine(review: StoredReview): IncomingLine {
  if (review.incoming === null) throw new Error(`review ${review.id} has no incoming line`);
  return JSON.parse(review.incoming) as IncomingLine;
}

/** The sale of the new file, as `recordSale` kept it. */
export function incomingSale(review: StoredReview): { readonly sale: SaleRow; readonly place: SalePlace } {
  if (review.incoming === null) throw new Error(`review ${review.id} has no incoming sale`);
  return JSON.parse(review.incoming) as { sale: SaleRow; place: SalePlace };
}
