import { type Cents, toDecimal } from '../money.ts';
import type { Receipt } from '../receipt.ts';
import type { C2bUrls, ResultUrls } from '../relay/callback-url.ts';
import { SECOND, type UtcMs } from '../time.ts';
import { toPullTime, toStamp } from './stamps.ts';

/** The body of a request, in Safaricom's own spellings. */
export type RequestBody = Readonly<Record<string, string>>;

/** How a short code is named in a question. `1` a phone, `2` a till, `4` an organisation. */
export type Identity = { readonly party: string; readonly identifierType: '1' | '2' | '4' };

/** What every question that is answered later has in common. */
export type Asker = {
  readonly initiator: string;
  readonly securityCredential: string;
  readonly urls: ResultUrls;
  /** 2 to 100 characters; never a person's words. */
  readonly remarks: string;
};

function askerFields({ initiator, securityCredential, urls, remarks }: Asker): RequestBody {
  return {
    Initiator: initiator,
    SecurityCredential: securityCredential,
    ResultURL: urls.result,
    QueueTimeOutURL: urls.timeout,
    Remarks: remarks,
  };
}

/** Asks what became of a payment, by its receipt. */
export function statusBody(asker: Asker, receipt: Receipt, { party, identifierType }: Identity): RequestBody {
  return {
    ...askerFields(asker),
    CommandID: 'TransactionStatusQuery',
    TransactionID: receipt,
    PartyA: party,
    IdentifierType: identifierType,
    Occasion: asker.remarks,
  };
}

/** Asks what became of an earlier request of ours, by the id that Safaricom gave it. */
export function outcomeBody(
  asker: Asker,
  conversationId: string,
  { party, identifierType }: Identity,
): RequestBody {
  return {
    ...askerFields(asker),
    CommandID: 'TransactionStatusQuery',
    OriginalConversationID: conversationId,
    PartyA: party,
    IdentifierType: identifierType,
    Occasion: asker.remarks,
  };
}

/** Asks what a short code's accounts hold. Only the organisation's own identifier type is known to work. */
export function balanceBody(asker: Asker, shortCode: string): RequestBody {
  return { ...askerFields(asker), CommandID: 'AccountBalance', PartyA: shortCode, IdentifierType: '4' };
}

/** Sends a payment back, whole. The misspelt name and the `11` are Safaricom's; there is no Occasion. */
export function reversalBody(
  asker: Asker,
  payment: { readonly receipt: Receipt; readonly amount: Cents; readonly shortCode: string },
): RequestBody {
  return {
    ...askerFields(asker),
    CommandID: 'TransactionReversal',
    TransactionID: payment.receipt,
    Amount: toDecimal(payment.amount).replace(/\.00$/, ''),
    ReceiverParty: payment.shortCode,
    RecieverIdentifierType: '11',
  };
}

/** Asks for the payments of a stretch of time, from the `offset`-th on. Whole seconds that hold all of it. */
export function pullQueryBody(
  shortCode: string,
  { from, to, offset }: { readonly from: UtcMs; readonly to: UtcMs; readonly offset: number },
): RequestBody {
  const end = (Math.ceil(to / SECOND) * SECOND) as UtcMs;
  return {
    ShortCode: shortCode,
    StartDate: toPullTime(from),
    EndDate: toPullTime(end),
    OffSetValue: String(offset),
  };
}

/** Registers a short code for Pull, once. `nominatedNumber` is the Safaricom line in its KYC. */
export function pullRegisterBody(
  shortCode: string,
  nominatedNumber: string,
  callbackUrl: string,
): RequestBody {
  return {
    ShortCode: shortCode,
    RequestType: 'Pull',
    NominatedNumber: nominatedNumber,
    CallBackURL: callbackUrl,
  };
}

/** Registers where confirmations go. A shop that is silent must never have its payments turned away: `Completed`. */
export function c2bRegisterBody(shortCode: string, { confirmation, validation }: C2bUrls): RequestBody {
  return {
    ShortCode: shortCode,
    ResponseType: 'Completed',
    ConfirmationURL: confirmation,
    ValidationURL: validation,
  };
}

/** Asks what became of a prompt. `password` is base64 of short code, passkey and the very same time. */
export function stkQueryBody(
  shortCode: string,
  checkoutRequestId: string,
  signed: { readonly at: UtcMs; readonly password: string },
): RequestBody {
  return {
    BusinessShortCode: shortCode,
    Password: signed.password,
    Timestamp: toStamp(signed.at),
    CheckoutRequestID: checkoutRequestId,
  };
}

const SECRET_FIELDS = new Set(['SecurityCredential', 'Password']);

/**
 * A body as it is kept: without what it speaks with, without the secret path of the addresses, and with no more than
 * the end of a phone number.
 */
export function withoutSecrets(body: RequestBody): RequestBody {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => {
      if (SECRET_FIELDS.has(name)) return [];
      if (/URL$/i.test(name)) return [[name, hidePath(value)]];
      return [[name, name === 'NominatedNumber' ? `•••${value.slice(-3)}` : value]];
    }),
  );
}

/** `https://relay.example/…`: whose address it was. */
function hidePath(url: string): string {
  const origin = /^[a-z]+:\/\/[^/?#]+/i.exec(url)?.[0];
  return origin === undefined ? '…' : `${origin}/…`;
}
