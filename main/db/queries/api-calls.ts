import { type CallState, mayStep } from '#shared/domain/daraja/call-state.ts';
import type { Product } from '#shared/domain/daraja/product.ts';
import type { Message } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

/** One request to Safaricom as it is kept; what came back at once stays sealed, see `readCallAnswer`. */
export type CallRow = {
  readonly id: number;
  readonly product: Product;
  readonly shortCode: string;
  readonly subject: string;
  readonly staffId: number;
  readonly token: string | null;
  /** JSON of the body without secrets. */
  readonly request: string;
  readonly askedAt: UtcMs;
  readonly state: CallState;
  readonly stateAt: UtcMs;
  readonly why: Message | null;
  readonly httpStatus: number | null;
  readonly code: string | null;
  readonly text: string | null;
  readonly originatorConversationId: string | null;
  readonly conversationId: string | null;
};

type Stored = Omit<CallRow, 'why'> & { readonly why: string | null };

const COLUMNS = `id, product, short_code AS shortCode, subject, staff_id AS staffId, result_token AS token, request,
  asked_at AS askedAt, state, state_at AS stateAt, why, http_status AS httpStatus, code, text,
  originator_conversation_id AS originatorConversationId, conversation_id AS conversationId`;

function asCall(stored: Stored): CallRow {
  return { ...stored, why: stored.why === null ? null : (JSON.parse(stored.why) as Message) };
}

export type NewCall = {
  readonly product: Product;
  readonly shortCode: string;
  readonly subject: string;
  readonly staffId: number;
  readonly token: string | null;
  readonly request: string;
  readonly at: UtcMs;
};

/** Writes the intent to ask; only then may anything be sent. */
export function insertCall(db: WriteDb, call: NewCall): number {
  return db.run(
    `INSERT INTO api_calls (product, short_code, subject, staff_id, result_token, request, asked_at, state, state_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'intended', ?)`,
    call.product,
    call.shortCode,
    call.subject,
    call.staffId,
    call.token,
    call.request,
    call.at,
    call.at,
  ).lastId;
}

/** What a call's next step says; only what is given is written. */
export type CallStep = {
  readonly state: CallState;
  readonly at: UtcMs;
  readonly why?: Message;
  readonly httpStatus?: number | undefined;
  readonly code?: string | null;
  readonly text?: string | null;
  readonly originatorConversationId?: string | null;
  readonly conversationId?: string | null;
  /** JSON of a sealed value. */
  readonly answer?: string;
};

/**
 * Takes a call one step on. False where it may not go there, because its answer overtook this: then only the ids, the
 * HTTP status and the answer that were still missing are kept, and the state stands.
 */
export function stepCall(db: WriteDb, id: number, step: CallStep): boolean {
  const from = db.get<{ state: CallState }>('SELECT state FROM api_calls WHERE id = ?', id)?.state;
  if (from === undefined) throw new Error(`there is no call ${id}`);
  db.run(
    `UPDATE api_calls SET http_status = coalesce(http_status, ?), answer = coalesce(answer, ?),
       originator_conversation_id = coalesce(originator_conversation_id, ?),
       conversation_id = coalesce(conversation_id, ?)
     WHERE id = ?`,
    step.httpStatus ?? null,
    step.answer ?? null,
    cut(step.originatorConversationId, 200),
    cut(step.conversationId, 200),
    id,
  );
  if (!mayStep(from, step.state)) return false;
  db.run(
    `UPDATE api_calls SET state = ?, state_at = ?, why = ?, code = coalesce(?, code), text = coalesce(?, text)
     WHERE id = ?`,
    step.state,
    step.at,
    step.why === undefined ? null : JSON.stringify(step.why),
    cut(step.code, 100),
    cut(step.text, 2_000),
    id,
  );
  return true;
}

function cut(text: string | null | undefined, most: number): string | null {
  return text === undefined || text === null ? null : text.slice(0, most);
}

export function selectCall(db: ReadDb, id: number): CallRow | null {
  const found = db.get<Stored>(`SELECT ${COLUMNS} FROM api_calls WHERE id = ?`, id);
  return found ? asCall(found) : null;
}

/** The request whose answers come to this address. */
export function callByToken(db: ReadDb, token: string): CallRow | null {
  const found = db.get<Stored>(`SELECT ${COLUMNS} FROM api_calls WHERE result_token = ?`, token);
  return found ? asCall(found) : null;
}

/** Requests that Safaricom gave one of these ids; newest first. */
export function callsByConversation(
  db: ReadDb,
  ids: { readonly originatorConversationId: string | null; readonly conversationId: string | null },
): CallRow[] {
  return db
    .all<Stored>(
      `SELECT ${COLUMNS} FROM api_calls WHERE conversation_id = ? OR originator_conversation_id = ?
       ORDER BY id DESC`,
      ids.conversationId,
      ids.originatorConversationId,
    )
    .map(asCall);
}

/** The requests for one thing, `look-up:5`; newest first. */
export function callsFor(db: ReadDb, subject: string, limit: number): CallRow[] {
  return db
    .all<Stored>(
      `SELECT ${COLUMNS} FROM api_calls WHERE subject = ? ORDER BY id DESC LIMIT ?`,
      subject,
      limit,
    )
    .map(asCall);
}

/** The last requests of a product for a short code; newest first. */
export function lastCalls(db: ReadDb, product: Product, shortCode: string, limit: number): CallRow[] {
  return db
    .all<Stored>(
      `SELECT ${COLUMNS} FROM api_calls WHERE product = ? AND short_code = ? ORDER BY id DESC LIMIT ?`,
      product,
      shortCode,
      limit,
    )
    .map(asCall);
}

/** Requests whose answer may still come, oldest first. */
export function openCalls(db: ReadDb): CallRow[] {
  return db
    .all<Stored>(
      `SELECT ${COLUMNS} FROM api_calls
       WHERE state IN ('intended', 'accepted', 'lost', 'timed-out', 'silent') AND result_token IS NOT NULL
       ORDER BY id`,
    )
    .map(asCall);
}

/** Requests that nobody knows were sent: the program ended between the two. */
export function intendedCalls(db: ReadDb): CallRow[] {
  return db.all<Stored>(`SELECT ${COLUMNS} FROM api_calls WHERE state = 'intended' ORDER BY id`).map(asCall);
}

/** Requests whose answer has not come for as long as we wait. */
export function overdueCalls(db: ReadDb, askedBefore: UtcMs): CallRow[] {
  return db
    .all<Stored>(
      `SELECT ${COLUMNS} FROM api_calls
       WHERE state IN ('accepted', 'lost', 'timed-out') AND asked_at <= ? AND result_token IS NOT NULL
       ORDER BY id`,
      askedBefore,
    )
    .map(asCall);
}

/** True when the last questions of a short code that are answered later, and are no longer waited for, all fell silent. */
export function areLastSilent(db: ReadDb, shortCode: string, count: number): boolean {
  const last = db.all<{ state: CallState }>(
    `SELECT state FROM api_calls
     WHERE short_code = ? AND result_token IS NOT NULL AND product IN ('status', 'balance')
       AND state IN ('answered', 'silent')
     ORDER BY id DESC LIMIT ?`,
    shortCode,
    count,
  );
  return last.length === count && last.every(({ state }) => state === 'silent');
}

/** Calls with an operator that is not in use yet are for this; what comes of them says nothing of the kept one. */
export const ROTATION = 'rotation:';

/** Requests that name this operator and whose answer is still waited for, whichever number they are about. */
export function awaitedOf(db: ReadDb, operator: string): CallRow[] {
  return db
    .all<Stored>(
      `SELECT ${COLUMNS} FROM api_calls
       WHERE state IN ('intended', 'accepted', 'lost') AND lower(request ->> '$.Initiator') = lower(?)
       ORDER BY id`,
      operator,
    )
    .map(asCall);
}

/** What came back at once, as it was kept: JSON of a sealed value. */
export function readCallAnswer(db: ReadDb, id: number): string | null {
  return db.get<{ answer: string | null }>('SELECT answer FROM api_calls WHERE id = ?', id)?.answer ?? null;
}
