/** What was found. `sets` are positions in `amounts`, ascending; more than one when the answer is not unique. */
export type SumAnswer = {
  readonly sets: readonly (readonly number[])[];
  readonly outcome: 'none' | 'unique' | 'ambiguous' | 'gave-up';
  readonly steps: number;
};

export type SumLimits = {
  /** Steps before it gives up. */
  readonly steps: number;
  /** Fewest and most items in a set. */
  readonly least: number;
  readonly most: number;
};

type Pile = { readonly amount: number; readonly items: readonly number[] };
type Search = {
  readonly piles: readonly Pile[];
  /** The sum of all piles from here on: what can still be reached. */
  readonly reach: readonly number[];
  readonly limits: SumLimits;
  readonly taken: number[];
  readonly sets: number[][];
  steps: number;
  isSpent: boolean;
};

/**
 * Sets of items whose amounts (positive integers) add up to the target. Equal amounts are one pile, so 200 equal
 * sales cost no more than one; taking some but not all of a pile is already ambiguous. Stops at the second set.
 */
export function findSums(amounts: readonly number[], target: number, limits: SumLimits): SumAnswer {
  const piles = pileUp(amounts, target);
  const reach = new Array<number>(piles.length + 1).fill(0);
  for (let at = piles.length - 1; at >= 0; at--) {
    const pile = piles[at];
    reach[at] = (reach[at + 1] ?? 0) + (pile === undefined ? 0 : pile.amount * pile.items.length);
  }
  const search: Search = { piles, reach, limits, taken: [], sets: [], steps: 0, isSpent: false };
  descend(search, 0, target, 0);
  const { sets, steps, isSpent } = search;
  if (sets.length > 1) return { sets, steps, outcome: 'ambiguous' };
  if (isSpent) return { sets: [], steps, outcome: 'gave-up' };
  return { sets, steps, outcome: sets.length === 1 ? 'unique' : 'none' };
}

function pileUp(amounts: readonly number[], target: number): Pile[] {
  const piles = new Map<number, number[]>();
  for (const [index, amount] of amounts.entries()) {
    if (amount <= 0 || amount > target) continue;
    const pile = piles.get(amount);
    if (pile) pile.push(index);
    else piles.set(amount, [index]);
  }
  return [...piles].map(([amount, items]) => ({ amount, items })).sort((a, b) => b.amount - a.amount);
}

function descend(search: Search, at: number, left: number, count: number): void {
  const { piles, reach, limits, taken } = search;
  if (left === 0) {
    if (count >= limits.least) keep(search);
    return;
  }
  const pile = piles[at];
  if (pile === undefined || left > (reach[at] ?? 0) || left > (limits.most - count) * pile.amount) return;
  if (++search.steps > limits.steps) {
    search.isSpent = true;
    return;
  }
  const most = Math.min(pile.items.length, Math.floor(left / pile.amount), limits.most - count);
  for (let take = most; take >= 0; take--) {
    taken.push(take);
    descend(search, at + 1, left - take * pile.amount, count + take);
    taken.pop();
    if (search.isSpent || search.sets.length > 1) return;
  }
}

/** Keeps the set, and a second one when some of a pile were taken and any others of it would do as well. */
function keep(search: Search): void {
  const { piles, taken, sets } = search;
  const choose = (fromEnd: boolean) =>
    taken
      .flatMap((take, at) => {
        const items = piles[at]?.items ?? [];
        return fromEnd ? items.slice(items.length - take) : items.slice(0, take);
      })
      .sort((a, b) => a - b);
  sets.push(choose(false));
  const isPart = taken.some((take, at) => take > 0 && take < (piles[at]?.items.length ?? 0));
  if (isPart && sets.length < 2) sets.push(choose(true));
}
