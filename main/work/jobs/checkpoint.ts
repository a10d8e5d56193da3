import { openEncrypted } from '../../db/cipher.ts';
import type { Jobs } from '../protocol.ts';

/** A passive checkpoint: waits for nobody and blocks nobody, so the writer never pauses for it. */
// biome-ignore lint/correctness/useYield: a job without news
export async function* checkpoint(input: Jobs['checkpoint']['input']): AsyncGenerator<never> {
  const db = openEncrypted(input.access.path, Buffer.from(input.access.key), { readonly: false });
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
  } finally {
    db.close();
  }
}
