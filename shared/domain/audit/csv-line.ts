import { toIsoNairobi } from '../time.ts';
import { type AuditEntry, canonicalJson } from './entry.ts';
import { isSealed } from './sealed-value.ts';

/** Excel takes a file for what it is, letters with accents included, when it begins with this mark. */
const MARK = '\ufeff';
/** The first line of the table. */
export const CSV_HEAD = `${MARK}entry,time,staff,action,subject,details,hash\r\n`;

/** What a spreadsheet would take for a formula or a command. */
const DANGEROUS = /^[=+\-@\t\r]/;

/** One entry as a line of the table. Sealed values are left out: nobody can read them without the books. */
export function toCsvLine(entry: AuditEntry & { readonly hash: string }): string {
  const { seq, at, staffId, action, subject, details, hash } = entry;
  const cells = [
    String(seq),
    toIsoNairobi(at),
    staffId === null ? '' : String(staffId),
    safeCell(action),
    safeCell(subject),
    safeCell(canonicalJson(hideSealed(JSON.parse(details)))),
    hash,
  ];
  return `${cells.join(',')}\r\n`;
}

/** Text as a cell that says what it is and does nothing: an apostrophe before what would be worked out, and quotes. */
export function safeCell(text: string): string {
  const safe = DANGEROUS.test(text) ? `'${text}` : text;
  return /[",\r\n\t;]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function hideSealed(value: unknown): Parameters<typeof canonicalJson>[0] {
  if (isSealed(value)) return '(sealed)';
  if (Array.isArray(value)) return value.map(hideSealed);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hideSealed(item)]));
  return value as string | number | boolean | null;
}
