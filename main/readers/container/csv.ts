import { isAscii, isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { say } from '#shared/domain/message.ts';
import type { ReadProgress } from '../types.ts';
import { type CsvShape, createCsvRows, type LineEnd } from './csv-records.ts';
import { FileRefused, type GridRow, type Table } from './types.ts';

const CHUNK = 256 * 1024;
const BATCH = 1_000;
const DELIMITERS = [',', ';', '\t'] as const;

export type CsvSource = {
  readonly handle: FileHandle;
  readonly name: string;
  readonly size: number;
  /** Set when the first bytes already say the encoding. */
  readonly encoding: 'utf-16le' | 'utf-16be' | null;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ReadProgress | undefined;
};

/** A CSV file as a table: looked through once for its encoding, then streamed, never held whole. */
export async function openCsv(source: CsvSource): Promise<Table> {
  const encoding = source.encoding ?? (await findEncoding(source));
  const start = decode(encoding)(await readAt(source, 0, 64 * 1024), true);
  const shape = findShape(start);
  return {
    name: source.name,
    rows: ({ isLookAhead = false } = {}) =>
      streamRows(isLookAhead ? { ...source, onProgress: undefined } : source, encoding, shape),
  };
}

type Encoding = 'ascii' | 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';

/** UTF-8 unless some bytes are not: then what Excel on Windows writes. Decided on the whole file. */
async function findEncoding(source: CsvSource): Promise<Encoding> {
  let encoding: Encoding = 'ascii';
  let carry: Buffer = Buffer.alloc(0);
  for await (const chunk of readChunks(source, 1024 * 1024)) {
    if (encoding === 'ascii' && isAscii(chunk)) continue;
    encoding = 'utf-8';
    const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    const whole = wholeCharacters(bytes);
    if (!isUtf8(bytes.subarray(0, whole))) return 'windows-1252';
    carry = Buffer.from(bytes.subarray(whole));
  }
  return carry.length > 0 ? 'windows-1252' : encoding;
}

/** The length of `bytes` without a UTF-8 character that the cut left unfinished. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

function decode(encoding: Encoding): (bytes: Buffer, isLast: boolean) => string {
  if (encoding === 'ascii') return (bytes) => bytes.toString('latin1');
  const decoder = new TextDecoder(encoding);
  return (bytes, isLast) => decoder.decode(bytes, { stream: !isLast });
}

async function readAt(source: CsvSource, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await source.handle.read(Buffer.allocUnsafe(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function* readChunks(source: CsvSource, length: number): AsyncGenerator<Buffer> {
  let position = 0;
  while (position < source.size) {
    source.signal?.throwIfAborted();
    const chunk = await readAt(source, position, Math.min(length, source.size - position));
    if (chunk.length === 0)
      throw new FileRefused({ code: 'unreadable', reason: say('reading.file.changed') });
    position += chunk.length;
    yield chunk;
  }
}

async function* streamRows(
  source: CsvSource,
  encoding: Encoding,
  shape: CsvShape,
): AsyncGenerator<readonly GridRow[]> {
  const toText = decode(encoding);
  const rows = createCsvRows(shape);
  let pending: GridRow[] = [];
  let position = 0;
  for await (const chunk of readChunks(source, CHUNK)) {
    position += chunk.length;
    rows.push(toText(chunk, position >= source.size), position >= source.size, pending);
    while (pending.length >= BATCH) {
      yield pending.slice(0, BATCH);
      pending = pending.slice(BATCH);
    }
    source.onProgress?.(position, source.size);
  }
  if (pending.length > 0) yield pending;
}

/** The line end and the delimiter of a file, from its start. */
function findShape(start: string): CsvShape {
  const lineEnd = findLineEnd(start);
  const hint = /^\ufeff?sep=([,;\t])\r?[\n\r]/i.exec(start)?.[1];
  if (hint !== undefined) return { delimiter: hint, lineEnd };
  let best: string = ',';
  let mostCells = 0;
  for (const delimiter of DELIMITERS) {
    const rows: GridRow[] = [];
    createCsvRows({ delimiter, lineEnd }).push(start, true, rows);
    const cells = rows.slice(0, 40).reduce((most, { cells: found }) => Math.max(most, found.length), 0);
    if (cells > mostCells) {
      mostCells = cells;
      best = delimiter;
    }
  }
  return { delimiter: best, lineEnd };
}

/** Carriage returns alone end lines on an old Mac only; elsewhere one may stand inside a cell. */
function findLineEnd(start: string): LineEnd {
  let isQuoted = false;
  for (let at = 0; at < start.length; at++) {
    const char = start[at];
    if (char === '"') isQuoted = !isQuoted;
    else if (!isQuoted && char === '\n') return '\n';
    else if (!isQuoted && char === '\r')
      return start[at + 1] === '\n' || at + 1 === start.length ? '\n' : '\r';
  }
  return '\n';
}
