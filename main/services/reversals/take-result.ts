import { readReversalResult } from '#shared/domain/daraja/reversal-result.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { spellOut } from '#shared/domain/reversal/odd-text.ts';
import type { ResultWord } from '#shared/domain/reversal/state.ts';
import { cutText } from '#shared/domain/text-field.ts';
import { PROGRAM, type WriteDb } from '../../db/ledger.ts';
import { moveReversal, writeWords } from '../../db/queries/move-reversal.ts';
import { readReversal } from '../../db/queries/reversals.ts';
import type { BoundAnswer } from '../safaricom/takers.ts';

/**
 * A result that came to the address of our one call. It ends what is unknown; one that contradicts what was said before,
 * or itself, makes it unknown again. Of an older call of the same request only the news that money moved counts.
 */
export function takeReversalResult(db: WriteDb, answer: BoundAnswer): void {
  const id = reversalIdOf(answer.subject);
  const reversal = id === null ? null : readReversal(db, id);
  if (reversal === null) return;
  const { result, callId, at } = answer;
  const said = readReversalResult(result);
  const says: ResultWord = said.outcome === 'unknown' ? 'unclear' : said.outcome;
  if (callId !== reversal.callId && says !== 'done' && says !== 'already') return;
  const [text, code] = [fitWords(result.text, 500), fitWords(result.code, 40)];
  const words = `${text ?? '–'} (${code ?? '–'})`;
  const moved = moveReversal(db, {
    id: reversal.id,
    event: { type: 'result', says },
    what: sayResult(says, words, said.receipt),
    staffId: PROGRAM.staffId,
    at,
  });
  if (moved === null) return;
  writeWords(db, reversal.id, { code, text, ownReceipt: said.receipt });
  db.note('reversal.answered', `reversal:${reversal.id}`, {
    says,
    state: moved.state,
    code,
    receipt: reversal.receipt,
    ownReceipt: said.receipt,
    callback: answer.callbackId,
  });
}

/** Words of somebody else, fit to keep and to show. */
function fitWords(text: string | null, most: number): string | null {
  return text === null ? null : cutText(spellOut(text), most);
}

/** `reversal:3` of the subject of a call; null for a call about something else. */
export function reversalIdOf(subject: string): number | null {
  const found = /^reversal:(\d{1,15})$/.exec(subject)?.[1];
  return found === undefined ? null : Number(found);
}

function sayResult(says: ResultWord, said: string, ownReceipt: string | null): Message {
  switch (says) {
    case 'done':
      return ownReceipt === null
        ? say('reversal.step.result-done', { said })
        : say('reversal.step.result-done-receipt', { said, receipt: ownReceipt });
    case 'already':
      return say('reversal.step.result-already', { said });
    case 'failed':
      return say('reversal.step.result-failed', { said });
    case 'unclear':
      return say('reversal.step.result-unclear', { said });
  }
}
