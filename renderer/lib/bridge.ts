import type { Bridge } from '#shared/ipc/bridge.ts';

/** The one door out of the page: `window.daftari`, put there by the host before any script of ours runs. */
export function findBridge(): Bridge<File> {
  const bridge = (window as { daftari?: Bridge<File> }).daftari;
  if (bridge === undefined) throw new Error('the host did not provide window.daftari');
  return bridge;
}
