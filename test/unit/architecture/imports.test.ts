import { describe, expect, test } from 'vitest';
import { packageOf, readSources, resolveImport, type Source } from '#test/helpers/sources.ts';

const sources = readSources(['main', 'renderer', 'relay/src', 'shared', 'test/daraja-simulator']);
const byPath = new Map(sources.map((source) => [source.path, source]));

/** Opens what surrounds the shop of the demo. */
const WORLD = 'main/demo/open-demo-world.ts';

/** What the relay takes of Node. It calls nobody: no client of HTTP, no process, no thread. */
const RELAY_BUILT_IN = ['node:crypto', 'node:fs', 'node:net', 'node:path', 'node:util'];

/**
 * Dependencies point one way. The longest prefix that fits a file rules it. `files` are what it may import
 * of the project, `packages` what it may import of others; null = anything.
 */
const LAYERS: Readonly<
  Record<string, { files: readonly string[] | null; packages: readonly string[] | null }>
> = {
  'shared/domain/': { files: ['shared/domain/'], packages: [] },
  'shared/text/': { files: ['shared/domain/', 'shared/text/'], packages: ['intl-messageformat'] },
  'shared/ipc/': { files: ['shared/domain/', 'shared/ipc/'], packages: ['zod'] },
  'renderer/': { files: ['renderer/', 'shared/'], packages: null },
  // SECURITY: the page of the dangerous button holds no library and nothing of the other page; types from shared alone.
  'renderer/approval/': { files: ['renderer/approval/', 'shared/ipc/'], packages: [] },
  'renderer/components/': {
    files: ['renderer/components/', 'renderer/lib/', 'renderer/app/theme', 'shared/'],
    packages: null,
  },
  'main/db/': { files: ['main/db/', 'shared/'], packages: null },
  'main/vault/': { files: ['main/vault/', 'shared/'], packages: null },
  // The version of the readers is that of the program.
  'main/readers/': { files: ['main/readers/', 'shared/', 'package.json'], packages: null },
  'main/access/': {
    files: ['main/access/', 'main/audit/ed25519.ts', 'main/db/', 'main/ipc/session.ts', 'assets/', 'shared/'],
    packages: null,
  },
  'main/log/': { files: ['main/log/', 'shared/'], packages: null },
  'main/daraja/': { files: ['main/daraja/', 'assets/', 'shared/'], packages: null },
  'main/inbox/': { files: ['main/inbox/', 'shared/'], packages: null },
  'main/ipc/': { files: ['main/ipc/', 'main/log/', 'shared/'], packages: null },
  'main/pages/': { files: ['main/pages/'], packages: null },
  'main/preload/': { files: ['main/preload/', 'shared/'], packages: ['electron'] },
  'main/audit/': {
    files: ['main/audit/', 'main/db/', 'main/vault/', 'main/log/', 'shared/'],
    packages: null,
  },
  'main/work/': {
    files: ['main/work/', 'main/readers/', 'main/audit/', 'main/db/', 'main/log/', 'shared/'],
    packages: null,
  },
  'main/services/': {
    files: [
      'main/services/',
      'main/access/',
      'main/audit/',
      'main/db/',
      'main/daraja/',
      'main/vault/',
      'main/inbox/',
      'main/readers/',
      'main/log/',
      'main/work/',
      'main/ipc/session.ts',
      'main/ipc/router.ts',
      'main/ipc/events.ts',
      'main/ipc/bug.ts',
      'shared/',
    ],
    packages: null,
  },
  'main/': { files: ['main/', 'shared/'], packages: null },
  // ADR 33: the one file of the program that loads what is none of it.
  [WORLD]: { files: ['shared/', 'test/daraja-simulator/', 'relay/src/'], packages: ['node:fs', 'node:path'] },
  // Loaded by the demo, so it is held to what the demo can have: no test library, no part of the core.
  'test/daraja-simulator/': {
    files: ['test/daraja-simulator/', 'main/demo/', 'shared/domain/'],
    packages: ['node:crypto', 'node:http', 'node:https', 'node:net', 'node:util'],
  },
  'relay/src/': {
    files: ['relay/src/', 'relay/package.json', 'shared/domain/relay/'],
    packages: ['fastify', 'libsodium-wrappers', 'zod'].concat(RELAY_BUILT_IN),
  },
  'relay/src/storage/': {
    files: ['relay/src/storage/', 'shared/domain/relay/'],
    packages: ['better-sqlite3'],
  },
};

/** Packages with one door: which folders or files may import them. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  electron: ['main/electron/', 'main/preload/', 'main/main.ts'],
  'better-sqlite3': ['main/db/', 'relay/src/storage/'],
  fastify: ['relay/src/'],
  'libsodium-wrappers': ['main/inbox/', 'relay/src/seal.ts'],
  keytar: ['main/vault/'],
  '@node-rs/argon2': ['main/access/'],
  otpauth: ['main/access/'],
  axios: ['main/daraja/', 'main/inbox/'],
  pino: ['main/log/'],
  ws: ['main/preview/'],
  vite: ['main/dev.ts', 'main/renderer.vite.config.ts'],
  'electron-vite': ['main/electron.vite.config.ts'],
  react: ['renderer/'],
  'react-dom': ['renderer/'],
};

function layerOf(path: string) {
  const prefix = Object.keys(LAYERS)
    .filter((each) => path.startsWith(each))
    .sort((a, b) => b.length - a.length)[0];
  if (prefix === undefined) throw new Error(`no layer for ${path}`);
  return { prefix, ...(LAYERS[prefix] ?? { files: [], packages: [] }) };
}

function* importsOf(source: Source) {
  for (const each of source.imports) yield { ...each, file: resolveImport(source.path, each.specifier) };
}

test('there is something to check', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.flatMap((source) => source.imports).length).toBeGreaterThan(300);
});

test('every import of the project names a file that exists, with its extension', () => {
  const broken: string[] = [];
  for (const source of sources) {
    for (const { file, specifier } of importsOf(source)) {
      const isOther = file === null || /\.(css|json|svg)$/.test(file);
      if (!isOther && !byPath.has(file)) broken.push(`${source.path} → ${specifier}`);
    }
  }
  expect(broken).toEqual([]);
});

test('dependencies point one way', () => {
  const wrong: string[] = [];
  for (const source of sources) {
    const layer = layerOf(source.path);
    for (const { file, specifier } of importsOf(source)) {
      if (file === null) {
        const name = packageOf(specifier);
        if (layer.packages !== null && !layer.packages.includes(name)) wrong.push(`${source.path} → ${name}`);
      } else if (layer.files !== null && !layer.files.some((allowed) => file.startsWith(allowed))) {
        wrong.push(`${source.path} → ${file}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('the pages and shared run without Node', () => {
  const wrong = sources
    .filter((source) => /^(renderer|shared)\//.test(source.path))
    .flatMap((source) => source.imports.map((each) => `${source.path} → ${each.specifier}`))
    .filter((line) => line.includes('→ node:'));
  expect(wrong).toEqual([]);
});

test('packages with one door are imported through it alone', () => {
  const wrong: string[] = [];
  const used = new Set<string>();
  for (const source of sources) {
    for (const { file, specifier } of importsOf(source)) {
      if (file !== null) continue;
      const name = packageOf(specifier);
      const doors = DOORS[name];
      if (doors === undefined) continue;
      used.add(name);
      if (!doors.some((door) => source.path.startsWith(door))) wrong.push(`${source.path} → ${name}`);
    }
  }
  expect(wrong).toEqual([]);
  expect([...used]).toEqual(
    expect.arrayContaining(['electron', 'better-sqlite3', 'keytar', 'react', 'ws', 'pino']),
  );
});

test('nobody imports an entry', () => {
  const entries = new Set([
    'main/main.ts',
    'main/cli.ts',
    'main/start.ts',
    'main/dev.ts',
    'main/preview/serve.ts',
    'relay/src/main.ts',
  ]);
  const wrong = sources.flatMap((source) =>
    [...importsOf(source)]
      .filter(({ file }) => file !== null && entries.has(file))
      .map(({ file }) => `${source.path} → ${file}`),
  );
  expect(wrong).toEqual([]);
});

test('no file needs itself to load', () => {
  const loadedBy = (path: string): string[] =>
    [...importsOf(byPath.get(path) ?? { path, text: '', imports: [], program: { type: '' } })]
      .filter(({ file, isType, isDynamic }) => file !== null && !isType && !isDynamic && byPath.has(file))
      .map(({ file }) => file as string);
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]) => {
    if (trail.includes(path)) {
      circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    if (done.has(path)) return;
    for (const next of loadedBy(path)) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of byPath.keys()) visit(path, []);
  expect(circles).toEqual([]);
});

describe('what is packaged', () => {
  /** Everything an entry can load; dynamic imports too, unless left out. What is behind `closed` is not looked at. */
  function reach(entry: string, { withDynamic = true, closed = [] as readonly string[] } = {}): Set<string> {
    const reached = new Set<string>();
    const waiting = [entry];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const source = byPath.get(path);
      if (source === undefined || reached.has(path) || closed.includes(path)) continue;
      reached.add(path);
      for (const { file, isType, isDynamic } of importsOf(source)) {
        if (file !== null && !isType && (withDynamic || !isDynamic)) waiting.push(file);
      }
    }
    return reached;
  }

  test.each(['main/main.ts', 'main/work/worker.ts', 'main/preload/app.ts', 'renderer/main.tsx'])(
    '%s reaches neither the preview host, the start scripts, the command line, the relay nor a test, but for the demo',
    (entry) => {
      const reached = [...reach(entry, { closed: [WORLD] })];
      expect(reached).toContain(entry);
      expect(
        reached.filter((path) => /^(main\/(preview|start|cli)|main\/dev\.ts|relay\/|test\/)/.test(path)),
      ).toEqual([]);
    },
  );

  test('the demo is loaded only when it is asked for, so that a package can do without it', () => {
    const demo = (paths: Iterable<string>) => [...paths].filter((path) => path.startsWith('main/demo/'));
    expect(demo(reach('main/main.ts', { withDynamic: false }))).toEqual([]);
    expect(demo(reach('main/work/worker.ts'))).toEqual([]);
    expect(demo(reach('main/main.ts'))).not.toEqual([]);
  });

  test('only the surroundings of the demo load the simulator and the relay, and only the demo loads those', () => {
    const outside = (path: string) => /^(test|relay)\//.test(path);
    const importers = (wanted: (path: string) => boolean) =>
      sources
        .filter(({ path }) => path.startsWith('main/'))
        .filter((source) => [...importsOf(source)].some(({ file }) => file !== null && wanted(file)))
        .map(({ path }) => path);
    expect(importers(outside)).toEqual([WORLD]);
    expect(importers((path) => path === WORLD).filter((path) => !path.startsWith('main/demo/'))).toEqual([]);
    const world = [...reach(WORLD)].filter(outside);
    expect(world).toEqual(
      expect.arrayContaining(['test/daraja-simulator/simulator.ts', 'relay/src/serve.ts']),
    );
    // Of the tests nothing but the simulator, and no entry of the relay.
    expect(world.filter((path) => !/^(test\/daraja-simulator|relay\/src)\//.test(path))).toEqual([]);
  });

  test('a page never loads zod: the preload and the renderer know names, main knows schemas', () => {
    const loaded = [...reach('main/preload/app.ts'), ...reach('renderer/main.tsx')];
    const withZod = loaded.filter((path) =>
      byPath.get(path)?.imports.some((each) => !each.isType && each.specifier === 'zod'),
    );
    expect(withZod).toEqual([]);
  });
});
