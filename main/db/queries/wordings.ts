import type { BookedLine } from '#shared/domain/statement/types.ts';
import type { WriteDb } from '../ledger.ts';

/** Answers with the number of a line's wording. */
export type WordingOf = (line: Pick<BookedLine, 'detailsTemplate' | 'reasonType'>) => number;

/**
 * Finds how a line is worded, or adds it. A year of lines has a dozen wordings: written with each line they were an
 * eighth of the ledger. Good for one transaction: what it adds may be taken back with the rest.
 */
export function wordingFinder(db: WriteDb): WordingOf {
  const known = new Map<string, Map<string | null, number>>();
  return ({ detailsTemplate, reasonType }) => {
    const ofTemplate = known.get(detailsTemplate) ?? new Map<string | null, number>();
    const before = ofTemplate.get(reasonType);
    if (before !== undefined) return before;
    const id = findWording(db, detailsTemplate, reasonType) ?? addWording(db, detailsTemplate, reasonType);
    known.set(detailsTemplate, ofTemplate.set(reasonType, id));
    return id;
  };
}

function findWording(db: WriteDb, details: string, reason: string | null): number | undefined {
  const sql = 'SELECT id FROM wordings WHERE details_template = ? AND reason_type IS ?';
  return db.get<{ id: number }>(sql, details, reason)?.id;
}

function addWording(db: WriteDb, details: string, reason: string | null): number {
  return db.run('INSERT INTO wordings (details_template, reason_type) VALUES (?, ?)', details, reason).lastId;
}
