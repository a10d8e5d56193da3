import { Script } from 'node:vm';

/** What every file may take, and what each unpacked megabyte may take more. */
const LEAST_MS = 1_500;
const MS_A_MEGABYTE = 1_000;

const RUN = new Script('globalThis.daftariWork()');

/**
 * Runs a library that reads a whole file in one go, and stops it when it takes far longer than a file of that size
 * can: some damaged workbooks send it round for ever, and nothing else could reach this thread then. Throws what the
 * work throws, or `ERR_SCRIPT_EXECUTION_TIMEOUT`.
 */
export function withinTime<T>(size: number, work: () => T): T {
  const timeout = Math.ceil(LEAST_MS + (size / 1024 / 1024) * MS_A_MEGABYTE);
  const scope = globalThis as { daftariWork?: () => T };
  scope.daftariWork = work;
  try {
    return RUN.runInThisContext({ timeout }) as T;
  } finally {
    delete scope.daftariWork;
  }
}
