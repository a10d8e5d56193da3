import { expect, test } from 'vitest';
import { lastCalls } from '#main/db/queries/api-calls.ts';
import { selectCredential } from '#main/db/queries/credentials.ts';
import { askBalance } from '#main/services/balance/ask-balance.ts';
import { showBalance } from '#main/services/balance/show-balance.ts';
import type { BalanceOfCode } from '#shared/ipc/balance-channels.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop, TILL } from '#test/helpers/safaricom-shop.ts';

function codeOf(shop: SafaricomShop, shortCode = PAYBILL): BalanceOfCode {
  const shown = showBalance(shop.core);
  const code = shown.ok ? shown.value.codes.find((each) => each.shortCode === shortCode) : undefined;
  if (code === undefined) throw new Error(`nothing is shown of ${shortCode}`);
  return code;
}

test('a question is asked once, waited for, and answered with what the accounts hold', async () => {
  const shop = await openSafaricomShop();
  const { parts, actor, simulator, core } = shop;
  expect(codeOf(shop)).toMatchObject({ question: null, answer: null, cannotAsk: null });
  simulator.pay({ cents: 1_240_00, shortCode: PAYBILL });

  await askBalance(parts, actor, PAYBILL);
  expect(codeOf(shop).question).toMatchObject({ state: 'waiting', why: null });
  await askBalance(parts, actor, PAYBILL);
  expect(lastCalls(core.ledger.read, 'balance', PAYBILL, 9)).toHaveLength(1);

  await simulator.settle();
  await shop.collect();
  const { question, answer } = codeOf(shop);
  expect(question?.state).toBe('answered');
  expect(answer?.accounts.map(({ known, currency }) => `${known} ${currency}`)).toContain('utility KES');
  const utility = answer?.accounts.find(({ known }) => known === 'utility');
  expect(utility).toMatchObject({ currentCents: expect.any(Number), comparison: { type: 'not-comparable' } });
  expect(selectCredential(core.ledger.read, PAYBILL, 'look-up-operator')?.state).toBe('working');
  expect(codeOf(shop, TILL)).toMatchObject({ question: null, answer: null });
});
