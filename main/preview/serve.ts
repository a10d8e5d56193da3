import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openApp } from '#main/app.ts';
import { openLog } from '#main/log/log.ts';
import { dataFolder } from '#main/start/data-folder.ts';
import { readStartOptions, type StartOptions } from '#main/start/options.ts';
import { tell } from '#main/start/tell.ts';
import { openKeychain } from '#main/vault/keychain-vault.ts';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import { readVersion } from '../version.ts';
import { chooseBooks } from './choose-books.ts';
import { startPreviewHost } from './host.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const parsed = readStartOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
if (!parsed.ok) {
  tell('start.bad-option', { problem: parsed.problem });
  process.exitCode = 2;
} else process.exitCode = await serve(parsed.options);

/** The process behind the browser: it serves until it is told to stop. Resolves with its exit code. */
async function serve(options: StartOptions): Promise<number> {
  const books = chooseBooks(options, dataFolder(process.platform, process.env, homedir()));
  if (books.type === 'refused') {
    tell(books.why.id, books.why.values);
    return 2;
  }
  const isDemo = books.type === 'demo';
  if (isDemo && !books.wasAsked) tell('start.demo-only');
  const stop = toldToStop();
  const log = openLog(null);
  const throwAway = isDemo ? mkdtempSync(join(tmpdir(), 'daftari-demo-')) : null;
  const core = await openApp({
    profile: throwAway ?? (books.type === 'profile' ? books.folder : ''),
    host: 'preview',
    vault: isDemo ? openMemoryVault() : openKeychain(),
    workerUrl: new URL('../work/worker.ts', import.meta.url),
    demo: isDemo,
    sandbox: books.type === 'profile' && books.isSandbox,
    isPackaged: false,
    version: readVersion(),
  });
  try {
    const host = await startPreviewHost({
      core,
      pages: join(root, 'out/renderer'),
      devServer: options.devServer,
      port: options.port,
      log,
      onSpent: (address) => tell('start.address-spent', { address }),
    });
    tell('start.address', { address: host.address() });
    tell('start.stop');
    await stop;
    await host.close();
    return 0;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    tell('start.port-taken', { port: String(options.port) });
    return 2;
  } finally {
    await core.close();
    if (throwAway !== null) rmSync(throwAway, { recursive: true, force: true, maxRetries: 3 });
  }
}

function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
}
