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

/** The thing in an address, `sale:12`, or null when it holds none. */
export function readSubject(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  const subject = decode(text);
  return subject !== null && subject.length <= 60 ? subject : null;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
