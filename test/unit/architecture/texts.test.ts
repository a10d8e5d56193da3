import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { type Node, nodesIn, ROOT, readSources } from '#test/helpers/sources.ts';

type Catalogue = Readonly<Record<string, string>>;
const read = (language: string): Catalogue =>
  JSON.parse(readFileSync(join(ROOT, `shared/text/${language}.json`), 'utf8'));
const catalogues = { en: read('en'), sw: read('sw') };
const { en, sw } = catalogues;
const sources = readSources(['main', 'renderer', 'shared']);

/** Sentences that are rightly the same in both languages: names, numbers and codes. */
const SAME_IN_BOTH: readonly string[] = [
  'app.till',
  'approval.amount',
  'approval.value.sale',
  'audit.value.text',
  'cli.summary.day',
  'explain.kes',
  'explain.row',
  'nav.safaricom',
  'sales.tender-mpesa',
  'settings.version',
  'statements.code-checked-by',
];

const SPEAKERS = new Set(['say', 't', 'tell']);

/** The ids that are handed to `say`, `t` and `tell` as literals, with where. */
const spoken: { id: string; where: string }[] = [];
/** Every literal and every template of the sources: an id may also sit in a table. */
const literals = new Set<string>();
const templates: RegExp[] = [];

for (const source of sources) {
  for (const node of nodesIn(source.program)) {
    if (node.type === 'Literal' && typeof node.value === 'string') literals.add(node.value);
    if (node.type === 'TemplateLiteral') {
      const parts = (node.quasis as { value: { cooked: string } }[]).map((part) => part.value.cooked);
      if (/^[a-z][a-z-]*\./.test(parts[0] ?? ''))
        templates.push(new RegExp(`^${parts.map(escapePattern).join('.+')}$`));
    }
    if (node.type !== 'CallExpression' || !SPEAKERS.has(String((node.callee as { name?: string }).name)))
      continue;
    for (const id of idsIn((node.arguments as Node[])[0])) spoken.push({ id, where: source.path });
  }
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function idsIn(argument: Node | undefined): string[] {
  if (argument?.type === 'Literal' && typeof argument.value === 'string') return [argument.value];
  if (argument?.type === 'ConditionalExpression') {
    return [...idsIn(argument.consequent as Node), ...idsIn(argument.alternate as Node)];
  }
  return [];
}

/** The names of the values in a sentence, whichever way a plural or a choice goes. */
function valuesIn(sentence: string, language: string): string[] {
  const names = new Set<string>();
  const collect = (parts: readonly unknown[]) => {
    for (const part of parts as {
      type: number;
      value?: string;
      options?: Record<string, { value: unknown[] }>;
    }[]) {
      // 0 is literal text, 7 the number sign inside a plural.
      if (part.type !== 0 && part.type !== 7 && part.value !== undefined) names.add(part.value);
      for (const option of Object.values(part.options ?? {})) collect(option.value);
    }
  };
  collect(new IntlMessageFormat(sentence, language).getAst());
  return [...names].sort();
}

test('every sentence the code asks for exists', () => {
  expect(spoken.length).toBeGreaterThan(30);
  expect(spoken.filter(({ id }) => !(id in en)).map(({ id, where }) => `${id} (${where})`)).toEqual([]);
});

test('both languages have the same sentences, sorted', () => {
  expect(Object.keys(sw)).toEqual(Object.keys(en));
  expect(Object.keys(en)).toEqual([...Object.keys(en)].sort());
});

test('every sentence is used', () => {
  const unused = Object.keys(en).filter(
    (id) => !literals.has(id) && !templates.some((template) => template.test(id)),
  );
  expect(unused).toEqual([]);
});

describe.each(Object.keys(catalogues) as ('en' | 'sw')[])('in %s', (language) => {
  test.each(Object.entries(catalogues[language]))('%s can be read', (_, sentence) => {
    expect(sentence.trim()).not.toBe('');
    expect(() => valuesIn(sentence, language)).not.toThrow();
  });
});

test('a sentence takes the same values in both languages', () => {
  const different = Object.keys(en).filter(
    (id) => valuesIn(en[id] ?? '', 'en').join() !== valuesIn(sw[id] ?? '', 'sw').join(),
  );
  expect(different).toEqual([]);
});

test('a sentence is translated, unless it is the same in both languages by nature', () => {
  const same = Object.keys(en).filter((id) => en[id] === sw[id]);
  expect(same).toEqual(SAME_IN_BOTH);
});
