import { expect, test } from 'vitest';
import { ask } from '#main/services/safaricom/ask.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop } from '#test/helpers/safaricom-shop.ts';

type Row = { kind: string; outcome: string; why: string; callId: number | null };

function rows(shop: SafaricomShop): Row[] {
  return shop.core.ledger.read.all<Row>(
    `SELECT kind, outcome, json_extract(why, '$.id') AS why, call_id AS callId FROM callbacks ORDER BY id`,
  );
}

async function askStatus(shop: SafaricomShop, receipt: string): Promise<number> {
  const question = { product: 'status', shortCode: PAYBILL, receipt: receipt as Receipt } as const;
  const asked = await ask(shop.parts, shop.actor, question, { subject: 'look-up:1' });
  if (asked.type !== 'accepted') throw new Error(JSON.stringify(asked));
  return asked.callId;
}

const stateOf = (shop: SafaricomShop, callId: number) =>
  shop.core.ledger.read.get('SELECT state, code FROM api_calls WHERE id = ?', callId);

test('an answer is bound to its question, and counts once', async () => {
  const shop = await openSafaricomShop();
  const payment = shop.simulator.pay({ cents: 1_240_00, shortCode: PAYBILL });
  const callId = await askStatus(shop, payment.receipt);
  await shop.simulator.advance(60_000);
  await shop.collect();
  expect(rows(shop)).toEqual([{ kind: 'result', outcome: 'matched', why: 'callback.answered', callId }]);
  expect(stateOf(shop, callId)).toEqual({ state: 'answered', code: '0' });
});
