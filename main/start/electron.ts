import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export type Runtime =
  | { readonly ok: true; readonly executable: string }
  | { readonly ok: false; readonly why: string };

const FETCH_LIMIT_MS = 15 * 60_000;

/** True when the next start must fetch Electron first, which takes a while. */
export function mustFetchElectron(root: string, env: NodeJS.ProcessEnv): boolean {
  return (
    env.ELECTRON_OVERRIDE_DIST_PATH === undefined && !existsSync(join(root, 'node_modules/electron/path.txt'))
  );
}

/**
 * Finds Electron's executable, fetching it when it is not there yet: the package does that when it is first
 * required. In a process of its own, so that a failure is one sentence and not a stack.
 */
export function findElectron(root: string): Promise<Runtime> {
  const script = `process.stdout.write('\\n' + require('electron'))`;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--eval', script],
      { cwd: root, timeout: FETCH_LIMIT_MS, encoding: 'utf8' },
      (error, stdout, stderr) => {
        const executable = stdout.split('\n').at(-1) ?? '';
        if (error !== null) resolve({ ok: false, why: causeIn(stderr, error) });
        else if (!existsSync(executable)) resolve({ ok: false, why: `${executable} is not there` });
        else resolve({ ok: true, executable });
      },
    );
  });
}

/** The first error that the fetch reported, without its stack. */
function causeIn(stderr: string, error: Error): string {
  return /^\w*Error: (.*)$/m.exec(stderr)?.[1] ?? error.message.split('\n')[0] ?? error.message;
}

/** Windows and macOS always have a screen; on Linux the session says so. */
export function hasDisplay(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  if (platform !== 'linux') return true;
  return Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}
