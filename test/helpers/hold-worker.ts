import type { Core } from '#main/services/core.ts';

/** A core whose next job of one name waits after news of a type, so that a test can act in the middle of it. */
export function holdWorker(core: Core, jobName: string, newsType: string) {
  const gate = openGate();
  const reached = openGate();
  const run = async function* (...job: Parameters<Core['workers']['run']>) {
    for await (const news of core.workers.run(...job)) {
      yield news;
      if (job[0] !== jobName || (news as { type?: string }).type !== newsType) continue;
      reached.open();
      await gate.opened;
    }
  } as Core['workers']['run'];
  const held: Core = { ...core, workers: { ...core.workers, run } };
  return { core: held, reached: reached.opened, release: gate.open };
}

function openGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
