import type { Readable } from 'node:stream';

const MAX_LENGTH = 1_000;

/** The first line of standard input, without its end. Null when there is none, or it is no password. */
export async function readPassword(input: Readable): Promise<string | null> {
  let text = '';
  input.setEncoding('utf8');
  for await (const chunk of input as AsyncIterable<string>) {
    text += chunk;
    if (text.includes('\n') || text.length > MAX_LENGTH) break;
  }
  const line = text.split(/\r?\n/, 1)[0] ?? '';
  return line === '' || line.length > MAX_LENGTH ? null : line;
}
