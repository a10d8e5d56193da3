import { type Message, say } from '#shared/domain/message.ts';
import { hidePhones, maskPhone } from '#shared/domain/party.ts';
import type { Question } from '#shared/ipc/views.ts';
import type { RowCounts } from '../db/queries/imports.ts';
import type { SalesRefusal } from '../readers/sales/types.ts';
import type { FileRefusal } from '../readers/types.ts';

/** How bringing in one file ended. */
export type ImportOutcome =
  | {
      readonly type: 'done';
      readonly importId: number;
      readonly counts: RowCounts;
      readonly sentence: Message;
      /** Numbers in the file that nobody has called ours: their rows were refused. */
      readonly foreign: readonly string[];
    }
  | {
      readonly type: 'asks';
      readonly question: Question;
      readonly reason: Message;
      /** Under this shape a column map may have been remembered. */
      readonly headerShape?: string;
    }
  | { readonly type: 'refused'; readonly refusal: FileRefusal }
  | { readonly type: 'cancelled' }
  /** The disk is full, or the like: nothing of this file is kept. */
  | { readonly type: 'failed'; readonly reason: Message };

/** An outcome that ends the import early still names the import, so that the caller can take it back. */
export type EarlyEnd = ImportOutcome & { readonly rollBack?: number };

/** A refusal that a person can answer becomes a question; any other stays a refusal. */
export function asOutcome(refusal: FileRefusal | SalesRefusal): ImportOutcome {
  const question = questionOf(refusal);
  if (!question) return { type: 'refused', refusal };
  const headerShape = 'headerShape' in refusal ? refusal.headerShape : undefined;
  return { type: 'asks', question, reason: refusal.reason, ...(headerShape ? { headerShape } : {}) };
}

function questionOf(refusal: FileRefusal | SalesRefusal): Question | null {
  if (refusal.code === 'needs-short-code') return { ask: 'short-code' };
  if (refusal.code === 'needs-password') return { ask: 'password', wrong: false };
  if (refusal.code === 'wrong-password') return { ask: 'password', wrong: true };
  if (refusal.code === 'ambiguous-dates') return { ask: 'dates', samples: dateSamples(refusal) };
  if (refusal.code !== 'needs-map' || !('headers' in refusal) || !refusal.headers) return null;
  const { headers, sample = [], suggestedMap: suggested = {} } = refusal;
  const isPhone = headers.map((header) => suggested[header] === 'phone');
  return {
    ask: 'columns',
    headers: [...headers],
    rows: sample.map((row) =>
      row.map((cell, i) => (isPhone[i] && cell !== '' ? maskPhone(cell) : hidePhones(cell)) ?? ''),
    ),
    suggested: { ...suggested },
  };
}

function dateSamples(refusal: FileRefusal): string[] {
  const sample = refusal.reason.values?.sample;
  return typeof sample === 'string' ? [sample] : [];
}

/** "222 rows: 218 new, 4 already known, 0 refused." */
export function doneSentence(counts: RowCounts): Message {
  const { new: fresh, known, changed, refused } = counts;
  const rows = rowsOf(counts);
  return say(changed > 0 ? 'import.done-with-review' : 'import.done', {
    rows,
    new: fresh,
    known,
    changed,
    refused,
  });
}

/** Rows of a file that were looked at, whatever became of them. */
export function rowsOf(counts: RowCounts): number {
  return counts.new + counts.known + counts.changed + counts.refused;
}
