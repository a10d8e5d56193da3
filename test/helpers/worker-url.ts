/** The entry of the worker threads, from the sources. */
export const WORKER = new URL('../../main/work/worker.ts', import.meta.url);
