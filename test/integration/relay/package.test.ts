import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { ROOT } from '#test/helpers/sources.ts';

const load = createRequire(import.meta.url);

type Module = { readonly name: string; readonly dependencies?: readonly Module[] };
type Collector = {
  readonly getNodeModules: (app: { packageName: string }) => Promise<{ nodeModules: readonly Module[] }>;
};

/** What electron-builder itself would put into the package, beside what was built. */
async function collectModules(): Promise<string[]> {
  const { getCollectorByPackageManager, PM } = load('app-builder-lib/out/node-module-collector');
  const { TmpDir } = load('builder-util');
  const temp = new TmpDir('daftari-package');
  try {
    const collector: Collector = getCollectorByPackageManager(PM.NPM, ROOT, temp);
    return namesOf((await collector.getNodeModules({ packageName: 'daftari' })).nodeModules);
  } finally {
    await temp.cleanup();
  }
}

function namesOf(modules: readonly Module[]): string[] {
  return modules.flatMap(({ name, dependencies = [] }) => [name, ...namesOf(dependencies)]);
}

test('the app is packaged without the relay, and without what only the relay needs', async () => {
  const names = await collectModules();
  expect(names).toEqual(expect.arrayContaining(['better-sqlite3', 'keytar', 'zod']));
  expect(
    names.filter((name) => /^(daftari-relay|fastify|@fastify\/.*|find-my-way|avvio)$/.test(name)),
  ).toEqual([]);
});
