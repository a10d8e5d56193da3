import { type Cents, cents } from '../money.ts';

/** One line of one account at one time: what moved, and the balance printed after it. */
export type BalanceLine = {
  /** Positive in, negative out. */
  readonly signedCents: Cents;
  readonly balanceCents: Cents | null;
};

/**
 * The balance after all lines of one time, whatever order they stand in: the one that no other of them goes on from.
 * `unprinted`: a line has no balance. `unclear`: their order cannot be told, and it matters.
 */
export type LastBalance =
  | { readonly type: 'known'; readonly balanceCents: Cents }
  | { readonly type: 'unprinted' }
  | { readonly type: 'unclear' };

export function lastBalance(lines: readonly BalanceLine[]): LastBalance {
  const printed = lines.flatMap(({ signedCents, balanceCents }) =>
    balanceCents === null ? [] : [{ signedCents, balanceCents }],
  );
  if (printed.length < lines.length || printed.length === 0) return { type: 'unprinted' };
  // Each line goes on from one balance. Crossed off once each, what is left over is where the chain ends.
  const begun = printed.map(({ signedCents, balanceCents }) => balanceCents - signedCents);
  const left = printed.map(({ balanceCents }) => balanceCents as number);
  for (const start of begun) {
    const at = left.indexOf(start);
    if (at >= 0) left.splice(at, 1);
  }
  const ends = new Set(left);
  const [end] = ends;
  return ends.size === 1 && end !== undefined
    ? { type: 'known', balanceCents: cents(end) }
    : { type: 'unclear' };
}
