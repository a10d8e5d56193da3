/** Stands for a pair that cannot be: larger than any sum of real costs. */
const NEVER = 1e15;

export type Assignment = {
  /** The column of each row, −1 when the row is left out. */
  readonly columnOf: Int32Array;
  /** What the best answer without this row's pair costs more. Near zero: another answer is as good. */
  readonly margin: Float64Array;
};

type State = {
  /** Rows and columns alike: the real ones and as many stand-ins for "left out" as the other side has items. */
  readonly size: number;
  /** 1-based, size × size. */
  readonly cost: Float64Array;
  readonly rowPrice: Float64Array;
  readonly columnPrice: Float64Array;
  /** The row of each column, 0 when free. */
  readonly rowOf: Int32Array;
};

/**
 * The cheapest pairing of rows and columns (Hungarian method), where each item may also be left out at `leaveOut`.
 * `costs` is row-major; Infinity forbids a pair. For each pair it also tells by how much any answer without that
 * pair is worse, so that a caller can see what the costs decide and what they do not.
 */
export function assign(costs: Float64Array, rows: number, columns: number, leaveOut: number): Assignment {
  const state = prepare(costs, rows, columns, leaveOut);
  for (let row = 1; row <= state.size; row++) augment(state, row);
  const columnOf = new Int32Array(rows).fill(-1);
  for (let column = 1; column <= columns; column++) {
    const row = state.rowOf[column] ?? 0;
    if (row <= rows) columnOf[row - 1] = column - 1;
  }
  const best = totalOf(state);
  const margin = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const column = columnOf[row] ?? -1;
    if (column >= 0) margin[row] = totalWithout(state, row + 1, column + 1) - best;
  }
  return { columnOf, margin };
}

/**
 * A square table, so that every column has a row in the end: only then does one exchange repair the answer when a
 * pair is forbidden.
 */
function prepare(costs: Float64Array, rows: number, columns: number, leaveOut: number): State {
  const size = rows + columns;
  const cost = new Float64Array((size + 1) * (size + 1));
  for (let row = 1; row <= size; row++) {
    for (let column = 1; column <= size; column++) {
      const areReal = row <= rows && column <= columns;
      const pair = areReal ? (costs[(row - 1) * columns + column - 1] ?? Number.POSITIVE_INFINITY) : 0;
      const isOneReal = row <= rows !== column <= columns;
      cost[row * (size + 1) + column] = isOneReal ? leaveOut : Math.min(pair, NEVER);
    }
  }
  return {
    size,
    cost,
    rowPrice: new Float64Array(size + 1),
    columnPrice: new Float64Array(size + 1),
    rowOf: new Int32Array(size + 1),
  };
}

/** Gives `row` a column along the cheapest chain of exchanges. */
function augment(state: State, row: number): void {
  const { size, cost, rowPrice, columnPrice, rowOf } = state;
  const least = new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY);
  const from = new Int32Array(size + 1);
  const isUsed = new Uint8Array(size + 1);
  rowOf[0] = row;
  let column = 0;
  do {
    isUsed[column] = 1;
    const current = rowOf[column] ?? 0;
    let step = Number.POSITIVE_INFINITY;
    let nearest = 0;
    for (let next = 1; next <= size; next++) {
      if (isUsed[next] === 1) continue;
      const reduced =
        (cost[current * (size + 1) + next] ?? 0) - (rowPrice[current] ?? 0) - (columnPrice[next] ?? 0);
      if (reduced < (least[next] ?? 0)) {
        least[next] = reduced;
        from[next] = column;
      }
      if ((least[next] ?? 0) < step) {
        step = least[next] ?? 0;
        nearest = next;
      }
    }
    for (let at = 0; at <= size; at++) {
      if (isUsed[at] === 1) {
        const owner = rowOf[at] ?? 0;
        rowPrice[owner] = (rowPrice[owner] ?? 0) + step;
        columnPrice[at] = (columnPrice[at] ?? 0) - step;
      } else least[at] = (least[at] ?? 0) - step;
    }
    column = nearest;
  } while (rowOf[column] !== 0);
  while (column !== 0) {
    const previous = from[column] ?? 0;
    rowOf[column] = rowOf[previous] ?? 0;
    column = previous;
  }
}

function totalOf(state: State): number {
  let total = 0;
  for (let column = 1; column <= state.size; column++) {
    const row = state.rowOf[column] ?? 0;
    if (row > 0) total += state.cost[row * (state.size + 1) + column] ?? 0;
  }
  return total;
}

/** The best total when one pair of the solution is forbidden: one more exchange from where we stand. */
function totalWithout(state: State, row: number, column: number): number {
  const other: State = {
    ...state,
    cost: state.cost.slice(),
    rowPrice: state.rowPrice.slice(),
    columnPrice: state.columnPrice.slice(),
    rowOf: state.rowOf.slice(),
  };
  other.cost[row * (state.size + 1) + column] = NEVER;
  other.rowOf[column] = 0;
  augment(other, row);
  return totalOf(other);
}
