import type { Message } from '../domain/message.ts';
import type { ErrorCode } from './errors.ts';

/** An expected failure: a code to act on and a sentence to show. `reference` finds the log line of a bug. */
export type Failure = { readonly code: ErrorCode; readonly message: Message; readonly reference?: string };
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Failure };

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(code: ErrorCode, message: Message, reference?: string): { ok: false; error: Failure } {
  return { ok: false, error: reference === undefined ? { code, message } : { code, message, reference } };
}
