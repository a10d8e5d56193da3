import type { SaleKind, SaleStatus, Tender } from '#shared/domain/sales/types.ts';

const TENDERS: readonly (readonly [Tender, RegExp])[] = [
  ['mpesa', /m-?\s?pesa|lipa na|\btill\b|pay\s?bill|buy goods|safaricom|\bpochi\b|mobile money|\bmpsa\b/],
  ['card', /card|visa|\bpdq\b|\bpos terminal\b/],
  ['cash', /\bcash\b|taslimu|pesa taslimu/],
  ['bank', /bank|transfer|\beft\b|\brtgs\b|che(?:que|ck)|pesalink|\bequity\b|\bkcb\b/],
  ['credit', /credit|debt|\bon account\b|invoice|deni|mkopo/],
];

/** How a sale was paid; blank is M-PESA. `several` when the cell names more than one way: no amount is known then. */
export function readTender(text: string): Tender | 'several' {
  const tidy = text.trim().toLowerCase();
  if (tidy === '') return 'mpesa';
  const parts = new Set(
    tidy
      .split(/[,+&;|]|\band\b/)
      .map((part) => part.trim())
      .filter(Boolean)
      .map(tenderOf),
  );
  const [only] = parts;
  return parts.size === 1 && only ? only : 'several';
}

function tenderOf(part: string): Tender {
  return TENDERS.find(([, words]) => words.test(part))?.[0] ?? 'other';
}

const KINDS: ReadonlyMap<string, SaleKind> = new Map([
  ['', 'sale'],
  ['sale', 'sale'],
  ['sales', 'sale'],
  ['refund', 'refund'],
  ['return', 'refund'],
  ['day-total', 'day-total'],
  ['day total', 'day-total'],
  ['daily total', 'day-total'],
  ['shift total', 'day-total'],
  ['z report', 'day-total'],
  ['z-report', 'day-total'],
]);

/** What a row of sales is; blank is a sale, null is a word that is not known. */
export function readKind(text: string): SaleKind | null {
  return KINDS.get(text.trim().toLowerCase()) ?? null;
}

const STATUSES: ReadonlyMap<string, SaleStatus> = new Map([
  ['', 'closed'],
  ['closed', 'closed'],
  ['complete', 'closed'],
  ['completed', 'closed'],
  ['paid', 'closed'],
  ['posted', 'closed'],
  ['invoiced', 'closed'],
  ['done', 'closed'],
  ['cancelled', 'cancelled'],
  ['canceled', 'cancelled'],
  ['void', 'cancelled'],
  ['voided', 'cancelled'],
  ['open', 'open'],
  ['new', 'open'],
  ['draft', 'open'],
  ['pending', 'open'],
  ['unpaid', 'open'],
]);

/** Blank is closed; null is a word that is not known. */
export function readSaleStatus(text: string): SaleStatus | null {
  return STATUSES.get(text.trim().toLowerCase()) ?? null;
}
