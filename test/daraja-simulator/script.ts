import type { Fault } from './fault.ts';
import type { Scripted } from './products.ts';

/** Which fault befalls which call. */
export type Script = {
  /**
   * The next call of a product without a fault of its own meets this one; many are met in their order. Throws for a
   * fault that cannot befall the product.
   */
  readonly next: (product: Scripted, fault: Fault) => void;
  /** Every call of a product that has no fault of its own; null ends it. */
  readonly always: (product: Scripted, fault: Fault | null) => void;
  readonly take: (product: Scripted) => Fault | null;
  /** Faults that were written and befell nobody: a test that leaves some did not test what it says. */
  readonly unused: () => readonly { readonly product: Scripted; readonly fault: string }[];
};

export function openScript(): Script {
  const queues = new Map<Scripted, Fault[]>();
  const standing = new Map<Scripted, Fault>();
  return {
    next: (product, fault) => {
      mustApply(product, fault);
      queues.set(product, [...(queues.get(product) ?? []), fault]);
    },
    always: (product, fault) => {
      if (fault === null) standing.delete(product);
      else {
        mustApply(product, fault);
        standing.set(product, fault);
      }
    },
    take: (product) => queues.get(product)?.shift() ?? standing.get(product) ?? null,
    unused: () =>
      [...queues].flatMap(([product, faults]) => faults.map(({ name }) => ({ product, fault: name }))),
  };
}

const POSTS: readonly Scripted[] = [
  'status',
  'reversal',
  'balance',
  'c2b-simulate',
  'stk-push',
  'confirmation',
];

/** A fault that would change nothing is a slip of the test: a token is not posted, a confirmation is no answer. */
function mustApply(product: Scripted, fault: Fault): void {
  const spoilsAnswer = fault.instead !== undefined || fault.reply !== undefined;
  const spoilsPosts = fault.posts !== undefined;
  const canApply = (spoilsAnswer && product !== 'confirmation') || (spoilsPosts && POSTS.includes(product));
  if (!canApply) throw new Error(`${fault.name} cannot befall ${product}`);
}
