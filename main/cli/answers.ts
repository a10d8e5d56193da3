import { createInterface } from 'node:readline/promises';
import { type Readable, Writable } from 'node:stream';
import { Stopped } from './stop.ts';

const MAX_LENGTH = 1_000;

/** What the person answers: at a prompt where there is one, else line after line of standard input. */
export type Answers = {
  readonly canPrompt: boolean;
  /** Null when nothing was answered. `isSecret` = it does not appear while it is typed. Throws `Stopped` at Ctrl-C. */
  readonly ask: (question: string, isSecret: boolean) => Promise<string | null>;
};

/** `input` and `output` are standard input and standard error. */
export function openAnswers(
  input: Readable & { readonly isTTY?: boolean },
  output: NodeJS.WritableStream,
): Answers {
  if (input.isTTY)
    return { canPrompt: true, ask: (question, isSecret) => prompt(input, output, question, isSecret) };
  const nextLine = openLines(input);
  return { canPrompt: false, ask: nextLine };
}

async function prompt(
  input: Readable,
  output: NodeJS.WritableStream,
  question: string,
  isSecret: boolean,
): Promise<string | null> {
  if (isSecret) output.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: isSecret ? nowhere : output, terminal: true });
  try {
    const stopped = new Promise<never>((_resolve, reject) => {
      lines.once('SIGINT', () => reject(new Stopped('SIGINT')));
    });
    const ended = new Promise<''>((resolve) => lines.once('close', () => resolve('')));
    return orNull(await Promise.race([lines.question(isSecret ? '' : question), stopped, ended]));
  } finally {
    lines.close();
    if (isSecret) output.write('\n');
  }
}

/** The lines of a stream, one a call, however it is cut into pieces; what follows the last one asked for is left. */
function openLines(input: Readable): () => Promise<string | null> {
  input.setEncoding('utf8');
  const pieces = (input as AsyncIterable<string>)[Symbol.asyncIterator]();
  let rest = '';
  let isOver = false;
  return async () => {
    while (!isOver && !rest.includes('\n') && rest.length <= MAX_LENGTH) {
      const piece = await pieces.next();
      isOver = piece.done === true;
      if (!piece.done) rest += piece.value;
    }
    const end = rest.indexOf('\n');
    const line = end < 0 ? rest : rest.slice(0, end);
    rest = end < 0 ? '' : rest.slice(end + 1);
    return orNull(line.replace(/\r$/, ''));
  };
}

function orNull(line: string): string | null {
  return line === '' || line.length > MAX_LENGTH ? null : line;
}
