import type { ApprovalPage } from '#shared/ipc/approval-channels.ts';
import type { ApprovalBridge } from '#shared/ipc/bridge.ts';
import { type Acts, drawPage } from './draw.ts';

// SECURITY: no library is imported into this page, ours neither: types alone come from outside this folder.

declare const daftari: ApprovalBridge;

/** Asks main what is to be decided and shows it; again whenever main says that it changed. */
async function show(): Promise<void> {
  const answer = await daftari.call['approval:show']({});
  // Without an answer nothing is shown that could be approved.
  if (answer.ok) draw(answer.value);
}

function draw(page: ApprovalPage, why?: string): void {
  const acts: Acts = {
    approve: (input) => daftari.call['approval:approve'](input),
    reject: (input) => daftari.call['approval:reject'](input),
    close: () => void daftari.call['approval:close']({}),
    redraw: draw,
  };
  drawPage(page, acts, why);
}

daftari.on['approval:changed'](() => void show());
void show();
