/** A list that is written item by item, so that a million matches are never one text. */
export type JsonList = { readonly items: Iterable<unknown> };

/** What a terminal acts on or does not show, beyond what JSON escapes by itself. */
const UNSEEN = /[\u007f-\u009f\u2028\u2029\ufff9-\ufffb\p{Default_Ignorable_Code_Point}]/gu;

/** A value as JSON on one line, with nothing in it that is not seen: such characters are escaped. */
export function toJsonText(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return text.replace(UNSEEN, (char) =>
    char
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** One JSON object in pieces: a line a plain value, a line an item of a list. */
export function* writeJson(parts: Readonly<Record<string, unknown | JsonList>>): Generator<string> {
  let before = '{\n';
  for (const [name, part] of Object.entries(parts)) {
    yield `${before}  ${toJsonText(name)}: `;
    before = ',\n';
    if (isList(part)) yield* writeList(part.items);
    else yield toJsonText(part);
  }
  yield before === '{\n' ? '{}\n' : '\n}\n';
}

function isList(part: unknown): part is JsonList {
  return typeof part === 'object' && part !== null && 'items' in part;
}

function* writeList(items: Iterable<unknown>): Generator<string> {
  let before = '[\n    ';
  for (const item of items) {
    yield `${before}${toJsonText(item)}`;
    before = ',\n    ';
  }
  yield before === '[\n    ' ? '[]' : '\n  ]';
}
