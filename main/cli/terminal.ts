import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Message } from '#shared/domain/message.ts';
import { showHidden } from '#shared/domain/text-field.ts';
import { type Language, render } from '#shared/text/render.ts';

/** Where the command line speaks: results on standard output, everything else on standard error. */
export type Terminal = {
  readonly language: Language;
  readonly render: (message: Message) => string;
  /** One line on standard error; clears a progress line first. */
  readonly complain: (line: string) => void;
  /** Replaces the progress line. Does nothing when standard error is not a terminal. */
  readonly showProgress: (line: string) => void;
  readonly clearProgress: () => void;
  /** Writes a result piece by piece, however long it is; whatever a screen would act on or hide is spelt out. A reader that stops early (`| head`) is no error. */
  readonly print: (pieces: Iterable<string>) => Promise<void>;
};

const CLEAR_LINE = '\r\u001b[K';

export function openTerminal(language: Language): Terminal {
  let hasProgress = false;
  const clearProgress = () => {
    if (hasProgress) process.stderr.write(CLEAR_LINE);
    hasProgress = false;
  };
  return {
    language,
    render: (message) => render(message, language),
    complain: (line) => {
      clearProgress();
      process.stderr.write(`${showHidden(line)}\n`);
    },
    showProgress: (line) => {
      if (!process.stderr.isTTY) return;
      hasProgress = true;
      process.stderr.write(`${CLEAR_LINE}${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
    },
    clearProgress,
    print: async (pieces) => {
      clearProgress();
      try {
        await pipeline(Readable.from(spellOut(pieces)), process.stdout, { end: false });
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
      }
    },
  };
}

/** What people typed far away may hold orders to a terminal. */
function* spellOut(pieces: Iterable<string>): Generator<string> {
  for (const piece of pieces) yield showHidden(piece);
}

/** A code as a message's `select` can have it: its choices know no hyphen. */
export function toSelector(code: string): string {
  return code.replaceAll('-', '_');
}
