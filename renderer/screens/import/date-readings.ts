import { type BusinessDay, type DateOrder, parseBusinessDay } from '#shared/domain/time.ts';

const NUMERIC = /^\D*(\d{1,2})\D(\d{1,2})\D(\d{4}|\d{2})(?!\d)/;

/** A date such as `03/04/2026 10:15` read in the given order; null when it cannot be read so (month 13). */
export function readDateAs(sample: string, order: DateOrder): BusinessDay | null {
  const match = NUMERIC.exec(sample.trim());
  if (!match) return null;
  const [, first = '', second = '', year = ''] = match;
  const [day, month] = order === 'dmy' ? [first, second] : [second, first];
  const fullYear = year.length === 2 ? `20${year}` : year;
  return parseBusinessDay(`${fullYear}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}
