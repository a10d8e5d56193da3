import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from './write-whole.ts';

/** What lies beside the database in clear: enough to find its key and to tell a wrong key from a damaged file. */
const ledgerFile = z.strictObject({
  format: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  environment: z.enum(['production', 'sandbox', 'demo']),
  /** HMAC-SHA-256 of the id under the database key, hex. */
  keyCheck: z.string().regex(/^[0-9a-f]{64}$/),
  language: z.enum(['en', 'sw']),
  /** False until the first migration has been committed: only then may a missing database be made. */
  isComplete: z.boolean(),
});
export type LedgerFile = z.infer<typeof ledgerFile>;
export type Environment = LedgerFile['environment'];

export function databasePath(dir: string): string {
  return join(dir, 'ledger.db');
}

function filePath(dir: string): string {
  return join(dir, 'ledger.json');
}

export function newLedgerFile(key: Buffer, environment: Environment, language: 'en' | 'sw'): LedgerFile {
  const id = randomBytes(16).toString('hex');
  return { format: 1, id, environment, keyCheck: keyCheck(id, key), language, isComplete: false };
}

export function isKeyOf(file: LedgerFile, key: Buffer): boolean {
  return timingSafeEqual(Buffer.from(file.keyCheck, 'hex'), Buffer.from(keyCheck(file.id, key), 'hex'));
}

function keyCheck(id: string, key: Buffer): string {
  return createHmac('sha256', key).update(id).digest('hex');
}

/** The file, `missing`, or `unreadable` when it is there but is not one of ours. */
export function readLedgerFile(dir: string): LedgerFile | 'missing' | 'unreadable' {
  if (!existsSync(filePath(dir))) return 'missing';
  try {
    const parsed = ledgerFile.safeParse(JSON.parse(readFileSync(filePath(dir), 'utf8')));
    return parsed.success ? parsed.data : 'unreadable';
  } catch (error) {
    if (error instanceof SyntaxError) return 'unreadable';
    throw error;
  }
}

export function writeLedgerFile(dir: string, file: LedgerFile): void {
  writeWhole(filePath(dir), `${JSON.stringify(file, null, 2)}\n`);
}
