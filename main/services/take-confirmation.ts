import type { WriteDb } from '#main/db/ledger.ts';
import type { C2bConfirmation } from '#shared/domain/daraja/c2b-confirmation.ts';
import type { Message } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { Core } from './core.ts';

/** What a confirmation came to in the books. */
export type TakenConfirmation = {
  readonly became: 'new' | 'known' | 'contradicts' | 'not-ours' | 'unreadable';
  readonly movementId: number | null;
  readonly why: Message;
};

/** Books a confirmation that a callback carried, inside the act that takes the callback (ADR 32). */
export function takeConfirmation(
  _core: Core,
  _db: WriteDb,
  _news: { readonly confirmation: C2bConfirmation; readonly callbackId: number; readonly at: UtcMs },
): TakenConfirmation {
  throw new Error('not built yet');
}
