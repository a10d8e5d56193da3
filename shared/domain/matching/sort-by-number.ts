const DIGIT = 65_536;

/**
 * The items in order of their whole numbers, those of one number by `compare`; without a number last. Sorts digit by
 * digit, which for a million items takes a tenth of what comparing them two by two takes.
 */
export function sortByNumber<T>(
  items: readonly T[],
  numberOf: (item: T) => number | null,
  compare: (a: T, b: T) => number,
): T[] {
  const numbers = numbersFromZero(items, numberOf);
  const order = orderOf(numbers);
  const sorted = items.slice();
  for (let at = 0; at < order.length; at++) sorted[at] = items[order[at] ?? 0] as T;
  let start = 0;
  for (let end = 1; end <= sorted.length; end++) {
    if (end < sorted.length && numbers[order[end] ?? 0] === numbers[order[start] ?? 0]) continue;
    if (end - start > 1) {
      const tied = sorted.slice(start, end).sort(compare);
      for (const [index, item] of tied.entries()) sorted[start + index] = item;
    }
    start = end;
  }
  return sorted;
}

function numbersFromZero<T>(items: readonly T[], numberOf: (item: T) => number | null): Float64Array {
  const numbers = new Float64Array(items.length);
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < items.length; index++) {
    const number = numberOf(items[index] as T) ?? Number.NaN;
    numbers[index] = number;
    if (number < least) least = number;
    if (number > most) most = number;
  }
  const last = most >= least ? most - least + 1 : 0;
  for (let index = 0; index < numbers.length; index++) {
    const number = numbers[index] ?? Number.NaN;
    numbers[index] = Number.isNaN(number) ? last : number - least;
  }
  return numbers;
}

/** The positions in order of their whole, non-negative numbers. */
function orderOf(numbers: Float64Array): Uint32Array {
  let most = 0;
  let order = new Uint32Array(numbers.length);
  for (let index = 0; index < numbers.length; index++) {
    most = Math.max(most, numbers[index] ?? 0);
    order[index] = index;
  }
  let other = new Uint32Array(numbers.length);
  for (let unit = 1; unit <= most; unit *= DIGIT) {
    const starts = new Uint32Array(DIGIT + 1);
    const digitOf = (index: number) => Math.floor((numbers[index] ?? 0) / unit) % DIGIT;
    for (let at = 0; at < order.length; at++) {
      const place = digitOf(at) + 1;
      starts[place] = (starts[place] ?? 0) + 1;
    }
    for (let digit = 1; digit <= DIGIT; digit++)
      starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
    for (let at = 0; at < order.length; at++) {
      const index = order[at] ?? 0;
      const digit = digitOf(index);
      const place = starts[digit] ?? 0;
      other[place] = index;
      starts[digit] = place + 1;
    }
    [order, other] = [other, order];
  }
  return order;
}
