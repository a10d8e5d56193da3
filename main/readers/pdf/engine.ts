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
  // Loaded first, its worker runs in this thread, which is one already: nothing is fetched and none is started.
  await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  return import('pdfjs-dist/legacy/build/pdf.mjs');
}
