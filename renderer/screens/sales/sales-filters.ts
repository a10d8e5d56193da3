import type { Tender } from '#shared/domain/sales/types.ts';
import { addDays, type BusinessDay } from '#shared/domain/time.ts';
import type { Input } from '#shared/ipc/contract.ts';

/** What the list of sales is narrowed to. */
export type SalesFilters = {
  readonly from: BusinessDay;
  readonly to: BusinessDay;
  readonly tillId: number | null;
  readonly tender: Tender | null;
  readonly isTypedOnly: boolean;
  readonly search: string;
};

/** The week that ends with the newest day of the ledger. */
export function startFilters(latestDay: BusinessDay): SalesFilters {
  return {
    from: addDays(latestDay, -6),
    to: latestDay,
    tillId: null,
    tender: null,
    isTypedOnly: false,
    search: '',
  };
}

/** The same days and till, with nothing else narrowed. */
export function clearFilters(filters: SalesFilters): SalesFilters {
  return { ...filters, tender: null, isTypedOnly: false, search: '' };
}

export function isNarrowed(filters: SalesFilters): boolean {
  return filters.tender !== null || filters.isTypedOnly || filters.search.trim() !== '';
}

const PAGE = 200;

export function askFor(filters: SalesFilters, search: string): Omit<Input<'sale:list'>, 'after'> {
  const { from, to, tillId, tender, isTypedOnly } = filters;
  return { from, to, tillId, tender, typedOnly: isTypedOnly, search: search.trim(), limit: PAGE };
}
