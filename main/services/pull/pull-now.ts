import { type PullAnswer, type PulledRow, readPullAnswer } from '#shared/domain/daraja/pull-answer.ts';
import { reachable } from '#shared/domain/daraja/pull-gaps.ts';
import { type Message, say } from '#shared/domain/message.ts';
import type { Interval } from '#shared/domain/statement/coverage.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { type Actor, PROGRAM } from '../../db/ledger.ts';
import { insertPull, type PullOutcome } from '../../db/queries/pulls.ts';
import { mayBook } from '../booking-turn.ts';
import type { Core } from '../core.ts';
import { matchChangedDays } from '../match-days.ts';
import { ask } from '../safaricom/ask.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';
import type { Asked } from '../safaricom/question.ts';
import { takeUpLeftovers } from '../take-up-leftovers.ts';
import { bookPage } from './book-page.ts';
import { correctPulledTimes } from './correct-times.ts';

/** What a Pull came to. `unknown`: Safaricom could not tell, or not all of it; never the same as `none`. */
export type Pulled = {
  readonly outcome: PullOutcome;
  /** What is known of the rest, or why nothing was asked; null when the answer was whole. */
  readonly why: Message | null;
  readonly rows: number;
  readonly newRows: number;
  /** The time that was asked about; null when nothing was. */
  readonly stretch: Interval | null;
};

export type PullOptions = {
  /** Nobody waits for it. */
  readonly isBackground?: boolean;
  readonly signal?: AbortSignal;
  /** Told after each page, with the rows so far. */
  readonly onRows?: (rows: number) => void;
};

/** Far more than any shop takes in two days: beyond, something is wrong with the answers. */
const MOST_PAGES = 500;

/**
 * Asks Pull what customers paid to a short code in some stretch of time, page by page, and books it. Pulls of one ledger
 * take turns, and wait while a file is brought in or undone.
 */
export function pullNow(
  parts: SafaricomParts,
  actor: Actor,
  shortCode: string,
  stretch: Interval,
  options: PullOptions = {},
): Promise<Pulled> {
  const before = turns.get(parts.core.ledger) ?? Promise.resolve();
  const mine = before.then(() => pullInTurn(parts, actor, shortCode, stretch, options));
  turns.set(
    parts.core.ledger,
    mine.then(
      () => undefined,
      () => undefined,
    ),
  );
  return parts.finish(mine);
}

const turns = new WeakMap<Core['ledger'], Promise<void>>();

/** Safaricom's clock, as it was last seen: a PC that runs ahead must not ask about times that are yet to come. */
export function safaricomNow({ core, line }: Pick<SafaricomParts, 'core' | 'line'>): UtcMs {
  const now = core.now();
  const gap = line.clockGap();
  return gap === null ? now : (Math.min(now, now + gap.ms) as UtcMs);
}

async function pullInTurn(
  parts: SafaricomParts,
  actor: Actor,
  shortCode: string,
  wanted: Interval,
  options: PullOptions,
): Promise<Pulled> {
  const { core } = parts;
  const stretch = reachable(safaricomNow(parts), wanted);
  if (stretch === null) return notAsked(say('pull.too-old'));
  const askedAt = core.now();
  const pages = await pullPages(parts, actor, { shortCode, stretch, ...options });
  if (!pages.isAsked) return notAsked(pages.end ?? say('pull.not-whole'));
  const { rows, newRows, end: why } = pages;
  const outcome = why !== null ? 'unknown' : rows > 0 ? 'rows' : 'none';
  const kept = core.ledger.act(actor, 'pull.ended', `short-code:${shortCode}`, (db) => {
    insertPull(db, { shortCode, ...stretch, askedAt, outcome, why, rows, newRows });
    const details = { number: shortCode, from: stretch.from, to: stretch.to, outcome, rows, new: newRows };
    return succeed({ value: undefined, details });
  });
  if (!kept.ok) throw new Error(`a Pull cannot be written down: ${kept.error.code}`);
  await correctPulledTimes(core, actor);
  core.tell('ledger:changed', {
    areas: pages.hasChanged ? ['safaricom', 'imports', 'matches', 'reviews'] : ['safaricom'],
  });
  if (pages.hasChanged) void matchChangedDays(core, PROGRAM);
  return { outcome, why, rows, newRows, stretch };
}

function notAsked(why: Message): Pulled {
  return { outcome: 'unknown', why, rows: 0, newRows: 0, stretch: null };
}

type Pages = {
  isAsked: boolean;
  rows: number;
  newRows: number;
  hasChanged: boolean;
  /** Why it ended before the empty page that ends a whole answer; null when it did not. */
  end: Message | null;
};

type Asking = PullOptions & { readonly shortCode: string; readonly stretch: Interval };

/** Page after page by the rows received, until an empty one. */
async function pullPages(parts: SafaricomParts, actor: Actor, asking: Asking): Promise<Pages> {
  const { shortCode, stretch, isBackground = false, signal, onRows } = asking;
  const pages: Pages = { isAsked: false, rows: 0, newRows: 0, hasChanged: false, end: null };
  const seen = new Set<string>();
  let unread = 0;
  for (let page = 0, offset = 0; page < MOST_PAGES; page++) {
    if (!(await waitForTurn(parts, signal))) return { ...pages, end: say('pull.stopped') };
    const question = { product: 'pull-query', shortCode, ...stretch, offset } as const;
    const asked = await ask(parts, actor, question, {
      subject: 'pull',
      isBackground,
      ...(signal ? { signal } : {}),
    });
    if (asked.type === 'cannot-ask') return { ...pages, end: asked.why };
    pages.isAsked = true;
    const read = readAnswer(asked);
    if (!read.ok) return { ...pages, end: read.why };
    const { rows, received } = read.answer;
    if (received === 0) return { ...pages, end: unread > 0 ? say('pull.unread', { count: unread }) : null };
    const fresh = rows.filter((row) => isFresh(seen, row));
    if (fresh.length === 0) return { ...pages, end: say('pull.repeated') };
    if (!(await waitForTurn(parts, signal))) return { ...pages, end: say('pull.stopped') };
    const booked = bookPage(parts.core, actor, { shortCode, callId: asked.callId, rows: fresh });
    unread += booked.unread + received - rows.length;
    pages.rows += fresh.length;
    pages.newRows += booked.new;
    pages.hasChanged ||= booked.new + booked.settled + booked.changed > 0;
    offset += received;
    onRows?.(pages.rows);
  }
  return { ...pages, end: say('pull.too-many', { count: MOST_PAGES }) };
}

type ReadAnswer =
  | { readonly ok: true; readonly answer: PullAnswer }
  | { readonly ok: false; readonly why: Message };

/** Whatever is no plain answer says nothing about payments. */
function readAnswer(asked: Exclude<Asked, { type: 'cannot-ask' }>): ReadAnswer {
  if (asked.type === 'accepted') return { ok: false, why: say('pull.not-whole') };
  if (asked.type !== 'answered') return { ok: false, why: asked.why };
  const answer = readPullAnswer(asked.body);
  if (answer === null) return { ok: false, why: say('pull.not-an-answer') };
  if (answer.outcome === 'unknown') {
    const code = answer.code.slice(0, 40);
    return { ok: false, why: code === '1000' ? say('pull.no-list') : say('pull.unclear', { code }) };
  }
  return { ok: true, answer };
}

/** A row that this Pull has not had yet: pages may overlap while customers pay, and one that only repeats is no news. */
function isFresh(seen: Set<string>, row: PulledRow): boolean {
  const key = JSON.stringify(row);
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

const LOOK_AGAIN_MS = 200;

/** False when it was stopped, or the program ends. What a full disk left half done is taken up first. */
async function waitForTurn({ core, pause }: SafaricomParts, signal?: AbortSignal): Promise<boolean> {
  while (!mayBook(core.ledger.read)) {
    if (signal?.aborted === true) return false;
    await takeUpLeftovers(core, PROGRAM);
    if (mayBook(core.ledger.read)) break;
    if (!(await pause(LOOK_AGAIN_MS))) return false;
  }
  return signal?.aborted !== true;
}
