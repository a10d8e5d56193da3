import { say } from '#shared/domain/message.ts';
import { parseReceipt } from '#shared/domain/receipt.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { selectCredentials } from '../../db/queries/credentials.ts';
import { selectNumbersPaid } from '../../db/queries/doctor.ts';
import type { Core } from '../core.ts';
import type { OnlineWish } from './ask-safaricom.ts';

/**
 * What is to be asked. A receipt is tried with the numbers of one short code: the named one, else the only one, else the
 * one that the books say it was paid to. Nobody tries it with every number that the shop has.
 */
export function findShortCode(
  core: Core,
  { shortCode, typed }: { readonly shortCode: string | null; readonly typed: string | null },
): Result<OnlineWish> {
  const db = core.ledger.read;
  const codes = [...new Set(selectCredentials(db).map((row) => row.shortCode))];
  if (shortCode !== null && !codes.includes(shortCode))
    return fail('ledger/not-found', say('balance.unknown-number'));
  if (typed === null) return succeed({ shortCode, receipt: null });
  const receipt = parseReceipt(typed);
  if (receipt === null) return fail('ledger/bad-input', say('doctor.till-number.no-receipt'));
  if (shortCode !== null) return succeed({ shortCode, receipt });
  const paid = selectNumbersPaid(db, receipt).filter((number) => codes.includes(number));
  const [only, ...others] = paid.length > 0 ? paid : codes;
  if (only === undefined || others.length > 0)
    return fail('ledger/bad-input', say('doctor.till-number.which', { codes: codes.join(', ') }));
  return succeed({ shortCode: only, receipt });
}
