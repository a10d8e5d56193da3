import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../main/cli.ts', import.meta.url));

export type CliRun = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs the real command line in a process of its own, as a person in `folder` would. */
export function runCli(
  args: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv = {},
  input: Uint8Array | null = null,
): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: folder,
      env: { ...process.env, INIT_CWD: undefined, ...env },
      stdio: [input === null ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    // It may have read enough before all of it is written.
    child.stdin?.once('error', () => undefined).end(input ?? '');
    const read = { out: '', err: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      read.out += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      read.err += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...read }));
  });
}
