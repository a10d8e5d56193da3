import { describe, expect, test } from 'vitest';
import { PROGRAM } from '#main/db/ledger.ts';
import { matchChangedDays } from '#main/services/match-days.ts';
import { MINUTE, toIsoNairobi } from '#shared/domain/time.ts';
import { posted } from '#test/daraja-simulator/fault.ts';
import { openCounter } from '#test/helpers/counter.ts';
import { sendNotice } from '#test/helpers/notices.ts';
import { codeOf } from '#test/helpers/results.ts';
import { openSafaricomShop, TILL } from '#test/helpers/safaricom-shop.ts';

type Paid = Partial<Parameters<Awaited<ReturnType<typeof openSafaricomShop>>['simulator']['pay']>[0]>;

/** A relay tells of KES 25,000 under a receipt of which Safaricom knows something else. */
async function lookUpUntrueNotice(paid: Paid, amount = 25_000) {
  const shop = await openSafaricomShop();
  const counter = openCounter(shop);
  const { receipt } = shop.simulator.pay({ cents: 25_000_00, shortCode: TILL, kind: 'buy-goods', ...paid });
  const time = toIsoNairobi(shop.core.now()).slice(0, 19).replace(/\D/g, '');
  sendNotice(shop, { receipt, time, amount, number: TILL });
  const found = await counter.lookUp(receipt);
  await shop.simulator.advance(MINUTE);
  await shop.collect();
  await counter.lookUps.settle();
  await matchChangedDays(shop.core, PROGRAM);
  return { shop, counter, found };
}

describe('S10: a notice that is not true', () => {
  test.each<[string, Paid, string]>([
    ['another amount', { cents: 100_00 }, 'amount-differs'],
    ['declined', { state: 'Declined' }, 'failed'],
    ['another short code', { shortCode: '555111', organisation: 'KAMAU HARDWARE' }, 'another-short-code'],
  ])('falls with Safaricom’s answer: %s', async (_, paid, kind) => {
    for (const amount of [25_000, 900]) {
      const isSame = paid.cents === undefined && paid.shortCode === undefined;
      const { counter, found } = await lookUpUntrueNotice(
        isSame ? { ...paid, cents: amount * 100 } : paid,
        amount,
      );
      expect(counter.show(found)).toMatchObject({ kind, tone: 'bad', canHold: false });
      expect(codeOf(await counter.hold(found))).toBe('claim/refused');
      expect(counter.alerts()).not.toEqual([]);
    }
  });

  test('is not made true by an answer that does not say to whom: it may be the shop’s own payment', async () => {
    const shop = await openSafaricomShop();
    const counter = openCounter(shop);
    const { receipt } = shop.simulator.pay({ cents: 750_00, shortCode: TILL, kind: 'business-payment' });
    shop.simulator.next('status', posted.shaped({ parties: 'repeated' }));
    const found = await counter.lookUp(receipt);
    await shop.simulator.advance(MINUTE);
    await shop.collect();
    expect(counter.show(found)).toMatchObject({
      kind: 'unclear',
      title: { id: 'verdict.unclear-payee' },
      canHold: false,
    });
    expect(codeOf(await counter.hold(found))).toBe('claim/refused');
  });
});
