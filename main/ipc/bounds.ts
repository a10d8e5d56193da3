const MAX_DEPTH = 8;
const MAX_VALUES = 20_000;
const MAX_CHARACTERS = 1_000_000;

/**
 * True for a tree of plain JSON values of a sane size. It runs before the schema, so that an answer to a huge or
 * hostile input costs little whatever the schema is.
 */
export function isPlainAndBounded(input: unknown): boolean {
  let values = 0;
  let characters = 0;
  const waiting: { value: unknown; depth: number }[] = [{ value: input, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, depth } = next;
    values += 1;
    if (values > MAX_VALUES || depth > MAX_DEPTH) return false;
    if (typeof value === 'string') characters += value.length;
    else if (Array.isArray(value)) {
      if (value.length > MAX_VALUES) return false;
      for (const item of value) waiting.push({ value: item, depth: depth + 1 });
    } else if (typeof value === 'object' && value !== null) {
      if (!isPlain(value)) return false;
      for (const [key, item] of Object.entries(value)) {
        if (key === '__proto__') return false;
        characters += key.length;
        waiting.push({ value: item, depth: depth + 1 });
        if (waiting.length > MAX_VALUES) return false;
      }
    } else if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint')
      return false;
    if (characters > MAX_CHARACTERS) return false;
  }
  return true;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
