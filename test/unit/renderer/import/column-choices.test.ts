import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chooseColumn,
  describeColumns,
  missingColumns,
  toSaleColumn,
  usableMap,
} from '#renderer/screens/import/column-choices.ts';
import { type ColumnMap, SALE_COLUMNS } from '#shared/domain/sales/types.ts';

describe('describeColumns', () => {
  test('shows a few different values and leaves empty ones out', () => {
    const rows = [
      ['1', 'x'],
      ['1', ' '],
      ['2', ''],
      ['3', 'y'],
      ['4', 'z'],
    ];
    expect(describeColumns(['No', 'Who'], rows)).toEqual([
      { place: 1, header: 'No', samples: ['1', '2', '3'], isUsable: true },
      { place: 2, header: 'Who', samples: ['x', 'y', 'z'], isUsable: true },
    ]);
  });

  test('a header without a name, or one that stands twice, cannot be chosen', () => {
    const columns = describeColumns(['Amount', '', 'Amount'], [['1', '2', '3']]);
    expect(columns.map((column) => column.isUsable)).toEqual([true, false, false]);
    expect(columns[2]?.samples).toEqual(['3']);
  });

  test('a short row has no value for the columns it lacks', () => {
    expect(describeColumns(['A', 'B'], [['1']])[1]?.samples).toEqual([]);
  });
});

describe('chooseColumn', () => {
  test('a column belongs to one header: the header that had it loses it', () => {
    const map: ColumnMap = { Tarehe: 'time', Bei: 'amount' };
    expect(chooseColumn(map, 'Jumla', 'amount')).toEqual({ Tarehe: 'time', Jumla: 'amount' });
  });

  test('leaving a header out changes nothing else', () => {
    expect(chooseColumn({ Tarehe: 'time', Bei: 'amount' }, 'Bei', null)).toEqual({ Tarehe: 'time' });
  });

  test('whatever is chosen, no column is taken twice', () => {
    const choice = fc.tuple(fc.constantFrom('A', 'B', 'C', 'D'), fc.option(fc.constantFrom(...SALE_COLUMNS)));
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 30 }), (choices) => {
        const map = choices.reduce<ColumnMap>(
          (before, [header, column]) => chooseColumn(before, header, column),
          {},
        );
        const taken = Object.values(map);
        expect(new Set(taken).size).toBe(taken.length);
        const last = choices.at(-1);
        if (last !== undefined) expect(map[last[0]] ?? null).toBe(last[1]);
      }),
    );
  });
});

test('time and amount are needed', () => {
  expect(missingColumns({})).toEqual(['time', 'amount']);
  expect(missingColumns({ Bei: 'amount' })).toEqual(['time']);
  expect(missingColumns({ Bei: 'amount', Tarehe: 'time' })).toEqual([]);
});

test('of a suggestion only what this file has is taken, each column once', () => {
  const columns = describeColumns(['When', 'Sum', 'Total', ''], []);
  const suggested: ColumnMap = {
    When: 'time',
    Sum: 'amount',
    Total: 'amount',
    Gone: 'receipt',
    '': 'cashier',
  };
  expect(usableMap(suggested, columns)).toEqual({ When: 'time', Sum: 'amount' });
});

test('the value of a select is one of our columns or nothing', () => {
  expect(toSaleColumn('receipt')).toBe('receipt');
  expect(toSaleColumn('')).toBeNull();
  expect(toSaleColumn('constructor')).toBeNull();
});
