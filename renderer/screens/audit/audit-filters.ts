import type { BusinessDay } from '#shared/domain/time.ts';
import type { AuditArea } from '#shared/ipc/audit-channels.ts';
import type { Input } from '#shared/ipc/contract.ts';

/** What the audit screen is narrowed to. */
export type AuditFilters = {
  readonly search: string;
  readonly staffId: number | null;
  readonly area: AuditArea | null;
  readonly from: BusinessDay | null;
  readonly to: BusinessDay | null;
};

export const NO_FILTERS: AuditFilters = { search: '', staffId: null, area: null, from: null, to: null };

const PAGE = 100;

/** The request of the list. `search` is the text once the person has stopped typing. */
export function askFor(
  filters: AuditFilters,
  search: string,
  subject: string | null,
): Omit<Input<'audit:list'>, 'after'> {
  const { staffId, area, from, to } = filters;
  return {
    search: search.trim(),
    staffId,
    areas: area === null ? [] : [area],
    subject,
    from,
    to,
    limit: PAGE,
  };
}

export function isNarrowed(filters: AuditFilters, subject: string | null): boolean {
  return subject !== null || Object.entries(filters).some(([, value]) => value !== null && value !== '');
}

/** What an address asks for: what was done to one thing (`about`, `sale:12`), or a search (`find`, a receipt). */
export type Asked = { readonly subject: string | null; readonly search: string };

export function readAddress(how: string | undefined, what: string | undefined): Asked {
  const text = what === undefined ? null : decode(what);
  if (text === null || text === '') return { subject: null, search: '' };
  return {
    subject: how === 'about' && text.length <= 60 ? text : null,
    search: how === 'find' ? text.slice(0, 100) : '',
  };
}

/** Whether there can be more about the same thing: `sale:12` is one, `session` and `ledger` are none. */
export function isOneThing(subject: string): boolean {
  return /^[a-z-]+:./.test(subject);
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
