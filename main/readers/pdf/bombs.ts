import { promisify } from 'node:util';
import { constants, inflate } from 'node:zlib';
import { say } from '#shared/domain/message.ts';
import { FileRefused, MAX_UNPACKED } from '../container/types.ts';

const unpack = promisify(inflate);
/** What one stream may hold: a page of text is a few tens of kilobytes. */
const MAX_STREAM = 32 * 1024 * 1024;
const MAX_DICTIONARY = 4_096;
const STREAM = Buffer.from('stream');
const END = Buffer.from('endstream');

/**
 * Unpacks every packed stream once, counting: a few kilobytes can claim gigabytes, and the library would hold them
 * all. What is encrypted cannot be looked into; it opens only with a password that a person types.
 */
export async function refuseBombs(bytes: Buffer, signal: AbortSignal | undefined): Promise<void> {
  let unpacked = 0;
  let at = bytes.indexOf(STREAM);
  while (at !== -1) {
    signal?.throwIfAborted();
    const end = bytes.indexOf(END, at + STREAM.length);
    const dictionary = bytes.toString('latin1', Math.max(0, at - MAX_DICTIONARY), at);
    const own = plainNames(dictionary.slice(dictionary.lastIndexOf(' obj') + 1));
    if (packings(own) > 1) throw bomb();
    if (packings(own) === 1) {
      unpacked += await unpackedLength(
        bytes.subarray(startOfContent(bytes, at), end === -1 ? undefined : end),
      );
      if (unpacked > MAX_UNPACKED) throw bomb();
    }
    at = bytes.indexOf(STREAM, (end === -1 ? at : end) + END.length);
  }
}

/** A name may hide behind its codes: `/Fl#61teDecode`. */
function plainNames(dictionary: string): string {
  return dictionary.replace(/#([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function packings(dictionary: string): number {
  return (
    dictionary.match(/\/(?:FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL|BrotliDecode)\b/g)?.length ?? 0
  );
}

function startOfContent(bytes: Buffer, at: number): number {
  let start = at + STREAM.length;
  if (bytes[start] === 13) start++;
  return bytes[start] === 10 ? start + 1 : start;
}

async function unpackedLength(packed: Buffer): Promise<number> {
  try {
    const options = { maxOutputLength: MAX_STREAM, finishFlush: constants.Z_SYNC_FLUSH };
    return (await unpack(packed, options)).length;
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw bomb();
    // Encrypted, packed in another way, or damaged: the library will say so.
    return 0;
  }
}

function bomb(): FileRefused {
  return new FileRefused({ code: 'too-big', reason: say('reading.pdf.bomb') });
}
