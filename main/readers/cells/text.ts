import { type Message, say } from '#shared/domain/message.ts';
import type { TextProblem } from '#shared/domain/text-field.ts';

/** Why a text cell was refused, in words. */
export function explainText(problem: TextProblem, column: string): Message {
  return say(problem === 'too-long' ? 'reading.row.text-too-long' : 'reading.row.text-characters', {
    column,
  });
}
