import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { expect, test } from 'vitest';
import { filesUnder, type Node, nodesIn, ROOT, readSources, toProjectPath } from '#test/helpers/sources.ts';

const files = ['main', 'renderer', 'relay/src', 'shared', 'test'].flatMap((folder) =>
  filesUnder(join(ROOT, folder)),
);
const code = files.filter((file) => /\.(ts|tsx|css)$/.test(file));
const paths = code.map(toProjectPath);

test('no file is longer than 400 lines', () => {
  expect(code.length).toBeGreaterThan(150);
  const long = code
    .filter((file) => readFileSync(file, 'utf8').trimEnd().split('\n').length > 400)
    .map(toProjectPath);
  expect(long).toEqual([]);
});

test('no file is a drawer for odds and ends', () => {
  const drawers = paths.filter(
    (path) =>
      !path.startsWith('test/') && /(^|[/.-])(utils?|helpers?|manager|common|misc)([/.-]|$)/i.test(path),
  );
  expect(drawers).toEqual([]);
});

test('components are named like components, everything else in kebab-case', () => {
  const misnamed = paths.filter((path) => {
    const name = basename(path).split('.')[0] ?? '';
    const isComponent =
      path.startsWith('renderer/') && (extname(path) === '.tsx' || path.endsWith('.module.css'));
    const isKebab = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
    return !(isKebab || (isComponent && /^[A-Z][A-Za-z0-9]*$/.test(name)));
  });
  expect(misnamed).toEqual([]);
});

/** True for SQL that is put together from values, instead of having them bound. */
function isBuilt(argument: Node | undefined): boolean {
  if (argument === undefined) return false;
  if (argument.type === 'TemplateLiteral')
    return Array.isArray(argument.expressions) && argument.expressions.length > 0;
  return argument.type === 'BinaryExpression' && argument.operator === '+';
}

test('SQL is prepared whole, with bound values', () => {
  const built: string[] = [];
  let seen = 0;
  for (const source of readSources(['main', 'relay/src'])) {
    for (const node of nodesIn(source.program)) {
      if (node.type !== 'CallExpression') continue;
      const callee = node.callee as Node;
      const name = ((callee.property ?? {}) as { name?: string }).name;
      const isSql =
        name === 'prepare' || (name === 'exec' && /^(main\/db|relay\/src\/storage)\//.test(source.path));
      if (!isSql) continue;
      seen += 1;
      if (isBuilt((node.arguments as Node[])[0])) {
        const line = source.text.slice(0, Number(node.start)).split('\n').length;
        built.push(`${source.path}:${line}`);
      }
    }
  }
  expect(seen).toBeGreaterThan(10);
  expect(built).toEqual([]);
});

test('nothing points out of the project: no absolute path of a machine, no loose end', () => {
  const words = [
    /['"`]\/(home|Users|work)\//,
    /\bTODO\b/,
    /\bFIXME\b/,
    /@ts-(ignore|nocheck|expect-error)/,
    /dangerouslySetInnerHTML/,
  ];
  const found: string[] = [];
  for (const source of readSources(['main', 'renderer', 'relay/src', 'shared'])) {
    for (const word of words) if (word.test(source.text)) found.push(`${source.path}: ${word.source}`);
  }
  expect(found).toEqual([]);
});
