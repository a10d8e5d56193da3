import type { ChainRows } from './balance-chain.ts';

/** Completed rows of one account, packed: a plain object a row would take ten times the memory. */
export type RowStore = {
  add(at: number, delta: number, balance: number, row: number): void;
  count(): number;
  /** The rows from the oldest; `unit` is how exactly the file states its times, in ms. */
  inOrderOfTime(unit: number): ChainRows;
};

const CHUNK = 16_384;
const WIDTH = 3;

export function createRowStore(): RowStore {
  const values: Float64Array[] = [];
  const rows: Uint32Array[] = [];
  let size = 0;
  let isNewestFirst = true;
  let isOldestFirst = true;
  let previous = 0;

  const value = (index: number, field: number) =>
    (values[Math.floor(index / CHUNK)] as Float64Array)[(index % CHUNK) * WIDTH + field] as number;

  function add(at: number, delta: number, balance: number, row: number): void {
    const offset = size % CHUNK;
    if (offset === 0) {
      values.push(new Float64Array(CHUNK * WIDTH));
      rows.push(new Uint32Array(CHUNK));
    }
    const chunk = values[values.length - 1] as Float64Array;
    chunk[offset * WIDTH] = at;
    chunk[offset * WIDTH + 1] = delta;
    chunk[offset * WIDTH + 2] = balance;
    (rows[rows.length - 1] as Uint32Array)[offset] = row;
    if (size > 0) {
      if (at > previous) isNewestFirst = false;
      if (at < previous) isOldestFirst = false;
    }
    previous = at;
    size++;
  }

  function inOrderOfTime(unit: number): ChainRows {
    const place = placeInTime();
    return {
      count: size,
      moment: (index) => Math.floor(value(place(index), 0) / unit),
      delta: (index) => value(place(index), 1),
      balance: (index) => value(place(index), 2),
      row: (index) => (rows[Math.floor(place(index) / CHUNK)] as Uint32Array)[place(index) % CHUNK] as number,
    };
  }

  /** The portal writes the newest row first; a person may have sorted by anything. */
  function placeInTime(): (index: number) => number {
    if (isOldestFirst && !isNewestFirst) return (index) => index;
    if (isNewestFirst) return (index) => size - 1 - index;
    const order = Uint32Array.from({ length: size }, (_, index) => size - 1 - index);
    order.sort((a, b) => value(a, 0) - value(b, 0) || b - a);
    return (index) => order[index] as number;
  }

  return { add, count: () => size, inOrderOfTime };
}
