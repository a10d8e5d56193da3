import type { CallState } from '../daraja/call-state.ts';
import type { Product } from '../daraja/product.ts';
import type { UtcMs } from '../time.ts';

/** One request to Safaricom, as it stands in the books. */
export type CallFacts = {
  readonly product: Product;
  readonly state: CallState;
  readonly askedAt: UtcMs;
  readonly httpStatus: number | null;
  /** What Safaricom said last of it: on taking it, or in its answer. */
  readonly code: string | null;
  readonly text: string | null;
};

/** `1032 Request cancelled`, as it came. */
export function quote({ code, text }: Pick<CallFacts, 'code' | 'text'>): string {
  return [code, text].filter((part) => part !== null && part !== '').join(' ') || '-';
}
