import { PROGRAM } from '#main/db/ledger.ts';
import { type TakenConfirmation, takeConfirmation } from '#main/services/take-confirmation.ts';
import { type C2bConfirmation, readC2bConfirmation } from '#shared/domain/daraja/c2b-confirmation.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { TestShop } from './open-shop.ts';
import { unwrap } from './results.ts';

export type NoticeWords = {
  readonly receipt: string;
  /** `20260314080007`, Nairobi. */
  readonly time: string;
  readonly amount: number | string;
  readonly number?: string;
  readonly type?: string;
  readonly reference?: string;
  readonly phone?: string;
  readonly balance?: string;
};

/** A confirmation as Safaricom posts it: every value a text. */
export function noticeBody(words: NoticeWords): Record<string, string> {
  const { receipt, time, amount, number = '1234567', reference = '', balance = '' } = words;
  return {
    TransactionType: words.type ?? 'Customer Merchant Payment',
    TransID: receipt,
    TransTime: time,
    TransAmount: typeof amount === 'number' ? `${amount}.00` : amount,
    BusinessShortCode: number,
    BillRefNumber: reference,
    InvoiceNumber: '',
    OrgAccountBalance: balance,
    ThirdPartyTransID: '',
    MSISDN: words.phone ?? '2547 ***** 101',
    FirstName: 'AMINA',
    MiddleName: '',
    LastName: 'EXAMPLE',
  };
}

/** Hands a shop a notice as its inbox does: a callback is written, and what it says is booked with it. */
export function sendNotice(shop: TestShop, words: NoticeWords): TakenConfirmation {
  return sendConfirmation(shop, readC2bConfirmation(noticeBody(words)));
}

export function sendConfirmation(
  { core }: TestShop,
  confirmation: C2bConfirmation | null,
): TakenConfirmation {
  if (confirmation === null) throw new Error('not a confirmation');
  return unwrap(
    core.ledger.act(PROGRAM, 'callback.taken', 'callback', (db) => {
      const sequence = db.get<{ next: number }>('SELECT count(*) + 1 AS next FROM callbacks')?.next ?? 1;
      const callback = db.run(
        `INSERT INTO callbacks (inbox, sequence, taken_at, kind, body, body_hmac, outcome, why)
         VALUES ('0123456789abcdef', ?, ?, 'confirmation', '{}', zeroblob(32), 'matched', '{}')`,
        sequence,
        core.now(),
      );
      const taken = takeConfirmation(core, db, {
        confirmation,
        callbackId: callback.lastId,
        at: core.now(),
      });
      return succeed({ value: taken, details: { became: taken.became } });
    }),
  );
}
