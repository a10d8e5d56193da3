import { say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';

/** The id that a cursor names, null for the first page; a failure when a window made the cursor up. */
export function readIdCursor(cursor: string | null): Result<number | null> {
  if (cursor === null) return succeed(null);
  return /^\d{1,15}$/.test(cursor)
    ? succeed(Number(cursor))
    : fail('ledger/bad-input', say('error.malformed'));
}

/** Splits one row more than was asked for into the page and the cursor of the next; null after the last page. */
export function takePage<T extends { readonly id: number }>(
  found: readonly T[],
  limit: number,
): { page: T[]; next: string | null } {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { page, next: found.length > limit && last ? String(last.id) : null };
}
