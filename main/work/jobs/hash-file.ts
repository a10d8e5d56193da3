import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { say } from '#shared/domain/message.ts';
import type { FileRefusal, InputFile } from '../../readers/types.ts';
import type { FileHashed } from '../protocol.ts';

/** SHA-256 and size of a file, read once from start to end; a file that went away is refused in words. */
export async function hashOrRefuse(
  file: InputFile,
  signal: AbortSignal,
): Promise<FileHashed | { readonly type: 'refused'; readonly refusal: FileRefusal }> {
  try {
    return await hashFile(file.path, signal);
  } catch (error) {
    if (!isFileTrouble(error)) throw error;
    return {
      type: 'refused',
      refusal: { code: 'unreadable', reason: say('import.file-gone', { file: file.name }) },
    };
  }
}

async function hashFile(path: string, signal: AbortSignal): Promise<FileHashed> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path, { signal, highWaterMark: 1 << 20 })) {
    const bytes = chunk as Buffer;
    hash.update(bytes);
    size += bytes.length;
  }
  return { type: 'hashed', sha256: hash.digest('hex'), size };
}

/** True for the ways a file can be gone or unreadable, as against a bug. */
function isFileTrouble(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'EIO', 'ESTALE', 'EBUSY', 'ENODEV'].includes(code);
}
