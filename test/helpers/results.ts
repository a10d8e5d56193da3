import type { Result } from '#shared/ipc/result.ts';

/** The value of an answer that must have succeeded. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.error.code} ${result.error.message.id}`);
  return result.value;
}

/** The code of a refusal, or `ok`. */
export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.error.code;
}
