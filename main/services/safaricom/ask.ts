import type { Actor } from '#main/db/ledger.ts';
import type { OperatorSecret } from './kept-secrets.ts';
import type { SafaricomParts } from './parts.ts';
import type { Asked, Question } from './question.ts';

export type AskOptions = {
  /** What it is for: `look-up:5`, `pull`, `balance`, `doctor`. */
  readonly subject: string;
  /** Nobody waits for it: it stops after two silences. */
  readonly isBackground?: boolean;
  readonly signal?: AbortSignal;
  /**
   * Asked with in the place of the kept look-up operator, before it is put into use. The subject is then
   * `rotation:<short code>`, and what comes of it changes nothing about the kept one.
   */
  readonly candidate?: OperatorSecret;
};

/** Puts one question to Safaricom: intent, sending and outcome are each on record (ADR 31). */
export function ask(
  _parts: SafaricomParts,
  _actor: Actor,
  _question: Question,
  _options: AskOptions,
): Promise<Asked> {
  throw new Error('not built yet');
}
