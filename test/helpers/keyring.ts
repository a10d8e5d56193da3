import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CliRun } from './run-cli.ts';

/** Why a real keyring cannot be tried here; null when it can. */
export function whyNoKeyring(): string | null {
  if (process.platform !== 'linux') return 'needs Linux: the keyring is started for the test alone';
  for (const program of ['dbus-run-session', 'gnome-keyring-daemon'])
    if (spawnSync(program, ['--version'], { stdio: 'ignore' }).error)
      return `needs a Secret Service: ${program} is not installed`;
  return null;
}

/** Runs one program with a real, unlocked keyring whose items live in `folder`: they are there again the next time. */
export function runWithKeyring(
  folder: string,
  args: readonly string[],
  given: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<CliRun> {
  const home = join(folder, 'home');
  mkdirSync(join(home, 'run'), { recursive: true, mode: 0o700 });
  const script = join(home, 'unlocked.sh');
  writeFileSync(
    script,
    `printf %s test-only | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1\nexec "$@"\n`,
  );
  const env = {
    ...process.env,
    HOME: home,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_RUNTIME_DIR: join(home, 'run'),
    INIT_CWD: undefined,
    ...given.env,
  };
  return new Promise((resolve, reject) => {
    const child = spawn('dbus-run-session', ['--', 'sh', script, process.execPath, ...args], {
      cwd: folder,
      env,
    });
    const read = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      read.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      read.err += text;
    });
    child.stdin.end(given.input ?? '');
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...read }));
  });
}
