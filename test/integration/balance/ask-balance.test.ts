import { describe, expect, test } from 'vitest';
import { lastCalls } from '#main/db/queries/api-calls.ts';
import { selectCredential } from '#main/db/queries/credentials.ts';
import { askBalance } from '#main/services/balance/ask-balance.ts';
import { listBalances, showBalance } from '#main/services/balance/show-balance.ts';
import { endSilentCalls } from '#main/services/safaricom/silent-calls.ts';
import { MINUTE, type UtcMs } from '#shared/domain/time.ts';
import type { BalanceOfCode } from '#shared/ipc/balance-channels.ts';
import { posted, unreached } from '#test/daraja-simulator/fault.ts';
import { paymentLine, STATEMENT_COLUMNS } from '#test/fixtures/damaged-files.ts';
import { change } from '#test/helpers/doctor-shop.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop, TILL } from '#test/helpers/safaricom-shop.ts';

function codeOf(shop: SafaricomShop, shortCode = PAYBILL): BalanceOfCode {
  const shown = showBalance(shop.core);
  const code = shown.ok ? shown.value.codes.find((each) => each.shortCode === shortCode) : undefined;
  if (code === undefined) throw new Error(`nothing is shown of ${shortCode}`);
  return code;
}

async function askAndHear(shop: SafaricomShop, shortCode = PAYBILL): Promise<void> {
  await askBalance(shop.parts, shop.actor, shortCode);
  await shop.simulator.settle();
  await shop.collect();
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
  const utility = answer?.accounts.find(({ known }) => known === 'utility');
  expect(utility).toMatchObject({ currency: 'KES', currentCents: 1_240_00 });
  expect(answer?.asOf).toBe(simulator.now());
  expect(selectCredential(core.ledger.read, PAYBILL, 'look-up-operator')?.state).toBe('working');
  expect(codeOf(shop, TILL)).toMatchObject({ question: null, answer: null });
});

test('an answer that comes twice is one balance, and a late one still counts', async () => {
  const shop = await openSafaricomShop();
  shop.simulator.next('balance', posted.repeated(3));
  await askAndHear(shop);
  shop.simulator.next('balance', posted.delayed(20 * MINUTE));
  await askAndHear(shop);
  expect(codeOf(shop).question?.state).toBe('waiting');
  await shop.simulator.advance(11 * MINUTE);
  endSilentCalls(shop.core);
  expect(codeOf(shop).question?.state).toBe('silent');
  // What was known before stays on the screen, with its own time.
  expect(codeOf(shop).answer).not.toBeNull();
  await shop.simulator.advance(10 * MINUTE);
  await shop.collect();
  expect(codeOf(shop).question?.state).toBe('answered');
  const history = listBalances(shop.core, PAYBILL);
  expect(history.ok && history.value.answers).toHaveLength(2);
});

test('a restart loses neither the question nor its answer', async () => {
  const shop = await openSafaricomShop();
  await askBalance(shop.parts, shop.actor, PAYBILL);
  const again = await shop.crash();
  expect(codeOf(again).question?.state).toBe('waiting');
  await again.simulator.settle();
  await again.collect();
  expect(codeOf(again).answer).not.toBeNull();
});

describe('without a balance', () => {
  test.each([
    ['refused by Safaricom', posted.answeredWith('21', 'The initiator is not allowed'), 'balance.refused'],
    ['contradicting itself', posted.contradicting(), 'balance.refused'],
    ['busy', unreached.spikeArrest(), 'safaricom.refused-busy'],
  ])('%s', async (_, fault, why) => {
    const shop = await openSafaricomShop();
    shop.simulator.next('balance', fault);
    await askAndHear(shop);
    expect(codeOf(shop)).toMatchObject({ question: { state: 'failed', why: { id: why } }, answer: null });
  });

  test('where it cannot be asked, the reason is known before, and nothing is written', async () => {
    const shop = await openSafaricomShop({ isPaired: false });
    expect(codeOf(shop).cannotAsk).toEqual({ id: 'safaricom.no-relay' });
    expect(await askBalance(shop.parts, shop.actor, PAYBILL)).toMatchObject({
      ok: false,
      error: { code: 'safaricom/cannot-ask', message: { id: 'safaricom.no-relay' } },
    });
    expect(lastCalls(shop.core.ledger.read, 'balance', PAYBILL, 1)).toEqual([]);
  });

  test('a number for which nothing is set up', async () => {
    const shop = await openSafaricomShop();
    expect(await askBalance(shop.parts, shop.actor, '999999')).toMatchObject({ ok: false });
  });
});

/** A statement of the till on the day of the question, made at `reportAt`, with one payment at 10:00. */
function statement(reportAt: string, amount: string): string {
  return [
    'Account Holder:,DUKA LA MFANO',
    `Short Code:,${TILL}`,
    'Account:,Merchant Account',
    'Time Period:,From,20-11-2026 00:00:00,To,20-11-2026 23:59:59',
    `Operator:,DemoOperator,Organization:,DUKA LA MFANO,Date of Report:,20-11-2026 ${reportAt}`,
    `Opening Balance:,0.00,Closing Balance:,${amount}`,
    '',
    STATEMENT_COLUMNS,
    paymentLine({ receipt: 'UKKM2JYYCM', time: '20-11-2026 10:00:00', paidIn: amount, balance: amount }),
    '',
  ].join('\n');
}

describe('beside the books', () => {
  /** The till took 600 at ten; Safaricom is asked ten minutes later. */
  async function openTill(): Promise<SafaricomShop> {
    const shop = await openSafaricomShop();
    shop.simulator.pay({ cents: 600_00, shortCode: TILL, kind: 'buy-goods' });
    await shop.simulator.advance(10 * MINUTE);
    await askAndHear(shop, TILL);
    return shop;
  }

  function merchantOf(shop: SafaricomShop) {
    return codeOf(shop, TILL).answer?.accounts.find(({ known }) => known === 'merchant')?.comparison;
  }

  test.each([
    ['before any statement', null, { type: 'not-comparable', why: { id: 'balance.not.no-account' } }],
    ['the statement agrees', statement('10:30:00', '600.00'), { type: 'equal' }],
    [
      'the statement has less',
      statement('10:30:00', '500.00'),
      { type: 'differs', by: 100_00, books: 500_00 },
    ],
    [
      'the statement ends before',
      statement('10:05:00', '600.00'),
      { type: 'not-comparable', why: { id: 'balance.not.not-covered' } },
    ],
  ])('%s', async (_, file, expected) => {
    const shop = await openTill();
    if (file !== null) {
      const brought = await shop.bringIn('day.csv', file);
      expect(brought).toMatchObject({ type: 'done' });
    }
    expect(merchantOf(shop)).toMatchObject(expected);
  });

  test('a payment that only a confirmation shows makes it not comparable', async () => {
    const shop = await openTill();
    await shop.bringIn('day.csv', statement('10:30:00', '600.00'));
    expect(merchantOf(shop)).toMatchObject({ type: 'equal' });
    change(shop, (db) =>
      db.run(
        `INSERT INTO movements (till_id, receipt, direction, amount_cents, occurrence, account_id, kind,
           classifier_version, status, completed_at, time_precision, business_day, wording_id, import_id)
         SELECT till_id, 'UKKM2JYYCN', 'in', 100, 1, account_id, kind, 1, status, ?, 'second', business_day,
                wording_id, -2
           FROM movements LIMIT 1`,
        (shop.simulator.now() - 5 * MINUTE) as UtcMs,
      ),
    );
    expect(merchantOf(shop)).toMatchObject({
      why: { id: 'balance.not.reported-only', values: { payments: 1 } },
    });
  });

  test('another account of the same till is never compared with it', async () => {
    const shop = await openTill();
    await shop.bringIn('day.csv', statement('10:30:00', '600.00'));
    const accounts = codeOf(shop, TILL).answer?.accounts ?? [];
    const others = accounts.filter(({ known }) => known !== 'merchant');
    expect(others.every(({ comparison }) => comparison.type === 'not-comparable')).toBe(true);
  });
});
