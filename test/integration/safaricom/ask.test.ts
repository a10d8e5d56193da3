import { expect, test } from 'vitest';
import { selectCall } from '#main/db/queries/api-calls.ts';
import { selectCredential } from '#main/db/queries/credentials.ts';
import { ask } from '#main/services/safaricom/ask.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { openSafaricomShop, PAYBILL } from '#test/helpers/safaricom-shop.ts';

test('a question is taken, and its answer comes to an address with the token of its call', async () => {
  const shop = await openSafaricomShop();
  const { parts, actor, simulator, core } = shop;
  const payment = simulator.pay({ cents: 1_240_00, shortCode: PAYBILL });
  const asked = await ask(
    parts,
    actor,
    { product: 'status', shortCode: PAYBILL, receipt: payment.receipt as Receipt },
    { subject: 'look-up:1' },
  );
  expect(asked).toMatchObject({ type: 'accepted' });
  if (asked.type !== 'accepted') return;
  const call = selectCall(core.ledger.read, asked.callId);
  expect(call).toMatchObject({ state: 'accepted', code: '0', httpStatus: 200, subject: 'look-up:1' });
  expect(call?.conversationId).toMatch(/^AG_/);
  await simulator.settle();
  const [message] = (await shop.inbox?.messages(0))?.messages ?? [];
  const arrival = shop.inbox?.open(message?.sealed ?? '');
  expect(arrival?.facts).toMatchObject({ kind: 'result', token: call?.token });
  expect(Buffer.from(arrival?.body ?? []).toString('utf8')).toContain(payment.receipt);
  expect(selectCredential(core.ledger.read, PAYBILL, 'app')?.state).toBe('working');
  expect(selectCredential(core.ledger.read, PAYBILL, 'look-up-operator')?.state).toBe('untried');
});
