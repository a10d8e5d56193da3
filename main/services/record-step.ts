import type { Message } from '#shared/domain/message.ts';
import type { Actor, WriteDb } from '../db/ledger.ts';
import type { RuleStand } from '../db/queries/rules.ts';

/** What a step touched, so that undo can put it back. Ids only. */
export type Touched = {
  readonly links?: readonly number[];
  readonly endedLinks?: readonly number[];
  readonly refusals?: readonly number[];
  readonly endedRefusals?: readonly number[];
  readonly parks?: readonly number[];
  readonly endedParks?: readonly number[];
  /** Movements that came into the books by the step. */
  readonly movements?: readonly number[];
  readonly claims?: readonly number[];
  readonly endedClaims?: readonly number[];
  readonly sales?: readonly number[];
  readonly reviews?: readonly number[];
  readonly imports?: readonly number[];
  readonly days?: readonly string[];
  /** Where each rule stood before and after. Never what it says: that holds names. */
  readonly rules?: Readonly<Record<string, { readonly before: RuleStand; readonly after: RuleStand }>>;
  /** A sale as it was before it was edited or voided. */
  readonly saleBefore?: Readonly<Record<string, string | number | null>>;
};

export type StepAction =
  | 'import'
  | 'undo-import'
  | 'accept'
  | 'accept-all'
  | 'reject'
  | 'match'
  | 'unmatch'
  | 'park'
  | 'unpark'
  | 'hold-claim'
  | 'release-claim'
  | 'add-sale'
  | 'edit-sale'
  | 'void-sale'
  | 'review'
  | 'save-rule'
  | 'move-rule'
  | 'remove-rule';

/** Puts a step on the list of what was done, inside the act that does it. */
export function recordStep(
  db: WriteDb,
  actor: Actor,
  at: number,
  action: StepAction,
  what: Message,
  touched: Touched,
): number {
  return db.run(
    'INSERT INTO steps (at, staff_id, action, what, touched) VALUES (?, ?, ?, ?, ?)',
    at,
    actor.staffId,
    action,
    JSON.stringify(what),
    JSON.stringify(touched),
  ).lastId;
}
