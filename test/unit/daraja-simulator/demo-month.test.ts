import { expect, test } from 'vitest';
import { PAYBILL, SHOP, TILL } from '#main/demo/book.ts';
import { inventMonth } from '#main/demo/month.ts';
import { readPullAnswer } from '#shared/domain/daraja/pull-answer.ts';
import { readResult } from '#shared/domain/daraja/result.ts';
import { readReversalResult } from '#shared/domain/daraja/reversal-result.ts';
import { readStatusResult } from '#shared/domain/daraja/status-result.ts';
import { businessDayOf } from '#shared/domain/time.ts';
import { openSimulator } from '#test/helpers/simulator.ts';
import { openCaller } from '#test/helpers/simulator-caller.ts';

const month = (now: Parameters<typeof businessDayOf>[0]) => inventMonth(businessDayOf(now));

test('Safaricom knows every payment of the demo’s files, and each balance', async () => {
  const simulator = await openSimulator({ hasDemoMonth: true });
  const { book } = month(simulator.now());
  expect(simulator.shop.name).toBe(SHOP);
  expect(simulator.shop.shortCodes.map(({ number }) => number).toSorted()).toEqual(
    [TILL, PAYBILL].toSorted(),
  );
  const paid = book.till.filter(({ details }) => details.startsWith('Merchant Payment from'));
  const billed = book.paybill.filter(({ details }) => details.startsWith('Pay Bill from'));
  expect(simulator.book.payments()).toHaveLength(paid.length + billed.length);
  for (const row of [...paid, ...billed]) {
    const known = simulator.book.find(row.receipt);
    expect(known).toMatchObject({ cents: row.cents, at: row.at, account: row.account });
    const [number = '', name] = row.party.split(' - ');
    expect(known?.payer.name).toBe(name);
    expect(known?.payer.number).toMatch(new RegExp(`^${number.replaceAll('*', '\\d')}$`));
  }
  for (const [rows, shortCode] of [
    [book.till, TILL],
    [book.paybill, PAYBILL],
  ] as const)
    for (const [account, cents] of simulator.book.balancesOf(shortCode, simulator.now())) {
      const moved = rows.filter((row) => row.account === account && row.status === 'Completed');
      expect(cents).toBe(
        moved.reduce((sum, row) => sum + (row.direction === 'in' ? row.cents : -row.cents), 0),
      );
    }
});

test('what the files sent back is reversed, under the receipt of the files', async () => {
  const simulator = await openSimulator({ hasDemoMonth: true });
  const back = month(simulator.now()).book.till.filter(({ linkedReceipt }) => linkedReceipt !== '');
  expect(back.length).toBeGreaterThan(2);
  for (const { linkedReceipt, receipt } of back)
    expect(simulator.book.reversalsOf(linkedReceipt)).toMatchObject([{ receipt }]);
});

test('a payment of the demo can be asked about, pulled and sent back', async () => {
  const simulator = await openSimulator({ hasDemoMonth: true });
  const caller = await openCaller(simulator);
  const row = month(simulator.now()).book.paybill.findLast(({ details }) => details.includes('Acc. '))!;
  const last = async () => {
    await simulator.settle();
    return readResult(caller.shopfront.received().at(-1)?.body)!;
  };
  await caller.askStatus({ TransactionID: row.receipt });
  expect(readStatusResult(await last())).toMatchObject({ fate: 'completed', amount: row.cents });
  await caller.registerPull();
  const pulled = readPullAnswer((await caller.askPull()).body);
  expect(pulled?.rows.find(({ receipt }) => receipt === row.receipt)).toMatchObject({
    amount: row.cents,
    reference: row.details.split('Acc. ')[1],
  });
  await caller.askReversal({ TransactionID: row.receipt, Amount: row.cents / 100 });
  expect(readReversalResult(await last())).toMatchObject({ outcome: 'done', originalReceipt: row.receipt });
});
