import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cents } from '#shared/domain/money.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { type AccountChecks, createChecks } from '#shared/domain/statement/checks.ts';
import { countOccurrences } from '#shared/domain/statement/occurrence.ts';
import type { StatementHead, StatementLine } from '#shared/domain/statement/types.ts';
import { type BusinessDay, DAY, HOUR, MINUTE, SECOND, startOfDay, type UtcMs } from '#shared/domain/time.ts';

const START = startOfDay('2026-03-14' as BusinessDay);
const at = (ms: number) => (START + ms) as UtcMs;
const END = at(DAY - SECOND);

type Stated = Partial<{
  openingCents: number;
  closingCents: number;
  totalInCents: number;
  totalOutCents: number;
}>;

function head(stated: Stated | null = null, rest: Partial<StatementHead> = {}): StatementHead {
  const money = (value: number | undefined) => (value === undefined ? null : cents(value));
  const account = {
    shortCode: '1234567',
    account: 'Merchant Account',
    openingCents: money(stated?.openingCents),
    closingCents: money(stated?.closingCents),
    totalInCents: money(stated?.totalInCents),
    totalOutCents: money(stated?.totalOutCents),
  };
  return {
    layout: 'portal-csv',
    holder: null,
    shortCode: '1234567',
    accounts: stated === null ? [] : [account],
    periodFrom: START,
    periodTo: END,
    reportAt: at(31 * HOUR),
    ...rest,
  };
}

/** A chained list of lines, oldest first, from what each added and when. */
function chain(moves: readonly (readonly [ms: number, delta: number])[], opening = 0): StatementLine[] {
  let balance = opening;
  return moves.map(([ms, delta], index) => {
    balance += delta;
    return line({
      row: 100 - index,
      completedAt: at(ms),
      delta,
      balance,
      receipt: `UCE1DEM${String(index).padStart(3, '0')}`,
    });
  });
}

function line(given: {
  row: number;
  completedAt: UtcMs;
  delta: number;
  balance: number | null;
  receipt: string;
}): StatementLine {
  return {
    row: given.row,
    shortCode: '1234567',
    account: 'Merchant Account',
    receipt: given.receipt as Receipt,
    completedAt: given.completedAt,
    precision: 'second',
    initiatedAt: null,
    details: '',
    status: 'completed',
    direction: given.delta > 0 ? 'in' : 'out',
    amountCents: cents(Math.abs(given.delta)),
    balanceCents: given.balance === null ? null : cents(given.balance),
    reasonType: null,
    otherParty: null,
    linkedReceipt: null,
    accountReference: null,
    isMended: false,
  };
}

function check(lines: readonly StatementLine[], given: StatementHead = head()): AccountChecks {
  const checks = createChecks(given);
  for (const each of lines) checks.add(each);
  const [first] = checks.finish();
  if (!first) throw new Error('one account was expected');
  return first;
}

function permutationsOf<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((each, index) =>
    permutationsOf([...list.slice(0, index), ...list.slice(index + 1)]).map((rest) => [each, ...rest]),
  );
}

const MOVES = [
  [HOUR, 200_00],
  [HOUR, -1_10],
  [2 * HOUR, 350_00],
  [2 * HOUR, 350_00],
  [2 * HOUR, -1_93],
  [2 * HOUR, -1_93],
  [3 * HOUR, 500_00],
  [4 * HOUR, -1_000_00],
] as const;

describe('the balance chain', () => {
  it('holds in any order of rows, also where several happened in one second', () => {
    const moves = fc.array(
      fc.tuple(
        fc.nat(5),
        fc.integer({ min: -50, max: 50 }).filter((delta) => delta !== 0),
      ),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(moves, fc.boolean(), fc.infiniteStream(fc.nat()), (found, isStated, keys) => {
        const sorted = [...found]
          .sort((a, b) => a[0] - b[0])
          .map(([second, delta]) => [second * MINUTE, delta] as const);
        const closing = sorted.reduce((sum, [, delta]) => sum + delta, 1_000);
        const shuffled = chain(sorted, 1_000)
          .map((each) => ({ each, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        const stated = isStated ? head({ openingCents: 1_000, closingCents: closing }) : head();
        const result = check(shuffled, stated);
        expect(result.breaks).toEqual([]);
        expect(result.balanced).toBe(true);
        if (isStated) expect([result.openingCents, result.closingCents]).toEqual([1_000, closing]);
      }),
    );
  });

  it.each([
    [
      'by the next one',
      [
        [1, 5],
        [1, -5],
        [2, 1],
        [2, 1],
        [2, 1],
      ],
    ],
    [
      'by the one after a second that returns too',
      [
        [1, 5],
        [1, -5],
        [2, 7],
        [2, -7],
        [3, 1],
        [3, 1],
        [3, 1],
      ],
    ],
  ] as const)('finds where a first second began that comes back to its start, %s', (_, moves) => {
    const inTime = moves.map(([minute, delta]) => [minute * MINUTE, delta] as const);
    for (const lines of permutationsOf(chain(inTime, 1_000))) {
      const result = check(lines);
      expect([result.balanced, result.openingCents]).toEqual([true, 1_000]);
    }
  });

  it('works out opening and closing where the file states none', () => {
    const result = check(chain(MOVES, 5_00).reverse());
    expect([result.openingCents, result.closingCents]).toEqual([5_00, 400_04]);
    expect([result.sumInCents, result.sumOutCents]).toEqual([1_400_00, 1_004_96]);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])('breaks at row %i when its amount was edited', (edited) => {
    const lines = chain(MOVES).map((each, index) =>
      index === edited ? { ...each, amountCents: cents(each.amountCents + 1_00) } : each,
    );
    const result = check([...lines].reverse(), head({ openingCents: 0 }));
    expect(result.balanced).toBe(false);
    expect(result.breaks.map(({ row }) => row)).toContain(lines[edited]?.row);
  });

  it.each([2, 6])('breaks once, at row %i, when only its balance was edited', (edited) => {
    const lines = chain(
      [
        [1, 5],
        [2, 7],
        [3, 9],
        [4, 11],
        [5, 13],
        [6, 15],
        [7, 17],
        [8, 19],
      ].map(([ms = 0, d = 0]) => [ms * HOUR, d] as const),
    );
    const changed = lines.map((each, index) =>
      index === edited ? { ...each, balanceCents: cents(999) } : each,
    );
    const result = check([...changed].reverse());
    expect(result.breaks).toEqual([
      expect.objectContaining({ row: lines[edited]?.row, found: 999, expected: lines[edited]?.balanceCents }),
    ]);
  });

  it('breaks where a row was taken out', () => {
    const lines = chain(MOVES);
    const result = check(lines.filter((_, index) => index !== 6));
    expect(result.breaks.map(({ row }) => row)).toEqual([lines[7]?.row]);
  });

  it('is not moved by a row that failed', () => {
    const failed: StatementLine = {
      ...line({ row: 1, completedAt: at(HOUR + 5), delta: 700_00, balance: 198_90, receipt: 'UCE1FAIL00' }),
      status: 'failed',
    };
    expect(check([...chain(MOVES), failed]).balanced).toBe(true);
  });

  it('chains rows of one minute when the seconds were lost', () => {
    const lines = chain([
      [HOUR + 5_000, 10],
      [HOUR + 20_000, 20],
      [HOUR + 40_000, 30],
    ]);
    const rounded = [lines[1], lines[2], lines[0]].flatMap((each) =>
      each ? [{ ...each, completedAt: at(HOUR), precision: 'minute' as const }] : [],
    );
    expect(check(rounded).balanced).toBe(true);
  });

  it('holds its own against a hostile file: 100,000 rows of one second that do not chain', () => {
    const lines = Array.from({ length: 100_000 }, (_, index) =>
      line({ row: index + 2, completedAt: START, delta: 100, balance: index * 7, receipt: 'UCE1DEMO00' }),
    );
    expect(check(lines).balanced).toBe(false);
  });
});

describe('what a file states', () => {
  it('is compared with its rows', () => {
    const lines = chain(MOVES);
    const right = { openingCents: 0, closingCents: 395_04, totalInCents: 1_400_00, totalOutCents: 1_004_96 };
    expect(check(lines, head(right))).toMatchObject({ balanced: true, breaks: [], notStated: [] });
    const wrong = (change: Stated) =>
      check(lines, head({ ...right, ...change })).breaks.map(({ row, reason }) => [row, reason.id]);
    expect(wrong({ closingCents: 1 })).toEqual([[null, 'check.closing']]);
    expect(wrong({ totalInCents: 1 })).toEqual([[null, 'check.total-in']]);
    expect(wrong({ totalOutCents: 1 })).toEqual([[null, 'check.total-out']]);
    expect(wrong({ openingCents: 1 })).toEqual([
      [lines[0]?.row, 'check.balance-break'],
      [null, 'check.closing'],
    ]);
  });

  it('is never passed where it is not stated', () => {
    const result = check(
      chain(MOVES).map((each) => ({ ...each, balanceCents: null })),
      head(null, { periodTo: null, reportAt: null }),
    );
    expect(result.balanced).toBeNull();
    expect(result.notStated).toEqual(['period', 'report-time', 'opening', 'closing', 'totals', 'balances']);
    expect(result).toMatchObject({ openingCents: null, closingCents: null });
  });

  it('covers an account that has no rows', () => {
    const result = check([], head({ openingCents: 7, closingCents: 7, totalInCents: 0, totalOutCents: 0 }));
    expect(result).toMatchObject({
      rows: 0,
      balanced: true,
      coveredTo: END,
      isPartial: false,
      firstAt: null,
    });
    expect(check([], head({ openingCents: 7, closingCents: 8 })).balanced).toBe(false);
  });
});

describe('coverage', () => {
  const covered = (rest: Partial<StatementHead>) => {
    const { coveredTo, isPartial } = check(chain(MOVES), head(null, rest));
    return [coveredTo === null ? null : coveredTo - START, isPartial];
  };

  it('reaches the end of the period when the report was made on a later day', () => {
    expect(covered({})).toEqual([DAY - SECOND, false]);
  });

  it('reaches the report when that was earlier, and the day is partial', () => {
    expect(covered({ reportAt: at(15 * HOUR) })).toEqual([15 * HOUR, true]);
  });

  it('is partial when the report is of the last day, or not stated, or the period ends at noon', () => {
    expect(covered({ reportAt: at(DAY - SECOND) })).toEqual([DAY - SECOND, true]);
    expect(covered({ reportAt: null })).toEqual([DAY - SECOND, true]);
    expect(covered({ periodTo: at(12 * HOUR) })).toEqual([12 * HOUR, true]);
  });

  it('reaches the last row when no period is stated', () => {
    expect(covered({ periodTo: null, reportAt: null })).toEqual([4 * HOUR, true]);
  });
});

describe('countOccurrences', () => {
  it('numbers equal rows, and only those, whatever their order', () => {
    const receipt = fc.constantFrom('UCE1DEMO01', 'UCE1DEMO02', 'BH45UU225', 'C94ZH942');
    const row = fc.record({
      receipt,
      direction: fc.constantFrom('in' as const, 'out' as const),
      amount: fc.integer({ min: 1, max: 3 }),
      shortCode: fc.constantFrom('111111', '222222'),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 200 }), (rows) => {
        const occurrenceOf = countOccurrences();
        const seen = new Map<string, number>();
        for (const { receipt: code, direction, amount, shortCode } of rows) {
          const key = [code, direction, amount, shortCode].join();
          seen.set(key, (seen.get(key) ?? 0) + 1);
          expect(
            occurrenceOf({ receipt: code as Receipt, direction, amountCents: cents(amount), shortCode }),
          ).toBe(seen.get(key));
        }
      }),
    );
  });

  it('stays exact while it grows', () => {
    const occurrenceOf = countOccurrences();
    const give = (index: number) =>
      occurrenceOf({
        receipt: `UC${index.toString(36).toUpperCase().padStart(8, '0')}` as Receipt,
        direction: 'in',
        amountCents: cents(1_00),
        shortCode: '1',
      });
    for (let round = 1; round <= 2; round++)
      for (let i = 0; i < 20_000; i++) if (give(i) !== round) throw new Error(`row ${i}`);
    expect(give(0)).toBe(3);
  });
});
