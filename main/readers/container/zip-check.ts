import type { Readable } from 'node:stream';
import yauzl, { type Entry } from 'yauzl';
import { say } from '#shared/domain/message.ts';
import { FileRefused, MAX_SHEET_ROWS, MAX_UNPACKED } from './types.ts';

/** Parts of a workbook that hold cells, and what is needed to read them. Macros, links and pictures are left out. */
const NEEDED =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/(?:workbook|sharedStrings|styles)\d*\.xml|xl\/_rels\/workbook\d*\.xml\.rels|xl\/worksheets\/[\w.-]+\.xml)$/i;
const MAX_ENTRIES = 10_000;
/** An XML part that declares a document type can expand without end, or reach outside; Excel never writes one. */
const DOCTYPE = '<!DOCTYPE';
const ROW = /<(?:x:)?row[\s/>]/g;
/** Longer than any text looked for, so that nothing is missed between two chunks. */
const OVERLAP = 16;

export type ZipPart = { readonly name: string; readonly content: Buffer };

/**
 * Unpacks an archive while counting what really comes out, whatever its directory claims, and returns the parts of
 * the workbook. Refuses bombs, lying sizes, names outside the archive, encryption and document types.
 */
export async function unpackWorkbook(bytes: Buffer, signal: AbortSignal | undefined): Promise<ZipPart[]> {
  try {
    return await unpack(bytes, signal);
  } catch (error) {
    if (error instanceof FileRefused || signal?.aborted) throw error;
    throw new FileRefused({ code: 'damaged', reason: say('reading.workbook.damaged') });
  }
}

async function unpack(bytes: Buffer, signal: AbortSignal | undefined): Promise<ZipPart[]> {
  const zip = await yauzl.fromBufferPromise(bytes, {
    lazyEntries: true,
    strictFileNames: true,
    validateEntrySizes: true,
  });
  if (zip.entryCount > MAX_ENTRIES) throw tooBig();
  const parts: ZipPart[] = [];
  const seen = new Set<string>();
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    signal?.throwIfAborted();
    if (entry.fileName.endsWith('/')) continue;
    const key = entry.fileName.toLowerCase();
    if (entry.isEncrypted() || seen.has(key)) {
      throw new FileRefused({ code: 'damaged', reason: say('reading.workbook.damaged') });
    }
    seen.add(key);
    const part = await readPart(await zip.openReadStreamPromise(entry), entry, (length) => {
      unpacked += length;
      if (unpacked > MAX_UNPACKED) throw tooBig();
    });
    if (part) parts.push(part);
  }
  if (!parts.some(({ name }) => /^xl\/workbook\d*\.xml$/i.test(name))) {
    throw new FileRefused({
      code: 'not-a-table',
      reason: say('reading.file.not-a-table', { what: 'archive' }),
    });
  }
  return parts.map((part) => (part.name === '[Content_Types].xml' ? listOnly(part, parts) : part));
}

/** The list of contents without the parts that were left out: the library would look for them. */
function listOnly(list: ZipPart, parts: readonly ZipPart[]): ZipPart {
  const names = new Set(parts.map(({ name }) => `/${name}`.toLowerCase()));
  const kept = list.content.toString('utf8').replace(/<Override\b[^>]*>/g, (entry) => {
    const name = /PartName="([^"]*)"/.exec(entry)?.[1] ?? '';
    return names.has(name.toLowerCase()) ? entry : '';
  });
  return { name: list.name, content: Buffer.from(kept, 'utf8') };
}

async function readPart(
  stream: Readable,
  entry: Entry,
  count: (length: number) => void,
): Promise<ZipPart | null> {
  const isNeeded = NEEDED.test(entry.fileName);
  const isXml = /\.(?:xml|rels|vml)$/i.test(entry.fileName);
  const chunks: Buffer[] = [];
  let tail = '';
  let rows = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      count(chunk.length);
      if (isNeeded) chunks.push(chunk);
      if (!isXml) continue;
      const text = tail + chunk.toString('latin1');
      if (text.toUpperCase().includes(DOCTYPE) || isWideXml(text, chunks.length)) {
        throw new FileRefused({ code: 'damaged', reason: say('reading.workbook.doctype') });
      }
      tail = text.slice(-OVERLAP);
      rows += (text.match(ROW)?.length ?? 0) - (tail.match(ROW)?.length ?? 0);
      if (isNeeded && rows > MAX_SHEET_ROWS) throw tooBig();
    }
  } finally {
    stream.destroy();
  }
  rows += tail.match(ROW)?.length ?? 0;
  if (isNeeded && rows > MAX_SHEET_ROWS) throw tooBig();
  return isNeeded ? { name: entry.fileName, content: Buffer.concat(chunks) } : null;
}

/** XML in UTF-16 would hide a document type from a search in bytes; no spreadsheet program writes it. */
function isWideXml(text: string, chunk: number): boolean {
  return chunk <= 1 && /^(?:\xff\xfe|\xfe\xff|.?\0)/s.test(text);
}

function tooBig(): FileRefused {
  return new FileRefused({
    code: 'too-big',
    reason: say('reading.workbook.too-big', { rows: MAX_SHEET_ROWS }),
  });
}
