import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { InputFile } from '../../readers/types.ts';

const MOST_BYTES = 5 * 1024 * 1024;

export type AttachmentKind = 'image/jpeg' | 'image/png' | 'application/pdf';
export type ReadAttachment = {
  readonly kind: AttachmentKind;
  readonly size: number;
  readonly sha256: string;
  readonly content: Buffer;
};

/** Reads a photo or a PDF, told by what it is and not by what it is called. */
export async function readAttachment(file: InputFile): Promise<Result<ReadAttachment>> {
  let content: Buffer;
  try {
    content = await readBounded(file.path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return fail('file/gone', say('import.file-gone', { file: file.name }));
  }
  if (content.length > MOST_BYTES) return fail('file/refused', say('reversal.attachment-too-large'));
  const kind = kindOf(content);
  if (kind === null) return fail('file/refused', say('reversal.attachment-kind'));
  const sha256 = createHash('sha256').update(content).digest('hex');
  return succeed({ kind, size: content.length, sha256, content });
}

/** One byte more than is taken, so that what is larger shows without being read whole. */
async function readBounded(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const parts: Buffer[] = [];
    let left = MOST_BYTES + 1;
    while (left > 0) {
      const part = Buffer.alloc(Math.min(left, 256 * 1024));
      const { bytesRead } = await file.read(part, 0, part.length, null);
      if (bytesRead === 0) break;
      parts.push(part.subarray(0, bytesRead));
      left -= bytesRead;
    }
    return Buffer.concat(parts);
  } finally {
    await file.close();
  }
}

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const JPEG = Buffer.from('ffd8ff', 'hex');
const PDF = Buffer.from('%PDF-', 'latin1');

function kindOf(content: Buffer): AttachmentKind | null {
  const begins = (mark: Buffer) => content.subarray(0, mark.length).equals(mark);
  if (begins(JPEG)) return 'image/jpeg';
  if (begins(PNG)) return 'image/png';
  return begins(PDF) ? 'application/pdf' : null;
}
