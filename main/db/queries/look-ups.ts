import { z } from 'zod';
import type { CallState } from '#shared/domain/daraja/call-state.ts';
import type { Message } from '#shared/domain/message.ts';
import type { Cents } from '#shared/domain/money.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { message } from '#shared/ipc/fields.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

/** How a receipt came to be looked up. `row`: from the reconcile screen; `notice`: by the program itself. */
export type LookUpCameAs = 'typed' | 'merchant-message' | 'customer-message' | 'row' | 'notice';
export type LookUpState = 'not-asked' | 'waiting' | 'answered' | 'silent' | 'could-not-ask';

const pastedMarks = z.object({
  hasHidden: z.boolean(),
  hasLookAlikes: z.boolean(),
  isCut: z.boolean(),
  /** How many other codes stood in the same text. */
  others: z.number().int(),
});
/** What stood in a pasted text beside plain letters. */
export type PastedMarks = z.infer<typeof pastedMarks>;

export type NewLookUp = {
  readonly at: UtcMs;
  readonly staffId: number;
  readonly receipt: Receipt;
  readonly cameAs: LookUpCameAs;
  readonly statedCents: Cents | null;
  readonly statedAt: UtcMs | null;
  readonly statedPayee: string | null;
  readonly payerName: string | null;
  readonly payerPhone: string | null;
  readonly marks: PastedMarks | null;
  readonly state: LookUpState;
};

export type LookUpRow = NewLookUp & {
  readonly id: number;
  readonly by: string;
  readonly callId: number | null;
  readonly why: Message | null;
  readonly answeredAt: UtcMs | null;
  /** Of the call that asks, if there is one. */
  readonly callState: CallState | null;
  readonly askedAt: UtcMs | null;
  /** Calls from before this one were put for an earlier asking. */
  readonly askedAfter: number;
};

export function insertLookUp(db: WriteDb, lookUp: NewLookUp): number {
  return db.run(
    `INSERT INTO look_ups (at, staff_id, receipt, came_as, stated_cents, stated_at, stated_payee, payer_name,
       payer_phone, marks, state, asked_after)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(id), 0) FROM api_calls))`,
    lookUp.at,
    lookUp.staffId,
    lookUp.receipt,
    lookUp.cameAs,
    lookUp.statedCents,
    lookUp.statedAt,
    lookUp.statedPayee,
    lookUp.payerName,
    lookUp.payerPhone,
    lookUp.marks === null ? null : JSON.stringify(lookUp.marks),
    lookUp.state,
  ).lastId;
}

const LOOK_UP = `
  SELECT l.id, l.at, l.staff_id AS staffId, s.name AS by, l.receipt, l.came_as AS cameAs,
         l.stated_cents AS statedCents, l.stated_at AS statedAt, l.stated_payee AS statedPayee,
         l.payer_name AS payerName, l.payer_phone AS payerPhone, l.marks, l.state, l.call_id AS callId, l.why,
         l.answered_at AS answeredAt, c.state AS callState, c.asked_at AS askedAt,
         l.asked_after AS askedAfter
    FROM look_ups l JOIN staff s ON s.id = l.staff_id LEFT JOIN api_calls c ON c.id = l.call_id`;

type Stored = Omit<LookUpRow, 'why' | 'marks'> & {
  readonly why: string | null;
  readonly marks: string | null;
};

function asRow({ why, marks, ...row }: Stored): LookUpRow {
  return {
    ...row,
    why: why === null ? null : message.parse(JSON.parse(why)),
    marks: marks === null ? null : pastedMarks.parse(JSON.parse(marks)),
  };
}

export function selectLookUp(db: ReadDb, lookUpId: number): LookUpRow | null {
  const row = db.get<Stored>(`${LOOK_UP} WHERE l.id = ?`, lookUpId);
  return row ? asRow(row) : null;
}

/** Newest first, those before `before`; of one person, or of everybody. */
export function selectLookUps(
  db: ReadDb,
  staffId: number | null,
  before: number | null,
  limit: number,
): LookUpRow[] {
  return db
    .all<Stored>(
      `${LOOK_UP} WHERE l.id < ? AND (? IS NULL OR l.staff_id = ?) ORDER BY l.id DESC LIMIT ?`,
      before ?? Number.MAX_SAFE_INTEGER,
      staffId,
      staffId,
      limit,
    )
    .map(asRow);
}

/** How many wait for Safaricom. The first condition is that of the index. */
export function countWaiting(db: ReadDb): number {
  const waiting = db.get<{ n: number }>(
    `SELECT count(*) AS n FROM look_ups WHERE state IN ('waiting', 'silent') AND state = 'waiting'`,
  );
  return waiting?.n ?? 0;
}

/** How asking began or ended. */
export function setLookUpState(
  db: WriteDb,
  lookUpId: number,
  to: {
    readonly state: LookUpState;
    readonly callId: number | null;
    readonly why: Message | null;
    readonly answeredAt: UtcMs | null;
  },
): void {
  db.run(
    'UPDATE look_ups SET state = ?, call_id = ?, why = ?, answered_at = ? WHERE id = ?',
    to.state,
    to.callId,
    to.why === null ? null : JSON.stringify(to.why),
    to.answeredAt,
    lookUpId,
  );
}

/** A person wants it asked anew: what was asked before does not count. */
export function beginAsking(db: WriteDb, lookUpId: number): void {
  setLookUpState(db, lookUpId, { state: 'waiting', callId: null, why: null, answeredAt: null });
  db.run(
    'UPDATE look_ups SET asked_after = (SELECT coalesce(max(id), 0) FROM api_calls) WHERE id = ?',
    lookUpId,
  );
}

/** A question that was put before, for somebody else, counts for this look-up too. */
export function countCall(db: WriteDb, lookUpId: number, callId: number): void {
  db.run('UPDATE look_ups SET asked_after = min(asked_after, ?) WHERE id = ?', callId - 1, lookUpId);
}

/** Those that wait for an answer about the receipt, however late it comes. */
export function selectAwaiting(db: ReadDb, receipt: string): LookUpRow[] {
  return db
    .all<Stored>(`${LOOK_UP} WHERE l.receipt = ? AND l.state IN ('waiting', 'silent') ORDER BY l.id`, receipt)
    .map(asRow);
}

/** Those that waited for a question of which nobody says anything any more; an answer that comes late still ends them. */
export function markSilent(db: WriteDb, callId: number): void {
  db.run(`UPDATE look_ups SET state = 'silent' WHERE call_id = ? AND state = 'waiting'`, callId);
}

/** Those that are to be asked, or to be asked for the next short code, now that the one before has been heard. */
export function selectUnput(db: ReadDb): LookUpRow[] {
  return db
    .all<Stored>(
      `${LOOK_UP} WHERE l.state = 'waiting' AND (l.call_id IS NULL OR c.state IN ('answered', 'refused')) ORDER BY l.id`,
    )
    .map(asRow);
}

/** A question about the receipt that was put since then and is still open: it answers everybody who asks. */
export function selectOpenCall(db: ReadDb, receipt: string, since: UtcMs): number | null {
  return (
    db.get<{ id: number }>(
      `SELECT c.id FROM look_ups l JOIN api_calls c ON c.id = l.call_id
        WHERE l.receipt = ? AND l.state = 'waiting' AND c.state IN ('accepted', 'lost') AND c.asked_at >= ?
        ORDER BY c.id DESC LIMIT 1`,
      receipt,
      since,
    )?.id ?? null
  );
}

/** The short codes that the receipt was asked about, the newest question first. */
export function selectAskedCodes(db: ReadDb, receipt: string): string[] {
  return db
    .all<{ shortCode: string }>(
      `SELECT c.short_code AS shortCode FROM look_ups l JOIN api_calls c
          ON c.subject = 'look-up:' || l.id AND c.product = 'status'
        WHERE l.receipt = ? ORDER BY c.id DESC LIMIT 20`,
      receipt,
    )
    .map(({ shortCode }) => shortCode);
}

/** The short codes that the look-up needs not be asked for: its question was put for them, or another was answered. */
export function selectHeardCodes(db: ReadDb, { id, receipt, askedAfter }: LookUpRow): string[] {
  return db
    .all<{ shortCode: string }>(
      `SELECT short_code AS shortCode FROM api_calls WHERE subject = 'look-up:' || ? AND product = 'status' AND id > ?
       UNION SELECT short_code FROM status_answers WHERE receipt = ? AND call_id > ?`,
      id,
      askedAfter,
      receipt,
      askedAfter,
    )
    .map(({ shortCode }) => shortCode);
}

const SET_UP = `
  SELECT o.short_code AS shortCode FROM credentials o JOIN credentials a
      ON a.short_code = o.short_code AND a.kind = 'app'
   WHERE o.kind = 'look-up-operator'`;

/** The short codes that a question can be put for: their app and their operator are known, and not refused. */
export function selectAskableCodes(db: ReadDb): string[] {
  return db
    .all<{ shortCode: string }>(
      `${SET_UP} AND o.state <> 'refused' AND a.state <> 'refused' ORDER BY o.short_code`,
    )
    .map(({ shortCode }) => shortCode);
}

/** One that is set up, whether or not it may be asked for now; null where none is. */
export function selectSetUpCode(db: ReadDb): string | null {
  return db.get<{ shortCode: string }>(`${SET_UP} ORDER BY o.short_code LIMIT 1`)?.shortCode ?? null;
}
