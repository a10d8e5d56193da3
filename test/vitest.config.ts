import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/** unit: pure or in-process; db: a real encrypted ledger; ipc: the router; integration: other processes, the keychain. */
const TIERS = ['unit', 'db', 'ipc', 'integration'];

export default defineConfig({
  root,
  // The project may be read-only to whoever runs the tests.
  cacheDir: join(tmpdir(), 'daftari-vitest'),
  test: {
    // Two tests that each start processes on a small machine are slower side by side than in turn.
    maxWorkers: 2,
    // V8's protection of its code pages by hardware keys aborts now and then where threads come and go by the hundred
    // (`Check failed: jit_page.has_value()`, nodejs/node#64500). A test file opens and closes dozens of shops, each with
    // its threads; the program opens one.
    execArgv: ['--no-memory-protection-keys'],
    projects: TIERS.map((name) => ({
      root,
      test: {
        name,
        include: [`test/${name}/**/*.test.{ts,tsx}`],
        testTimeout: name === 'integration' ? 120_000 : 30_000,
      },
    })),
  },
});
