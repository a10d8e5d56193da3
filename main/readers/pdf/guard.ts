import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';

/** What the PDF library left unanswered or threw where nobody could catch it: the file is damaged. */
export class PdfStalled extends Error {}

const INTERVAL_MS = 150;
/** So many intervals in which the thread did next to nothing. */
const IDLE_INTERVALS = 4;
const IDLE_SHARE = 0.1;

/**
 * Waits for the library, which on some damaged files forgets an answer. It reads from memory in this thread, so a
 * thread that idles while it is waited for waits in vain: rejects with `PdfStalled` after about half a second of that,
 * however long honest work takes.
 */
export async function orStall<T>(work: Promise<T>): Promise<T> {
  const stop = new AbortController();
  try {
    return await Promise.race([work, watchForIdling(stop.signal)]);
  } finally {
    stop.abort();
    // Whoever loses the race may still fail later; nobody waits for it then.
    work.catch(() => undefined);
  }
}

async function watchForIdling(signal: AbortSignal): Promise<never> {
  let idle = 0;
  let before = performance.eventLoopUtilization();
  while (idle < IDLE_INTERVALS) {
    try {
      await wait(INTERVAL_MS, undefined, { signal });
    } catch {
      // The race is over; this side never answers.
      return new Promise<never>(() => undefined);
    }
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    idle = utilization < IDLE_SHARE ? idle + 1 : 0;
    before = now;
  }
  throw new PdfStalled('the PDF library gave no answer');
}

let isGuarded = false;

/**
 * On some damaged files the library rejects promises that nobody holds, which ends a thread. In a thread of ours
 * such a rejection is dropped: the answer that is then missing is noticed by `orStall`. All other errors end the
 * thread as before.
 */
export function guardThread(): void {
  if (isMainThread || isGuarded) return;
  isGuarded = true;
  const takeOrThrow = (reason: unknown) => {
    if (!isOfLibrary(reason)) throw reason;
  };
  process.on('unhandledRejection', takeOrThrow);
  process.on('uncaughtException', takeOrThrow);
}

const LIBRARY_ERRORS =
  /^(?:XRef\w*|Format|MissingData|ParserEOF|InvalidPDF|Password|Response|UnknownError|Abort|RenderingCancelled|Jbig2|Jpeg|Jpx)(?:Exception|Error)$/;

function isOfLibrary(reason: unknown): boolean {
  const { name, stack } = Object(reason) as { name?: unknown; stack?: unknown };
  return LIBRARY_ERRORS.test(String(name)) || String(stack).includes('pdfjs-dist');
}
