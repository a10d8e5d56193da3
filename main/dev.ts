import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { DEV_SERVER_PORT, rendererConfig } from './renderer.vite.config.ts';
import { isBeingStopped, runChild, stopChildrenOnSignals } from './start/children.ts';
import { findElectron, hasDisplay, mustFetchElectron } from './start/electron.ts';
import {
  readStartOptions,
  type StartOptions,
  toPreviewArguments,
  toWindowArguments,
} from './start/options.ts';
import { tell } from './start/tell.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const parsed = readStartOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
if (!parsed.ok) {
  tell('start.bad-option', { problem: parsed.problem });
  process.exitCode = 2;
} else if (parsed.options.isHelp) tell('start.help');
else {
  stopChildrenOnSignals();
  process.exitCode = await develop(parsed.options);
}

/** `npm run dev`: pages change as they are edited, the core restarts; in a window, or the browser without one. */
async function develop(options: StartOptions): Promise<number> {
  const executable = options.isPreview ? null : await findWindow();
  return executable === null ? developInBrowser(options) : developInWindow(executable, options);
}

async function findWindow(): Promise<string | null> {
  if (!hasDisplay(process.platform, process.env)) {
    tell('start.no-display');
    return null;
  }
  if (mustFetchElectron(root, process.env)) tell('start.fetching');
  const runtime = await findElectron(root);
  if (runtime.ok) return runtime.executable;
  tell('start.no-runtime', { why: runtime.why });
  return null;
}

function developInWindow(executable: string, options: StartOptions): Promise<number> {
  const cli = fileURLToPath(new URL('../node_modules/electron-vite/bin/electron-vite.js', import.meta.url));
  const args = [
    cli,
    'dev',
    '--watch',
    '--config',
    'main/electron.vite.config.ts',
    '--',
    ...toWindowArguments(options),
  ];
  // electron-vite would look for the executable in a place where Electron no longer puts it.
  return runChild(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ELECTRON_EXEC_PATH: executable },
  });
}

async function developInBrowser(options: StartOptions): Promise<number> {
  const pages = await createServer({ ...rendererConfig('serve'), configFile: false });
  await pages.listen();
  const serve = fileURLToPath(new URL('preview/serve.ts', import.meta.url));
  const devServer = `http://127.0.0.1:${DEV_SERVER_PORT}`;
  const args = [
    '--watch',
    '--watch-preserve-output',
    serve,
    ...toPreviewArguments({ ...options, devServer }),
  ];
  try {
    const code = await runChild(process.execPath, args, { cwd: root });
    return isBeingStopped() ? 0 : code;
  } finally {
    await pages.close();
  }
}
