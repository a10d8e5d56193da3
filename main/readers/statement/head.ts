import { type Cents, cents } from '#shared/domain/money.ts';
import { accountName } from '#shared/domain/statement/account.ts';
import type { StatementHead } from '#shared/domain/statement/types.ts';
import { MAX_TEXT, tidyText } from '#shared/domain/text-field.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { readAmount } from '../cells/amount.ts';
import { type DateReading, readDateCell, resolveDate } from '../cells/date.ts';
import type { ContainerKind } from '../container/types.ts';
import type { HeadText, StatementLayout } from './layouts/layout.ts';
import { readShortCode } from './row.ts';

/** The head of a file from its text. What is not stated, or cannot be read, is null and never guessed. */
export function readHead(
  text: HeadText,
  layout: StatementLayout,
  kind: ContainerKind,
  reading: DateReading | null,
): StatementHead {
  const shortCode = readShortCode(text.shortCode ?? '');
  const totalOut = centsOrNull(text.totalOut);
  return {
    layout: layout.id(kind),
    holder: tidyOrNull(text.holder),
    shortCode,
    // A file of one account states its balances even where its name was cut off.
    accounts: layout.hasManyAccounts
      ? []
      : [
          {
            shortCode,
            account: accountName(tidyOrNull(text.account) ?? ''),
            openingCents: centsOrNull(text.opening),
            closingCents: centsOrNull(text.closing),
            totalInCents: centsOrNull(text.totalIn),
            totalOutCents: totalOut === null ? null : cents(Math.abs(totalOut)),
          },
        ],
    periodFrom: timeOrNull(text.from, layout, reading),
    periodTo: timeOrNull(text.to, layout, reading),
    reportAt: timeOrNull(text.reportAt, layout, reading),
    ...(text.verificationCode ? { verificationCode: text.verificationCode } : {}),
  };
}

/** Whether a date of the head is in a form whose order somebody must decide. */
export function hasOpenDate(text: HeadText, layout: StatementLayout): boolean {
  return [text.from, text.to, text.reportAt].some((date) => {
    if (date === undefined || isNative(date, layout)) return false;
    const cell = readDateCell(date);
    return cell?.form === 'numeric' && cell.first !== cell.second && cell.first <= 12 && cell.second <= 12;
  });
}

/** The layout's own dates have the day first, dashes or slashes, and seconds. */
function isNative(text: string, layout: StatementLayout): boolean {
  return layout.dateSeparator === '-' && /^\d{2}-\d{2}-\d{4} \d{2}:\d{2}:\d{2}$/.test(text);
}

function timeOrNull(
  text: string | undefined,
  layout: StatementLayout,
  reading: DateReading | null,
): UtcMs | null {
  if (text === undefined) return null;
  const cell = readDateCell(text);
  if (cell === null || cell.form === 'time') return null;
  const dayFirst: DateReading = { numeric: cell.second > 12 ? 'mdy' : 'dmy', areIsoSwapped: false };
  return resolveDate(cell, isNative(text, layout) || reading === null ? dayFirst : reading);
}

function tidyOrNull(text: string | undefined): string | null {
  const tidy = tidyText(text ?? '', MAX_TEXT);
  return tidy.ok && tidy.text !== '' ? tidy.text : null;
}

function centsOrNull(text: string | undefined): Cents | null {
  const read = text === undefined ? null : readAmount(text);
  return read?.ok ? read.cents : null;
}
