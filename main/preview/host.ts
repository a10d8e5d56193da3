import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '#main/app-types.ts';
import type { BugLog } from '#main/ipc/bug.ts';
import { serveWindow } from './window-server.ts';

export type PreviewHost = {
  /** What to open in a browser: it lets one browser in, once. */
  readonly address: () => string;
  readonly close: () => Promise<void>;
};

/**
 * Serves the app to a browser on this computer: for development, for tests, and where Electron cannot be had. It
 * listens on loopback only and is never part of a package; the approval window has a port, and so an origin, of its
 * own. The caller closes the core.
 */
export async function startPreviewHost(options: {
  readonly core: App;
  readonly pages: string;
  readonly devServer?: string | undefined;
  /** 0 = any free port. */
  readonly port: number;
  readonly log: BugLog;
  /** Called when somebody used an address a second time, with a fresh one. */
  readonly onSpent: (address: string) => void;
}): Promise<PreviewHost> {
  const uploads = await mkdtemp(join(tmpdir(), 'daftari-uploads-'));
  const main = await serveWindow({ ...options, window: 'main', uploads });
  const approval = await serveWindow({ ...options, window: 'approval', uploads, port: 0 });
  // The page of the main window opens what its host names; it cannot name an address itself.
  const stop = options.core.onApproval((wanted) =>
    wanted === 'open' ? main.tellPages({ open: approval.address() }) : approval.tellPages({ close: true }),
  );
  return {
    address: main.address,
    async close() {
      stop();
      await main.close();
      await approval.close();
      await rm(uploads, { recursive: true, force: true });
    },
  };
}
