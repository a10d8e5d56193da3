import { type Cents, cents } from '#shared/domain/money.ts';
import type { ReadDb } from '../ledger.ts';
import { readSetting } from './settings.ts';

const USUAL = cents(10_000_00);

/** A reported payment of more than this is asked about at once, and waits until Safaricom answers. The owner's choice. */
export function readAskAbove(db: ReadDb): Cents {
  const stored = readSetting(db, 'ask-at-once-above');
  return stored === null ? USUAL : cents(Number(stored));
}
