import { randomBytes } from 'node:crypto';
import { resultUrls } from '#shared/domain/relay/callback-url.ts';
import { businessDayOf, MINUTE, type UtcMs } from '#shared/domain/time.ts';
import { clock, openBook, PAYBILL, TILL } from './book.ts';
import type { DemoWorld } from './open-demo-world.ts';
import { BUSINESSES, basket } from './ordinary-days.ts';

type Safaricom = DemoWorld['safaricom'];

/** A till of somebody else. */
export const NEIGHBOUR = { number: '5566778', name: 'KIOSKI CHA JIRANI' };
const OPENS = '07:05';
/** So many customers have paid since the shop opened; while its PC was off the relay kept the notices. */
const EARLY = { atTill: 14, invoices: 4 };

type Payment = ReturnType<Safaricom['pay']>;

/** What Safaricom knows and no file of the shop says. */
export type Unfiled = {
  /** Paid since the shop opened. */
  readonly early: readonly Payment[];
  /** Paid to another shop; its message is shown here. */
  readonly elsewhere: Payment;
  /** Of the right shape and nobody's. */
  readonly unknown: string;
};

/** Puts into Safaricom's book what happened since the files ended: this morning's customers and the neighbour's. */
export function recordUnfiled(safaricom: Safaricom): Unfiled {
  const now = safaricom.now();
  const opened = clock(businessDayOf(now), OPENS);
  const people = openBook(opened % 1_000_000);
  const { chance } = people;
  const minutes = Math.floor((now - opened) / MINUTE);
  const anyTime = () => (opened + chance.between(0, minutes) * MINUTE) as UtcMs;
  const number = () => `2547${chance.between(10_000_000, 99_999_999)}`;
  const buy = () =>
    safaricom.book.record({
      at: anyTime(),
      cents: basket(people),
      shortCode: TILL,
      kind: 'buy-goods',
      payer: { number: number(), name: people.customer() },
    });
  const payInvoice = () =>
    safaricom.book.record({
      at: anyTime(),
      cents: chance.between(15, 240) * 50_00,
      shortCode: PAYBILL,
      reference: `INV-${chance.between(100_000, 999_999)}`,
      payer: { number: number(), name: chance.pick(BUSINESSES) },
    });
  // Before it opens there is nobody.
  const early =
    minutes < 1
      ? []
      : [...Array.from({ length: EARLY.atTill }, buy), ...Array.from({ length: EARLY.invoices }, payInvoice)];
  const elsewhere = safaricom.book.record({
    at: (now - 12 * MINUTE) as UtcMs,
    cents: 850_00,
    shortCode: NEIGHBOUR.number,
    organisation: NEIGHBOUR.name,
    kind: 'buy-goods',
    payer: { number: number(), name: people.customer() },
  });
  return { early, elsewhere, unknown: safaricom.book.newReceipt(now) };
}

/**
 * Somebody who found out the shop's address says that a payment of KES 9,500 went through: in Safaricom's own form, from
 * Safaricom's own address as far as anybody can see, and to a question that the shop never asked. A second one comes from
 * elsewhere and is turned away at the relay.
 */
export async function sendInventions(
  { safaricom }: DemoWorld,
  relay: { readonly origin: string; readonly path: string },
): Promise<void> {
  const token = randomBytes(16).toString('hex');
  const { result } = resultUrls(relay.origin, relay.path, token);
  const body = inventedResult(safaricom.book.newReceipt(safaricom.now()));
  await safaricom.post(result, body);
  await fetch(result, { method: 'POST', body: JSON.stringify(body) });
}

function inventedResult(receipt: string): unknown {
  const parameters = { Amount: 9_500, TransactionStatus: 'Completed', ReceiptNo: receipt };
  return {
    Result: {
      ResultType: 0,
      ResultCode: 0,
      ResultDesc: 'The service request is processed successfully.',
      OriginatorConversationID: '1234-5678-1',
      ConversationID: 'AG_20260101_0000000000000000',
      TransactionID: receipt,
      ResultParameters: {
        ResultParameter: Object.entries(parameters).map(([Key, Value]) => ({ Key, Value })),
      },
    },
  };
}
