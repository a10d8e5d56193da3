import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { constants } from 'node:os';

const running = new Set<ChildProcess>();
let isStopping = false;

/** Starts a program that lives no longer than this one; resolves with its exit code (128 + signal, as shells count). */
export function runChild(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    running.add(child);
    child.once('error', (error) => {
      running.delete(child);
      reject(error);
    });
    child.once('exit', (code, signal) => {
      running.delete(child);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** True once Ctrl-C was pressed: what ends now ends because it was told to. */
export function isBeingStopped(): boolean {
  return isStopping;
}

/** From here on Ctrl-C, and an ordinary kill, stop every child; a second one stops them at once. */
export function stopChildrenOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      for (const child of running) child.kill(isStopping ? 'SIGKILL' : 'SIGTERM');
      isStopping = true;
      if (running.size === 0) process.exit(130);
    });
  }
}
