/** A body as its paths and types, without its values; a pair is told by its key, the order does not count. */
export function shapeOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => shapeOf(each, `${path}[]`)).toSorted();
  if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`];
  const { Key, Name, ...rest } = value as Record<string, unknown>;
  const name = Key ?? Name;
  if (typeof name === 'string') return [`${path}<${name}>`, ...shapeOf(rest, `${path}<${name}>`)].toSorted();
  return Object.entries(value)
    .flatMap(([key, each]) => shapeOf(each, `${path}.${key}`))
    .toSorted();
}
