import { judgePayee, readPayee } from '#shared/domain/look-up/payee.ts';
import type { ReadDb } from '../../db/ledger.ts';
import { selectKnownMovements } from '../../db/queries/look-up-facts.ts';
import {
  type LookUpRow,
  selectAskableCodes,
  selectAskedCodes,
  selectHeardCodes,
} from '../../db/queries/look-ups.ts';
import { selectTills } from '../../db/queries/tills.ts';
import { whyNotAsk } from '../safaricom/may-ask.ts';

/**
 * For which short code the question is put next: those of the till that has the payment; else each in turn, the one
 * that the message names first, then the one that was asked about longest ago. Each once; null when none is left.
 */
export function nextShortCode(db: ReadDb, lookUp: LookUpRow): string | null {
  const askable = selectAskableCodes(db);
  const tills = selectTills(db);
  const [movement] = selectKnownMovements(db, lookUp.receipt);
  const home = tills.find(({ name }) => name === movement?.till)?.numbers ?? [];
  const ofHome = askable.filter((code) => home.includes(code));
  const heard = selectHeardCodes(db, lookUp);
  const isBackground = lookUp.cameAs === 'notice';
  const left = (ofHome.length > 0 ? ofHome : askable)
    .filter((code) => !heard.includes(code))
    .filter(
      (shortCode) => whyNotAsk(db, { product: 'status', shortCode, isBackground, candidate: null }) === null,
    );
  if (left.length < 2) return left[0] ?? null;
  const payee = lookUp.statedPayee === null ? null : readPayee(lookUp.statedPayee);
  const named = tills.find(
    ({ name, numbers }) => payee !== null && judgePayee(payee, { names: [name], numbers }) === 'ours',
  );
  const asked = selectAskedCodes(db, lookUp.receipt);
  const waited = (code: string) => (asked.includes(code) ? asked.indexOf(code) : Number.MAX_SAFE_INTEGER);
  const isNamed = (code: string) => Number(named?.numbers.includes(code) === true && !asked.includes(code));
  return [...left].sort((a, b) => isNamed(b) - isNamed(a) || waited(b) - waited(a))[0] ?? null;
}
