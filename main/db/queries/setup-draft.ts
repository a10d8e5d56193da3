import { type SetupDraft, setupDraft } from '#shared/ipc/access-channels.ts';
import type { ReadDb } from '../ledger.ts';
import { readSetting } from './settings.ts';

/** What the first run has asked about the shop. Nothing of it holds before the first run is finished. */
export type ShopDraft = Omit<SetupDraft, 'step'>;

const shopDraft = setupDraft.omit({ step: true });

/** More than this cannot be kept in one setting. */
export const LONGEST_DRAFT = 4_000;

/** The draft as it was left; null before the first step was saved. */
export function readShopDraft(db: ReadDb): ShopDraft | null {
  const kept = readSetting(db, 'setup-draft');
  return kept === null ? null : shopDraft.parse(JSON.parse(kept));
}
