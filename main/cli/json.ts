/** A list that is written item by item, so that a million matches are never one text. */
export type JsonList = { readonly items: Iterable<unknown> };

/** One JSON object in pieces: a line a plain value, a line an item of a list. */
export function* writeJson(parts: Readonly<Record<string, unknown | JsonList>>): Generator<string> {
  let before = '{\n';
  for (const [name, part] of Object.entries(parts)) {
    yield `${before}  ${JSON.stringify(name)}: `;
    before = ',\n';
    if (isList(part)) yield* writeList(part.items);
    else yield JSON.stringify(part);
  }
  yield before === '{\n' ? '{}\n' : '\n}\n';
}

function isList(part: unknown): part is JsonList {
  return typeof part === 'object' && part !== null && 'items' in part;
}

function* writeList(items: Iterable<unknown>): Generator<string> {
  let before = '[\n    ';
  for (const item of items) {
    yield `${before}${JSON.stringify(item)}`;
    before = ',\n    ';
  }
  yield before === '[\n    ' ? '[]' : '\n  ]';
}
