import { confirmationBody } from '../bodies/confirmation.ts';
import { ACCOUNT_OF, type BookPayment } from '../book.ts';
import { isLegalUrl } from '../callback-url.ts';
import { fieldCents, fieldText } from '../fields.ts';
import { answer, type Outcome, refuse, refuseField } from '../outcome.ts';
import type { PlannedPost } from '../planned-post.ts';
import type { Call, World } from '../world.ts';

export function registerUrls(world: World, { body, path }: Call): Outcome {
  const shortCode = fieldText(body.ShortCode);
  const { ConfirmationURL, ValidationURL, ResponseType } = body;
  if (!world.shop.shortCodes.some(({ number }) => number === shortCode))
    return refuseField(world, 'ShortCode');
  if (ResponseType !== 'Completed' && ResponseType !== 'Cancelled') return refuseField(world, 'ResponseType');
  if (!isLegalUrl(ConfirmationURL, world.environment)) return refuseField(world, 'ConfirmationURL');
  if (!isLegalUrl(ValidationURL, world.environment)) return refuseField(world, 'ValidationURL');
  // In production an address is given once; a change goes through two people and the portal.
  if (world.environment === 'production' && world.urls.has(shortCode))
    return refuse(world, 500, '500.003.1001', 'Urls are already registered');
  world.urls.set(shortCode, {
    confirmationUrl: ConfirmationURL,
    validationUrl: ValidationURL,
    responseType: ResponseType,
    version: path.includes('/v1/') ? 'v1' : 'v2',
  });
  return answer({
    // Safaricom's own spelling.
    OriginatorCoversationID: world.ids.request(),
    ResponseCode: world.environment === 'sandbox' ? '00000000' : '0',
    ResponseDescription: 'Success',
  });
}

/** A payment by command; only the sandbox has it. */
export function simulatePayment(world: World, { body }: Call): Outcome {
  if (world.environment === 'production') return refuse(world, 404, '404.001.01', 'Resource not found');
  const shortCode = fieldText(body.ShortCode);
  const cents = fieldCents(body.Amount);
  const isTill = body.CommandID === 'CustomerBuyGoodsOnline';
  if (!isTill && body.CommandID !== 'CustomerPayBillOnline') return refuseField(world, 'CommandID');
  if (cents === null || cents === 0) return refuseField(world, 'Amount');
  if (!/^254\d{9}$/.test(fieldText(body.Msisdn))) return refuseField(world, 'Msisdn');
  if (!world.urls.has(shortCode)) return refuseField(world, 'ShortCode');
  const payment = world.book.record({
    at: world.clock.now(),
    cents,
    shortCode,
    kind: isTill ? 'buy-goods' : 'pay-bill',
    reference: fieldText(body.BillRefNumber),
    payer: { number: fieldText(body.Msisdn), name: 'John Doe' },
  });
  const ack = {
    OriginatorCoversationID: world.ids.request(),
    ResponseCode: '0',
    ResponseDescription: 'Accept the service request successfully.',
  };
  return answer(ack, confirm(world, payment));
}

/** What M-PESA tells the shop of a payment; nothing where no address is registered. */
export function confirm(world: World, payment: BookPayment): PlannedPost[] {
  const urls = world.urls.get(payment.shortCode);
  if (urls === undefined) return [];
  const { book, rules, chance } = world;
  const balance = book.balancesOf(payment.shortCode, payment.at).get(ACCOUNT_OF[payment.kind]) ?? 0;
  const afterMs = chance.between(rules.latency.least, rules.latency.most);
  const plan = (url: string, words: { readonly balance: number | null }): PlannedPost => ({
    about: 'confirmation',
    url,
    timeoutUrl: null,
    afterMs,
    isBeforeAck: false,
    body: {
      kind: 'other',
      value: confirmationBody(payment, { version: urls.version, thirdPartyId: '', ...words }),
    },
  });
  return [
    ...(rules.validates ? [plan(urls.validationUrl, { balance: null })] : []),
    plan(urls.confirmationUrl, { balance }),
  ];
}
