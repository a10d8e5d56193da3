import { type Message, say } from '#shared/domain/message.ts';
import {
  type AmountProblem,
  type Cents,
  cents,
  type ParsedAmount,
  parseAmount,
} from '#shared/domain/money.ts';

const BARE = /^-?\d{1,9}(?:\.\d{1,2})?$/;

/** `parseAmount` with a short way for the bare decimals that a million rows of a portal file are made of. */
export function readAmount(text: string): ParsedAmount {
  if (!BARE.test(text)) return parseAmount(text);
  return { ok: true, cents: cents(Math.round(Number(text) * 100)) };
}

/** A blank cell is zero: the unused of two amount columns. */
export function readUnusedOrAmount(text: string): ParsedAmount {
  return text === '' || text.trim() === '' || text.trim() === '-'
    ? { ok: true, cents: 0 as Cents }
    : readAmount(text);
}

/** Why an amount cell was refused, in words. */
export function explainAmount(problem: AmountProblem, column: string, text: string): Message {
  return say('reading.row.amount', { problem: asSelector(problem), column, text: text.trim().slice(0, 40) });
}

/** A code as a choice in a sentence: ICU allows no dash there. */
function asSelector(code: string): string {
  return code.replaceAll('-', '_');
}
