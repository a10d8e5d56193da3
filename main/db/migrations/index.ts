import type { RawDatabase } from '../cipher.ts';
import { createLedger } from './0010-create-ledger.ts';
import { addRules } from './0030-add-rules.ts';
import { keepVerificationCode } from './0040-keep-verification-code.ts';
import { addPeople } from './0050-people.ts';
import { sealAudit } from './0060-seal-audit.ts';
import { countRevealsByDay } from './0070-count-reveals.ts';
import { addSafaricom } from './0080-safaricom.ts';
import { addReversals } from './0090-reversals.ts';

export type Migration = {
  readonly version: number;
  readonly name: string;
  readonly run: (db: RawDatabase) => void;
};

/** Every migration ever shipped, in order. A shipped one is never edited; numbers leave gaps of ten. */
export const MIGRATIONS: readonly Migration[] = [
  { version: 10, name: 'create-ledger', run: createLedger },
  { version: 30, name: 'add-rules', run: addRules },
  { version: 40, name: 'keep-verification-code', run: keepVerificationCode },
  { version: 50, name: 'people', run: addPeople },
  { version: 60, name: 'seal-audit', run: sealAudit },
  { version: 70, name: 'count-reveals', run: countRevealsByDay },
  { version: 80, name: 'safaricom', run: addSafaricom },
  { version: 90, name: 'reversals', run: addReversals },
];
