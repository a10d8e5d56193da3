import { type Cents, parseAmount } from './money.ts';

/** What somebody typed into a search box, as the ledger can look for it. */
export type SearchTerms = {
  /** Lower case, each with a space before it, so that it finds the beginning of a word. Any of them will do. */
  readonly terms: readonly string[];
  /** The amount, when the whole text reads as one. */
  readonly amountCents: Cents | null;
};

const MOST_TERMS = 20;

/** Several receipts may be pasted at once, parted by commas, bars, semicolons or lines. */
export function readSearch(text: string): SearchTerms {
  const amount = parseAmount(text);
  const terms = text
    .toLowerCase()
    .split(/[|;\n\t]+|,(?!\d{3}\b)/)
    .map((term) => term.replace(/\s+/g, ' ').trim())
    .filter((term) => term !== '')
    .slice(0, MOST_TERMS)
    .map((term) => ` ${term}`);
  return { terms, amountCents: amount.ok ? amount.cents : null };
}
