import { parseReceipt, receiptDate } from '#shared/domain/receipt.ts';
import { inferAccount, MERCHANT_ACCOUNT, UTILITY_ACCOUNT } from '#shared/domain/statement/account.ts';
import { addDays, businessDayOf, type DateOrder, type UtcMs } from '#shared/domain/time.ts';
import { readUnusedOrAmount } from '../cells/amount.ts';
import { type DateReading, readDateCell } from '../cells/date.ts';
import { gatherDateEvidence } from '../cells/date-order.ts';
import { firstRows } from '../container/first-rows.ts';
import type { LocatedStatement } from './locate.ts';

/** Rows that are looked at to find out whose account an unlabelled file is of. */
const SAMPLE = 2_000;
/** Rows are in the stated period, give or take a day: the period may be of another business day. */
const PERIOD_SLACK_DAYS = 1;

/**
 * Reads all dates of the file to learn their order. Only for files that a spreadsheet re-saved: the portal's own
 * form needs no second look. `given` wins over what the file suggests.
 */
export async function decideDates(
  located: LocatedStatement,
  period: { readonly from: UtcMs | null; readonly to: UtcMs | null },
  given: DateOrder | undefined,
): Promise<DateReading | 'ambiguous'> {
  const { columns, layout } = located.header;
  const evidence = gatherDateEvidence();
  const receiptAt = columns.get('receipt') ?? -1;
  const dateColumns = [columns.get('completedAt') ?? -1, columns.get('initiatedAt') ?? -1];
  for await (const batch of located.table.rows({ isLookAhead: true })) {
    for (const { row, cells } of batch) {
      if (row <= located.headerRow) continue;
      const receipt = parseReceipt(cells[receiptAt] ?? '');
      const hint = receipt && receiptDate(receipt);
      for (const column of dateColumns) {
        const text = cells[column] ?? '';
        if (text === '' || (layout.dateSeparator === '-' && /^\d{2}-\d{2}-\d{4} [\d:]{8}$/.test(text)))
          continue;
        const cell = readDateCell(text);
        if (cell) evidence.add(cell, hint);
      }
    }
  }
  const decided = evidence.decide(isWithin(period));
  if (given === undefined) return decided;
  return { numeric: given, areIsoSwapped: decided !== 'ambiguous' && decided.areIsoSwapped };
}

function isWithin({ from, to }: { readonly from: UtcMs | null; readonly to: UtcMs | null }) {
  if (from === null || to === null) return undefined;
  const first = addDays(businessDayOf(from), -PERIOD_SLACK_DAYS);
  const last = addDays(businessDayOf(to), PERIOD_SLACK_DAYS);
  return (day: string) => day >= first && day <= last;
}

/** The account of a file that does not name it, from what its first rows speak of. */
export async function inferFileAccount(located: LocatedStatement): Promise<string> {
  const { columns } = located.header;
  const cell = (cells: readonly string[], column: 'details' | 'paidIn' | 'reasonType' | 'accountReference') =>
    cells[columns.get(column) ?? -1] ?? '';
  const votes = new Map<string, number>();
  let hasReferences = false;
  for (const { row, cells } of await firstRows(located.table, SAMPLE)) {
    if (row <= located.headerRow) continue;
    const paidIn = readUnusedOrAmount(cell(cells, 'paidIn'));
    const direction = paidIn.ok && paidIn.cents > 0 ? 'in' : 'out';
    const account = inferAccount(cell(cells, 'details'), direction, cell(cells, 'reasonType') || null);
    if (account) votes.set(account, (votes.get(account) ?? 0) + 1);
    hasReferences ||= cell(cells, 'accountReference').trim() !== '';
  }
  const [winner] = [...votes].sort((a, b) => b[1] - a[1]);
  if (winner) return winner[0];
  return hasReferences || located.header.layout.hasManyAccounts ? UTILITY_ACCOUNT : MERCHANT_ACCOUNT;
}
