import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { say } from '#shared/domain/message.ts';
import { FileRefused } from '../container/types.ts';
import { refuseBombs } from './bombs.ts';
import { loadEngine } from './engine.ts';
import { guardThread, orStall, PdfStalled } from './guard.ts';
import type { PdfFile, PdfPage, TextItem } from './types.ts';

export const MAX_PDF_BYTES = 200 * 1024 * 1024;
export const MAX_PAGES = 2_000;
/** A page of a statement has a few hundred pieces of text. */
const MAX_ITEMS = 20_000;
const MAX_ITEM_LENGTH = 4_096;

export type OpenPdfOptions = {
  readonly password?: string | undefined;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Opens a PDF for its text alone: nothing is drawn, run, fetched or evaluated. Throws `FileRefused` with
 * `needs-password`, `wrong-password`, `damaged` or `too-big`.
 */
export async function openPdf(bytes: Buffer, { password, signal }: OpenPdfOptions = {}): Promise<PdfFile> {
  if (bytes.length > MAX_PDF_BYTES) throw tooBig();
  await refuseBombs(bytes, signal);
  guardThread();
  const { getDocument, Util } = await loadEngine();
  const task = getDocument({
    data: new Uint8Array(bytes),
    ...(password === undefined ? {} : { password }),
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    useWorkerFetch: false,
    useWasm: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
    verbosity: 0,
  });
  const stop = () => void task.destroy().catch(() => undefined);
  signal?.addEventListener('abort', stop, { once: true });
  const close = async () => {
    signal?.removeEventListener('abort', stop);
    // A damaged file may keep the library from ending; what it holds goes with the document.
    await orStall(task.destroy()).catch((error: unknown) => {
      if (!(error instanceof PdfStalled)) throw error;
    });
  };
  let document: PDFDocumentProxy;
  try {
    document = await orStall(task.promise);
    if (document.numPages > MAX_PAGES) throw tooBig();
  } catch (error) {
    await close();
    throw asPdfRefusal(error, signal);
  }

  async function* pages(): AsyncGenerator<PdfPage> {
    for (let number = 1; number <= document.numPages; number++) {
      signal?.throwIfAborted();
      yield await readPage(number);
    }
  }

  async function readPage(number: number): Promise<PdfPage> {
    try {
      const page = await orStall(document.getPage(number));
      const items = await readItems(page, Util.transform);
      page.cleanup();
      return { number, items };
    } catch (error) {
      throw asPdfRefusal(error, signal);
    }
  }

  return { pageCount: document.numPages, pages, close };
}

async function readItems(
  page: PDFPageProxy,
  transform: (a: number[], b: number[]) => number[],
): Promise<TextItem[]> {
  const view = page.getViewport({ scale: 1 }).transform;
  const items: TextItem[] = [];
  const reader = page.streamTextContent().getReader();
  for (let chunk = await orStall(reader.read()); !chunk.done; chunk = await orStall(reader.read())) {
    for (const item of chunk.value.items) {
      if (!('str' in item) || item.str.trim() === '') continue;
      if (items.length >= MAX_ITEMS || item.str.length > MAX_ITEM_LENGTH) {
        void reader.cancel().catch(() => undefined);
        throw tooBig();
      }
      const [a = 0, b = 0, , , x = 0, y = 0] = transform(view, item.transform);
      // Text that leans or stands is a stamp across the page, not a cell.
      if (a <= 0 || Math.abs(b) > Math.abs(a) * 0.05) continue;
      items.push({ text: item.str, x, y, width: item.width, height: item.height || Math.abs(a) });
    }
  }
  return items;
}

/** `PasswordException` says by its code whether there was no password (1) or a wrong one (2). */
function asPdfRefusal(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof FileRefused) return error;
  const { name, code } = error as { name?: string; code?: number };
  if (name === 'PasswordException') {
    return code === 1
      ? new FileRefused({ code: 'needs-password', reason: say('reading.pdf.needs-password') })
      : new FileRefused({ code: 'wrong-password', reason: say('reading.pdf.wrong-password') });
  }
  return new FileRefused({ code: 'damaged', reason: say('reading.pdf.damaged') });
}

export function tooBig(): FileRefused {
  return new FileRefused({ code: 'too-big', reason: say('reading.pdf.too-big', { pages: MAX_PAGES }) });
}
