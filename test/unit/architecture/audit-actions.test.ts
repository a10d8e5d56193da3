import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { type ActionWords, AUDIT_ACTIONS, AUDIT_FIELDS } from '#shared/domain/audit/actions.ts';
import { auditArea } from '#shared/ipc/audit-channels.ts';
import { type Node, nodesIn, ROOT, readSources, type Source } from '#test/helpers/sources.ts';

const read = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(ROOT, `shared/text/${language}.json`), 'utf8'));
const catalogues = { en: read('en'), sw: read('sw') };
const sources = readSources(['main']);
const ACTION = /^[a-z]+(-[a-z]+)*\.[a-z-]+$/;
/** Who does a step names its action without the area that it is recorded under. */
const STEP_DOERS = new Set(['doStep', 'doRuleStep']);

function calls(source: Source): { callee: string; args: Node[] }[] {
  return [...nodesIn(source.program)].flatMap((node) => {
    if (node.type !== 'CallExpression') return [];
    const callee = node.callee as Node & { name?: string; property?: { name?: string } };
    return [{ callee: callee.name ?? callee.property?.name ?? '', args: node.arguments as Node[] }];
  });
}

function textOf(node: Node | undefined): string | null {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : null;
}

/** Texts of a file that have the form of an act and are not the id of a sentence. */
function actLike(source: Source): string[] {
  const said = new Set(calls(source).flatMap(({ callee, args }) => (callee === 'say' ? [args[0]] : [])));
  return [...nodesIn(source.program)].flatMap((node) => {
    const text = textOf(node);
    return text !== null && ACTION.test(text) && !said.has(node) ? [text] : [];
  });
}

/**
 * Every act of the program: the literals that `act` is given; where it is given a name, the texts of that file that
 * have the form of an act; and the steps of people, under `reconcile`.
 */
function findActs(): { action: string; where: string }[] {
  return sources.flatMap((source) =>
    calls(source).flatMap(({ callee, args }) => {
      if (STEP_DOERS.has(callee)) {
        const step = textOf(args[2]);
        return step === null ? [] : [{ action: `reconcile.${step}`, where: source.path }];
      }
      const noted = callee === 'note' ? textOf(args[0]) : null;
      if (noted !== null && ACTION.test(noted)) return [{ action: noted, where: source.path }];
      if (callee !== 'act' || args.length < 4) return [];
      const literal = textOf(args[1]);
      if (literal !== null) return [{ action: literal, where: source.path }];
      if (args[1]?.type === 'TemplateLiteral') return [];
      return actLike(source).map((action) => ({ action, where: source.path }));
    }),
  );
}

const acts = findActs();

test('there is something to check', () => {
  expect(new Set(acts.map(({ action }) => action)).size).toBeGreaterThan(50);
});

test('every act of the program has its words and its area, and every word an act', () => {
  const missing = acts.filter(({ action }) => !Object.hasOwn(AUDIT_ACTIONS, action));
  expect(missing.map(({ action, where }) => `${action} (${where})`)).toEqual([]);
  const done = new Set(acts.map(({ action }) => action));
  expect(Object.keys(AUDIT_ACTIONS).filter((action) => !done.has(action))).toEqual([]);
});

test('what an act says of before and after has words', () => {
  const unknown = sources.flatMap((source) =>
    [...nodesIn(source.program)].flatMap((node) => {
      if (node.type !== 'Property') return [];
      const key = node.key as { name?: string };
      const value = node.value as Node;
      if (key.name !== 'before' && key.name !== 'after') return [];
      // Elsewhere the same names mean other things: only in what `act` is given do they mean a change.
      return isInDetails(source, node) && value.type === 'ObjectExpression' ? fieldsOf(value) : [];
    }),
  );
  expect([...new Set(unknown)].filter((field) => !Object.hasOwn(AUDIT_FIELDS, field))).toEqual([]);
});

function isInDetails(source: Source, property: Node): boolean {
  return [...nodesIn(source.program)].some((node) => {
    const key = node.key as { name?: string } | undefined;
    return node.type === 'Property' && key?.name === 'details' && [...nodesIn(node.value)].includes(property);
  });
}

/** Names of the fields that are said one by one; a part that is an object of its own is told by its parts. */
function fieldsOf(object: Node): string[] {
  return (object.properties as Node[]).flatMap((part) => {
    if (part.type !== 'Property' || part.computed === true) return [];
    const key = part.key as { name?: string; value?: string };
    return (part.value as Node).type === 'ObjectExpression'
      ? fieldsOf(part.value as Node)
      : [key.name ?? key.value ?? ''];
  });
}

test('the areas are those of the contract', () => {
  const known: readonly string[] = auditArea.options;
  const areas = new Set(Object.values(AUDIT_ACTIONS).map(({ area }) => area as string));
  expect([...areas].filter((area) => !known.includes(area))).toEqual([]);
});

describe.each(['en', 'sw'] as const)('in %s', (language) => {
  const catalogue = catalogues[language];

  test.each(Object.entries(AUDIT_ACTIONS) as [string, ActionWords][])('%s is a sentence', (action, words) => {
    const sentence = catalogue[`audit.what.${action}`];
    expect(sentence).toBeDefined();
    const values = Object.keys(words.values ?? {}).map((name) => [name, 2]);
    expect(new IntlMessageFormat(sentence ?? '', language).format(Object.fromEntries(values))).not.toBe('');
  });

  test.each(Object.keys(AUDIT_FIELDS))('the field %s has a name', (field) => {
    expect(catalogue[`audit.field.${field}`]).toBeDefined();
  });
});
