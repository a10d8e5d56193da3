/// <reference path="./pdf-worker.d.ts" />
import type * as PdfJs from 'pdfjs-dist/legacy/build/pdf.mjs';

let engine: Promise<typeof PdfJs> | undefined;

/** Loads the PDF library when the first PDF comes, once a thread. */
export function loadEngine(): Promise<typeof PdfJs> {
  engine ??= load();
  return engine;
}

async function load(): Promise<typeof PdfJs> {
  // The library names these classes of a browser while it loads, and uses them only to draw, which we never do.
  const scope = globalThis as Record<string, unknown>;
  for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) scope[name] ??= class {};
  return withoutNode(async () => {
    // Loaded first, its worker runs in this thread, which is one already: nothing is fetched and none is started.
    await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
    return import('pdfjs-dist/legacy/build/pdf.mjs');
  });
}

/**
 * Where the library knows that it runs in Node, it loads a native canvas to draw on, which brings the process down
 * when the thread ends. It knows by the name that `process` gives itself; in a thread of Electron it does not either.
 */
async function withoutNode<T>(work: () => Promise<T>): Promise<T> {
  const self = process as { [Symbol.toStringTag]?: string };
  const name = self[Symbol.toStringTag] ?? 'process';
  self[Symbol.toStringTag] = 'thread';
  try {
    return await work();
  } finally {
    self[Symbol.toStringTag] = name;
  }
}
