import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, session as sessions } from 'electron';
import { openApp } from './app.ts';
import { guardNavigation, guardSession } from './electron/guards.ts';
import { connectWindows } from './electron/ipc.ts';
import { quitCleanly, reportBugs } from './electron/lifecycle.ts';
import { setMenu } from './electron/menu.ts';
import { makeThrowAwayProfile, profileOf, readLaunchOptions } from './electron/options.ts';
import { followPower } from './electron/power.ts';
import { registerScheme, servePages } from './electron/protocol.ts';
import { createWindows } from './electron/windows.ts';
import { openLog } from './log/log.ts';
import { createPageSource } from './pages/page-source.ts';
import { openKeychain } from './vault/keychain-vault.ts';
import { openMemoryVault } from './vault/memory-vault.ts';

// SECURITY: before anything else, every renderer is sandboxed and `app://` is the only place pages come from.
app.enableSandbox();
registerScheme();

const built = import.meta.dirname;
const launch = readLaunchOptions(process.argv.slice(1), app.isPackaged);
const throwAway = launch.isDemo ? makeThrowAwayProfile() : null;
const data = app.getPath('userData');
const profile = throwAway?.folder ?? profileOf(launch, data);
// The browser's own files stay beside the books they belong to, so that two profiles never share a lock.
if (profile !== join(data, 'books')) app.setPath('userData', join(profile, 'browser'));

// Never awaited here: Electron becomes ready only after this file has run to its end.
if (app.requestSingleInstanceLock()) void start();
else app.quit();

async function start(): Promise<void> {
  const log = openLog(join(app.getPath('userData'), 'logs', 'window.log'));
  reportBugs(app, log);
  guardNavigation(app, log);
  await app.whenReady();

  const session = sessions.fromPartition('daftari', { cache: false });
  const devServer = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
  guardSession(session, { devServer });
  const folder = join(built, '../renderer');
  servePages(session, {
    main: createPageSource({ folder, devServer }),
    approval: createPageSource({ folder, devServer, page: 'approval' }),
  });
  setMenu(process.platform);

  const core = await openApp({
    profile,
    host: 'electron',
    vault: launch.isDemo ? openMemoryVault() : openKeychain(),
    workerUrl: pathToFileURL(join(built, 'worker.js')),
    demo: launch.isDemo,
    sandbox: launch.isSandbox,
    ...(launch.demoOrigin === null ? {} : { demoOrigin: launch.demoOrigin }),
    isPackaged: app.isPackaged,
    version: app.getVersion(),
  });
  const windows = createWindows({
    session,
    preloads: {
      main: join(built, '../preload/app.cjs'),
      approval: join(built, '../preload/approval.cjs'),
    },
    isPackaged: app.isPackaged,
    environment: core.environment,
    log,
  });
  connectWindows(core, windows);
  quitCleanly(app, core, log);
  followPower(core);
  // At the very end, because the browser keeps writing its own files until then.
  process.on('exit', () => throwAway?.remove());
  app.on('second-instance', () => windows.focusMain());
  windows.openMain();
}
