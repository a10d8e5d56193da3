import { type FileHandle, open } from 'node:fs/promises';
import { say } from '#shared/domain/message.ts';
import type { InputFile, ReadProgress } from '../types.ts';
import { openCsv } from './csv.ts';
import { sniff } from './detect.ts';
import { FileRefused, MAX_UNPACKED, type OpenedFile, type Table } from './types.ts';

export type OpenOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ReadProgress | undefined;
  /** Opens a PDF that is locked. Never kept, never logged. */
  readonly password?: string | undefined;
  /** False where only a table will do: then a PDF is refused without being opened. */
  readonly takesPdf?: boolean;
};

/**
 * Opens a file as tables of text, by what it holds and never by its name. One handle serves all passes, so a file
 * that is renamed or deleted meanwhile is still read whole; one that is cut short is refused. Throws `FileRefused`.
 */
export async function openTables(file: InputFile, options: OpenOptions = {}): Promise<OpenedFile> {
  const handle = await openHandle(file);
  try {
    const { size, isFile } = await statHandle(handle);
    if (!isFile) throw unreadable('EISDIR');
    if (size === 0) throw new FileRefused({ code: 'empty', reason: say('reading.file.empty') });
    const kind = sniff(await readHead(handle));
    const shared = { signal: options.signal, onProgress: options.onProgress };
    if (kind === 'zip' || kind === 'ole2') {
      const source = { bytes: await readWhole(handle, size), ...shared };
      // The libraries are loaded when a file needs them: the thread starts, and reads CSV, without.
      const { openXls, openXlsx } = await import('./workbook.ts');
      const tables = kind === 'zip' ? await openXlsx(source) : openXls(source);
      await handle.close();
      return { kind: kind === 'zip' ? 'xlsx' : 'xls', tables, close: async () => undefined };
    }
    if (kind === 'pdf' && options.takesPdf === false)
      throw new FileRefused({ code: 'is-pdf', reason: say('reading.file.is-pdf') });
    if (kind === 'pdf') {
      const tables = [await readPdf(handle, size, options)];
      await handle.close();
      return { kind, tables, close: async () => undefined };
    }
    const encoding = kind === 'text' ? null : kind;
    const table = await openCsv({ handle, name: file.name, size, encoding, ...shared });
    return { kind: 'csv', tables: [table], close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw asRefusal(error);
  }
}

async function readPdf(handle: FileHandle, size: number, options: OpenOptions): Promise<Table> {
  const [{ MAX_PDF_BYTES, openPdf, tooBig }, { readStatementTable }] = await Promise.all([
    import('../pdf/open-pdf.ts'),
    import('../pdf/statement-table.ts'),
  ]);
  if (size > MAX_PDF_BYTES) throw tooBig();
  const pdf = await openPdf(await readBytes(handle, size), options);
  try {
    return await readStatementTable(pdf, { ...options, size });
  } finally {
    await pdf.close();
  }
}

/** Turns a failed read into a refusal; everything else is thrown on as it is. */
export function asRefusal(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const isFromSystem = typeof code === 'string' && /^E[A-Z]+$/.test(code);
  return isFromSystem ? unreadable(code) : error;
}

function unreadable(cause: string): FileRefused {
  return new FileRefused({ code: 'unreadable', reason: say('reading.file.unreadable', { cause }) });
}

async function openHandle(file: InputFile): Promise<FileHandle> {
  try {
    return await open(file.path, 'r');
  } catch (error) {
    throw asRefusal(error);
  }
}

async function statHandle(handle: FileHandle): Promise<{ size: number; isFile: boolean }> {
  const stat = await handle.stat();
  return { size: stat.size, isFile: stat.isFile() };
}

async function readHead(handle: FileHandle): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(8192), 0, 8192, 0);
  return buffer.subarray(0, bytesRead);
}

async function readWhole(handle: FileHandle, size: number): Promise<Buffer> {
  if (size > MAX_UNPACKED) {
    throw new FileRefused({ code: 'too-big', reason: say('reading.workbook.too-big', { rows: 200_000 }) });
  }
  return readBytes(handle, size);
}

async function readBytes(handle: FileHandle, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  let at = 0;
  while (at < size) {
    const { bytesRead } = await handle.read(bytes, at, size - at, at);
    if (bytesRead === 0) throw new FileRefused({ code: 'unreadable', reason: say('reading.file.changed') });
    at += bytesRead;
  }
  return bytes;
}
