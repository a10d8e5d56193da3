import { MINUTE, SECOND } from '#shared/domain/time.ts';
import { openBook, PAYBILL, TILL } from './book.ts';
import type { DemoWorld } from './open-demo-world.ts';
import { BUSINESSES, basket } from './ordinary-days.ts';

/** How often somebody pays while the demo is open, and how often at most. */
export type Custom = {
  readonly firstAfterMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
  readonly atMost: number;
};

const USUAL: Custom = { firstAfterMs: 25 * SECOND, leastMs: 2 * MINUTE, mostMs: 4 * MINUTE, atMost: 200 };

/**
 * Now and then an invented customer pays, so that confirmations are seen to come in; after so many the shop is left in
 * peace. Returns the way to stop.
 */
export function letCustomersPay({ safaricom }: DemoWorld, custom: Custom = USUAL): () => void {
  const payOnce = startCustomers(safaricom);
  let left = custom.atMost;
  let timer: NodeJS.Timeout | null = null;
  const wait = (ms: number) => {
    timer = setTimeout(() => {
      payOnce();
      left -= 1;
      if (left > 0) wait(custom.leastMs + Math.random() * (custom.mostMs - custom.leastMs));
    }, ms).unref();
  };
  wait(custom.firstAfterMs);
  return () => {
    if (timer !== null) clearTimeout(timer);
  };
}

/** Somebody new each time: most at the till, some with an invoice at the PayBill. */
function startCustomers(safaricom: DemoWorld['safaricom']): () => void {
  const people = openBook(safaricom.now() % 1_000_000);
  const { chance } = people;
  return () => {
    const number = `2547${chance.between(0, 99_999_999).toString().padStart(8, '0')}`;
    if (chance.happens(0.75))
      safaricom.pay({
        cents: basket(people),
        shortCode: TILL,
        kind: 'buy-goods',
        payer: { number, name: people.customer() },
      });
    else
      safaricom.pay({
        cents: chance.between(15, 240) * 50_00,
        shortCode: PAYBILL,
        payer: { number, name: chance.pick(BUSINESSES) },
        reference: `INV-${chance.between(100_000, 999_999)}`,
      });
  };
}
