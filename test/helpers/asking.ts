import type { WriteDb } from '#main/db/ledger.ts';
import { type CallRow, selectCall } from '#main/db/queries/api-calls.ts';
import { type AskOptions, ask } from '#main/services/safaricom/ask.ts';
import type { Asked, Question } from '#main/services/safaricom/question.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { succeed } from '#shared/ipc/result.ts';
import { PAYBILL, type SafaricomShop } from './safaricom-shop.ts';

/** A question about a receipt, as a person at the counter puts it; `UKK1234567` is nobody's. */
export function askStatus(
  shop: SafaricomShop,
  receipt = 'UKK1234567',
  options: Partial<AskOptions> = {},
): Promise<Asked> {
  const question: Question = { product: 'status', shortCode: PAYBILL, receipt: receipt as Receipt };
  return ask(shop.parts, shop.actor, question, { subject: 'look-up:1', ...options });
}

export function askBalance(shop: SafaricomShop, options: Partial<AskOptions> = {}): Promise<Asked> {
  const question: Question = { product: 'balance', shortCode: PAYBILL };
  return ask(shop.parts, shop.actor, question, { subject: 'balance', ...options });
}

/** The call that a question became. */
export function callOf(shop: SafaricomShop, asked: Asked): CallRow {
  const call = asked.type === 'cannot-ask' ? null : selectCall(shop.core.ledger.read, asked.callId);
  if (call === null) throw new Error(`no call was written: ${asked.type}`);
  return call;
}

/** Changes the books past the services. */
export function write(shop: Pick<SafaricomShop, 'core' | 'actor'>, change: (db: WriteDb) => void): void {
  const written = shop.core.ledger.act(shop.actor, 'test.prepared', 'test', (db) => {
    change(db);
    return succeed({ value: undefined, details: {} });
  });
  if (!written.ok) throw new Error(`the books cannot be prepared: ${written.error.code}`);
}

/** Entries of the log about calls, in order, with their details read. */
export function callEntries(shop: Pick<SafaricomShop, 'core'>) {
  return shop.core.ledger.read
    .all<{ action: string; subject: string; staffId: number; details: string }>(
      `SELECT action, subject, staff_id AS staffId, details FROM audit_entries
       WHERE action LIKE 'call.%' ORDER BY seq`,
    )
    .map(({ details, ...entry }) => ({ ...entry, details: JSON.parse(details) as Record<string, unknown> }));
}
