import { isAllowed } from '#shared/domain/access/permissions.ts';
import { explainBody, explainText } from '#shared/domain/daraja/explain.ts';
import { sayExplanation } from '#shared/domain/daraja/explain-facts.ts';
import { parseBody } from '#shared/domain/daraja/parse-body.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { hidePhones } from '#shared/domain/party.ts';
import { showHidden } from '#shared/domain/text-field.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { CallbackRow, ExplanationView } from '#shared/ipc/callback-channels.ts';
import type { Input, Output } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import {
  readCallback,
  readSealedBody,
  type StoredCallback,
  selectCallbacks,
} from '../../db/queries/callback-views.ts';
import type { Session } from '../../ipc/session.ts';
import type { Core } from '../core.ts';
import { readIdCursor, takePage } from '../pages.ts';
import { readKeptBody } from './callback-body.ts';
import { readLastStatus } from './relay-status.ts';

/** Everything that came, newest first. */
export function listCallbacks(core: Core, request: Input<'callback:list'>): Result<Output<'callback:list'>> {
  const before = readIdCursor(request.after);
  if (!before.ok) return before;
  const { outcome, kind, search, limit } = request;
  const filter = { outcome, kind, receipt: search.toUpperCase() };
  const from = before.value ?? Number.MAX_SAFE_INTEGER;
  const found = selectCallbacks(core.ledger.read, filter, from, limit + 1);
  const { page, next } = takePage(found, limit);
  return succeed({ callbacks: page.map(asRow), next });
}

/** One in full: what is understood of it and, for whoever may read that, what came. */
export function showCallback(
  core: Core,
  session: Session,
  callbackId: number,
): Result<Output<'callback:show'>> {
  const db = core.ledger.read;
  const stored = readCallback(db, callbackId);
  const sealed = readSealedBody(db, callbackId);
  if (stored === null || sealed === null)
    return fail('ledger/not-found', say('callback.unknown', { number: callbackId }));
  const body = readKeptBody(db, sealed);
  const mayRead = isAllowed(session.role, 'callbacks.read-bodies');
  return succeed({
    ...asRow(stored),
    sequence: stored.sequence,
    explanation: body === null ? null : explainKept(stored.kind, body, core.now()),
    isErased: body === null,
    body: body === null || !mayRead ? null : asShown(body),
  });
}

/** The words of `daftari explain` for whatever is pasted. */
export function explainPasted({ now }: Pick<Core, 'now'>, text: string): Result<ExplanationView> {
  return succeed(asView(explainText(text, now())));
}

/** What the relay turned away, by its own account. */
export function listRefused(core: Core): Result<Output<'callback:refused'>> {
  const status = readLastStatus(core);
  if (status === null) return succeed({ asOf: null, refused: [] });
  return succeed({ asOf: status.now as UtcMs, refused: status.refused.map(asRefusal) });
}

export function asRefusal({
  reason,
  address,
  count,
  firstAt,
  lastAt,
}: NonNullable<ReturnType<typeof readLastStatus>>['refused'][number]) {
  return { reason, address, count, firstAt: firstAt as UtcMs, lastAt: lastAt as UtcMs };
}

function asRow(stored: StoredCallback): CallbackRow {
  const { id, takenAt, cameAt, fromAddress, kind, outcome, receipt, shortCode, amountCents } = stored;
  const { callId, product, askedAt, movementId, day } = stored;
  return {
    id,
    takenAt,
    cameAt,
    from: fromAddress,
    kind,
    outcome,
    why: JSON.parse(stored.why) as Message,
    receipt,
    shortCode,
    amountCents,
    call: callId === null || product === null || askedAt === null ? null : { id: callId, product, askedAt },
    payment: movementId === null || day === null ? null : { id: movementId, day },
  };
}

function explainKept(kind: StoredCallback['kind'], body: string, now: UtcMs): ExplanationView {
  const parsed = kind === 'unreadable' ? null : parseBody(body);
  if (parsed?.ok) return asView(explainBody(parsed.body, now));
  const reason = parsed === null ? say('callback.sealed-otherwise') : parsed.why;
  return asView({ kind: 'unreadable', reason, warnings: [] });
}

function asView(explanation: Parameters<typeof sayExplanation>[0]): ExplanationView {
  const { head, facts, reason, warnings } = sayExplanation(explanation);
  return { head, facts: [...facts], reason, warnings: [...warnings] };
}

/** With its lines and its escapes undone where it is JSON, so that no phone hides behind one. */
function asShown(body: string): string {
  const parsed = parseBody(body);
  const text = parsed.ok ? JSON.stringify(parsed.body, null, 2) : body;
  return hidePhones(showHidden(text)) ?? '';
}
