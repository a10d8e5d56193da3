import { type Message, say } from '#shared/domain/message.ts';
import { reversalName } from '#shared/domain/reversal/binding.ts';
import { judgeLine } from '#shared/domain/reversal/judge-line.ts';
import { SENT_BACK } from '#shared/domain/reversal/state.ts';
import { DAY, type UtcMs } from '#shared/domain/time.ts';
import { fail, succeed } from '#shared/ipc/result.ts';
import { PROGRAM, type ReadDb } from '../../db/ledger.ts';
import { hasAlert, type NewAlert } from '../../db/queries/alerts.ts';
import { selectCall } from '../../db/queries/api-calls.ts';
import { importsInState } from '../../db/queries/imports.ts';
import {
  booksBegan,
  lastMovement,
  newReversalLines,
  paymentOfLine,
  type ReversalLine,
  reversalWithReceipt,
} from '../../db/queries/reversal-evidence.ts';
import { isSalePaidAgain, isSaleRefunded } from '../../db/queries/reversal-facts.ts';
import { type ReversalRow, readReversal, reversalsIn, reversalsOf } from '../../db/queries/reversals.ts';
import { readSetting, writeSetting } from '../../db/queries/settings.ts';
import { raiseAlert, tellAlerts } from '../alerts.ts';
import type { Core } from '../core.ts';
import { carriedOutAt, factsOf } from './take-sights.ts';

/** Done by hand, and a statement should have shown it by now. */
const BY_HAND_DAYS = 3;
/** Sent back, and the shop should have written a refund by now. */
const REFUND_DAYS = 2;
const ROWS_AT_ONCE = 20_000;
const ROWS_BETWEEN_MARKS = 100_000;

/** Says what about reversals is not as it should be, each thing once. */
export function raiseReversalAlerts(core: Core): void {
  const db = core.ledger.read;
  if (importsInState(db, 'running').length > 0 || importsInState(db, 'undoing').length > 0) return;
  raiseAll(core, [...overdueByHand(db, core.now()), ...withoutRefund(db, core.now())]);
  lookAtNewLines(core);
}

function raiseAll(core: Core, alerts: readonly NewAlert[]): void {
  const news = alerts.filter(({ kind, subject }) => !hasAlert(core.ledger.read, kind, subject));
  for (const alert of news) {
    const raised = core.ledger.act(PROGRAM, 'alert.reversal', alert.subject, (db) => {
      const id = raiseAlert(db, alert);
      return id === null
        ? fail('ledger/changed-meanwhile', say('reconcile.changed-meanwhile'))
        : succeed({ value: id, details: { kind: alert.kind } });
    });
    if (raised.ok) tellAlerts(core, [raised.value]);
  }
}

function alertOf(reversal: ReversalRow, kind: string, what: Message, at: UtcMs): NewAlert {
  return { kind, subject: `reversal:${reversal.id}`, what, at };
}

function nameOf({ id, receipt, amountCents }: ReversalRow) {
  return { name: reversalName(id), receipt, amount: { money: amountCents } };
}

function overdueByHand(db: ReadDb, now: UtcMs): NewAlert[] {
  return reversalsIn(db, ['by-hand'])
    .filter(({ stateAt }) => now - stateAt >= BY_HAND_DAYS * DAY)
    .map((reversal) =>
      alertOf(reversal, 'reversal-by-hand', say('reversal.alert.by-hand', nameOf(reversal)), now),
    );
}

/** The money went back and its sale still counts as sold. A payment that paid for nothing needs no refund. */
function withoutRefund(db: ReadDb, now: UtcMs): NewAlert[] {
  return reversalsIn(db, SENT_BACK)
    .filter(({ stateAt }) => now - stateAt >= REFUND_DAYS * DAY)
    .filter(
      (back) =>
        back.saleId !== null && !isSaleRefunded(db, back.saleId) && !isSalePaidAgain(db, back.saleId, back),
    )
    .map((reversal) =>
      alertOf(reversal, 'reversal-no-refund', say('reversal.alert.no-refund', nameOf(reversal)), now),
    );
}

/** How far the books were looked at, in this run of the program and for good. */
type Mark = { seen: number; kept: number };
const marks = new WeakMap<Core['ledger'], Mark>();

/** Reversals that have come in with a statement: each must be one that was asked for here. A stretch of rows at a time. */
function lookAtNewLines(core: Core): void {
  const db = core.ledger.read;
  const mark = marks.get(core.ledger) ?? readMark(db);
  marks.set(core.ledger, mark);
  const to = Math.min(lastMovement(db), mark.seen + ROWS_AT_ONCE);
  if (to <= mark.seen) return;
  const lines = newReversalLines(db, mark.seen, to, booksBegan(db));
  raiseAll(
    core,
    lines.flatMap((line) => alertOfLine(db, line, core.now()) ?? []),
  );
  mark.seen = to;
  // Not after every payment that is reported: an entry for each would drown the log. What is looked at twice is told once.
  if (lines.length === 0 && to - mark.kept < ROWS_BETWEEN_MARKS) return;
  const noted = core.ledger.act(PROGRAM, 'reversal.lines-seen', 'reversals', (write) => {
    writeSetting(write, 'reversal-lines-to', String(to));
    return succeed({ value: undefined, details: { lines: lines.length } });
  });
  if (!noted.ok) throw new Error(`that lines were looked at cannot be written: ${noted.error.code}`);
  mark.kept = to;
}

function readMark(db: ReadDb): Mark {
  const kept = Number(readSetting(db, 'reversal-lines-to') ?? 0);
  return { seen: kept, kept };
}

/** Null for a line that a request of ours explains. By its receipt: the same line brought in again is no news. */
function alertOfLine(db: ReadDb, line: ReversalLine, now: UtcMs): NewAlert | null {
  const own = reversalWithReceipt(db, line.receipt, line.tillId);
  const payment = paymentOfLine(db, line);
  const asked = payment === null ? [] : reversalsOf(db, payment.receipt, line.tillId);
  if ([...asked, own === null ? null : readReversal(db, own)].some((each) => explains(db, each, line)))
    return null;
  const alert = (kind: string, what: Message) => ({
    kind,
    subject: `reversal-line:${line.receipt}`,
    what,
    at: now,
  });
  const values = { receipt: line.receipt, amount: { money: line.amountCents }, at: { at: line.at } };
  const given = asked.find(({ state, method }) => state === 'done' && isGiven(method));
  if (given !== undefined) {
    const names = { payment: given.receipt, name: reversalName(given.id) };
    return alert('reversal-twice', say('reversal.alert.twice', { ...values, ...names }));
  }
  const other = asked.find((each) => carriedOutAt(each) !== null && each.amountCents !== line.amountCents);
  if (other !== undefined) {
    const names = { payment: other.receipt, name: reversalName(other.id) };
    return alert('reversal-unasked', say('reversal.alert.other-amount', { ...values, ...names }));
  }
  return alert(
    'reversal-unasked',
    say('reversal.alert.unasked', { ...values, payment: payment?.receipt ?? '–' }),
  );
}

const isGiven = (method: ReversalRow['method']) => method === 'cash' || method === 'send-money';

/**
 * Whether the line is a reversal that was carried out here. Not one that Safaricom had said no to: that the money went
 * back all the same is somebody else's doing.
 */
function explains(db: ReadDb, reversal: ReversalRow | null, line: ReversalLine): boolean {
  if (reversal === null || isGiven(reversal.method)) return false;
  if (judgeLine(line, factsOf(reversal)) !== 'itself') return false;
  return !wasRefused(db, reversal);
}

function wasRefused(db: ReadDb, { told, callId }: ReversalRow): boolean {
  if (told.includes('done')) return false;
  if (told.includes('failed')) return true;
  return callId !== null && selectCall(db, callId)?.state === 'refused';
}
