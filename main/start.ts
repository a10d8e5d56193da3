import { fileURLToPath } from 'node:url';
import { build, isBuildStale } from './start/build.ts';
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
/** A window that ends this soon, and not by choice, never really opened. */
const STARTING_MS = 10_000;

const parsed = readStartOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
if (!parsed.ok) {
  tell('start.bad-option', { problem: parsed.problem });
  process.exitCode = 2;
} else if (parsed.options.isHelp) tell('start.help');
else {
  stopChildrenOnSignals();
  process.exitCode = await start(parsed.options);
}

/** `npm start`: builds what is out of date, opens the window, or the browser where a window cannot be had. */
async function start(options: StartOptions): Promise<number> {
  if (isBuildStale(root)) {
    tell('start.building');
    if (!(await build(root))) {
      if (!isBeingStopped()) tell('start.build-failed');
      return 1;
    }
  }
  const code = options.isPreview ? null : await openWindow(options);
  return code ?? openPreview(options);
}

/** The exit code of the window, or null when it could not be opened, which has been said then. */
async function openWindow(options: StartOptions): Promise<number | null> {
  if (!hasDisplay(process.platform, process.env)) {
    tell('start.no-display');
    return null;
  }
  if (mustFetchElectron(root, process.env)) tell('start.fetching');
  const runtime = await findElectron(root);
  if (!runtime.ok) {
    tell('start.no-runtime', { why: runtime.why });
    return null;
  }
  const startedAt = Date.now();
  const code = await runChild(runtime.executable, [root, ...toWindowArguments(options)], { cwd: root });
  if (code === 0 || isBeingStopped() || Date.now() - startedAt > STARTING_MS) return code;
  tell('start.window-failed', { code });
  return null;
}

function openPreview(options: StartOptions): Promise<number> {
  const serve = fileURLToPath(new URL('preview/serve.ts', import.meta.url));
  return runChild(process.execPath, [serve, ...toPreviewArguments(options)], { cwd: root });
}
