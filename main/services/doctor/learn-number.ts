import { contradicts } from '#shared/domain/daraja/codes.ts';
import { asText } from '#shared/domain/daraja/loose.ts';
import { provesPair } from '#shared/domain/doctor/till-number.ts';
import type { WriteDb } from '../../db/ledger.ts';
import { saveIdentity } from '../../db/queries/doctor.ts';
import type { BoundAnswer } from '../safaricom/takers.ts';

/** What the doctor's tries of a till's numbers are for, in the books: `doctor-till:174379`. */
export const TILL_TRY = 'doctor-till:';

/** Remembers the number and type that Safaricom answered to, when the doctor tried them. */
export function learnNumber(db: WriteDb, { subject, shortCode, request, result, at }: BoundAnswer): void {
  if (!subject.startsWith(TILL_TRY) || !provesPair(result.code)) return;
  if (result.code !== null && contradicts(result.code, result.text)) return;
  const party = asText(request.PartyA);
  const identifierType = asText(request.IdentifierType);
  if (party === null || (identifierType !== '2' && identifierType !== '4')) return;
  saveIdentity(db, shortCode, { party, identifierType }, at);
}
