import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { UtcMs } from '#shared/domain/time.ts';
import { writeWhole } from '../db/write-whole.ts';
import type { Kit, SupersededKit } from './recovery-kit.ts';

/** A file from elsewhere must not be able to ask for all the memory there is. */
const MOST_MEMORY_KIB = 1024 * 1024;

/** A code is changed once in years; the newest are kept. */
export const MOST_SUPERSEDED = 50;

const kit = z.strictObject({
  madeAt: z.custom<UtcMs>((value) => Number.isSafeInteger(value) && Number(value) >= 0),
  cost: z.strictObject({
    memoryKib: z.number().int().min(8).max(MOST_MEMORY_KIB),
    passes: z.number().int().min(1).max(20),
    lanes: z.number().int().min(1).max(8),
  }),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  root: z.string().regex(/^[\w-]{43}$/),
  boxes: z.record(z.string().regex(/^[a-z-]{1,40}$/), z.base64().max(400)),
}) satisfies z.ZodType<Kit>;

const supersededKit = kit.omit({ boxes: true }) satisfies z.ZodType<SupersededKit>;

/**
 * `recovery.json` beside the database: the kit of the code that is valid, and, while a new code is being taken into
 * use, the kit of that. Which of two holds, the ledger says (`recovery-root`). Of older codes it keeps what their roots were
 * made with, for books that are put back to when they were valid.
 */
const recoveryFile = z.strictObject({
  format: z.literal(1),
  /** The ledger's id, as in ledger.json. */
  ledger: z.string().regex(/^[0-9a-f]{32}$/),
  current: kit.nullable(),
  pending: kit.nullable(),
  superseded: z.array(supersededKit).max(MOST_SUPERSEDED).default([]),
});
export type RecoveryFile = z.infer<typeof recoveryFile>;

function filePath(dir: string): string {
  return join(dir, 'recovery.json');
}

/** The file, `missing`, or `unreadable` when it is there but is not one of ours. */
export function readRecoveryFile(dir: string): RecoveryFile | 'missing' | 'unreadable' {
  if (!existsSync(filePath(dir))) return 'missing';
  try {
    const parsed = recoveryFile.safeParse(JSON.parse(readFileSync(filePath(dir), 'utf8')));
    return parsed.success ? parsed.data : 'unreadable';
  } catch (error) {
    if (error instanceof SyntaxError) return 'unreadable';
    throw error;
  }
}

export function writeRecoveryFile(dir: string, file: z.input<typeof recoveryFile>): void {
  writeWhole(filePath(dir), `${JSON.stringify(file, null, 2)}\n`);
}

/** Takes away the kit of a code that was never taken into use, when there is no other. */
export function removeRecoveryFile(dir: string): void {
  rmSync(filePath(dir), { force: true });
}

/** The kits of a ledger, the valid one first; none when the file is not there, not readable or another ledger's. */
export function kitsOf(dir: string, ledgerId: string): readonly Kit[] {
  const file = readRecoveryFile(dir);
  if (file === 'missing' || file === 'unreadable' || file.ledger !== ledgerId) return [];
  return [file.current, file.pending].filter((each) => each !== null);
}
