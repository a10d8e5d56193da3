import { closeSync, openSync, readSync } from 'node:fs';

export type NumberedLine = { readonly row: number; readonly text: string };

/** The longest line an export may have; anything longer is no export. */
const MAX_LINE = 1 << 20;

/** The lines of a file, one after the other, in bounded memory. Throws `RangeError` at a line that is too long. */
export function* readLines(path: string): Generator<NumberedLine> {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(1 << 16);
    const decoder = new TextDecoder('utf-8');
    let rest = '';
    let row = 0;
    for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) {
      const lines = (rest + decoder.decode(chunk.subarray(0, size), { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > MAX_LINE) throw new RangeError(`line ${row + 1} is too long`);
      for (const text of lines) yield { row: ++row, text };
    }
    if (rest !== '') yield { row: row + 1, text: rest };
  } finally {
    closeSync(file);
  }
}
