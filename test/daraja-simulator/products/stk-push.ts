import { MINUTE, type UtcMs } from '#shared/domain/time.ts';
import { promptBody } from '../bodies/prompt-callback.ts';
import type { BookPayment } from '../book.ts';
import { isLegalUrl } from '../callback-url.ts';
import { fieldCents, fieldText } from '../fields.ts';
import { answer, type Outcome, refuseField } from '../outcome.ts';
import type { PlannedPost } from '../planned-post.ts';
import type { OpenPrompt, PromptAnswer, PromptEnd } from '../shop.ts';
import { toStamp } from '../stamps.ts';
import type { Call, World } from '../world.ts';
import { confirm } from './c2b.ts';
import { failPrompt, findStranger } from './stk-query.ts';

const KINDS = { CustomerPayBillOnline: 'pay-bill', CustomerBuyGoodsOnline: 'buy-goods' } as const;

const ENDS: Readonly<Record<PromptAnswer, PromptEnd>> = {
  pays: { code: '0', text: 'The service request is processed successfully.' },
  cancels: { code: '1032', text: 'Request cancelled by user' },
  ignores: { code: '1037', text: 'DS timeout user cannot be reached' },
  'has-no-money': { code: '1', text: 'The balance is insufficient for the transaction.' },
  'mistypes-pin': { code: '2001', text: 'The initiator information is invalid.' },
};
const LOCKED: PromptEnd = {
  code: '1001',
  text: 'Unable to lock subscriber, a transaction is already in process for the current subscriber',
};
const SAME_AGAIN: PromptEnd = { code: '17', text: 'Rule limited.' };
/** The same amount from the same customer is refused within two minutes. */
const SAME_AGAIN_FOR = 2 * MINUTE;
/** How long a prompt stands on a phone that nobody looks at. */
const STANDS_FOR = MINUTE;

/** A prompt on a customer's phone; what the customer does with it is posted to the address of the request. */
export function pushPrompt(world: World, { body }: Call): Outcome {
  const bad = findBadField(world, body);
  if (bad !== null) return refuseField(world, bad);
  const stranger = findStranger(world, body);
  if (stranger !== null) return failPrompt(world, stranger);
  const now = world.clock.now();
  const payer = fieldText(body.PhoneNumber);
  const cents = fieldCents(body.Amount) ?? 0;
  const [end, takesMs] = endOf(world, payer, cents);
  const prompt: OpenPrompt = {
    checkoutRequestId: `ws_CO_${toStamp(now)}${world.chance.between(100_000, 999_999)}`,
    merchantRequestId: world.ids.request(),
    shortCode: fieldText(body.BusinessShortCode),
    end,
    payer,
    cents,
    askedAt: now,
    endsAt: (now + takesMs) as UtcMs,
  };
  world.prompts.set(prompt.checkoutRequestId, prompt);
  const payment = end === ENDS.pays ? recordPaid(world, body, prompt) : null;
  return answer(
    {
      MerchantRequestID: prompt.merchantRequestId,
      CheckoutRequestID: prompt.checkoutRequestId,
      ResponseCode: '0',
      ResponseDescription: 'Success. Request accepted for processing',
      CustomerMessage: 'Success. Request accepted for processing',
    },
    planPosts(world, { url: fieldText(body.CallBackURL), prompt, end, payment, takesMs }),
  );
}

function findBadField({ environment }: World, body: Call['body']): string | null {
  const cents = fieldCents(body.Amount);
  if (!/^\d{14}$/.test(fieldText(body.Timestamp))) return 'Timestamp';
  if (!Object.hasOwn(KINDS, fieldText(body.TransactionType))) return 'TransactionType';
  if (cents === null || cents === 0 || cents % 100 !== 0) return 'Amount';
  if (!/^254[17]\d{8}$/.test(fieldText(body.PhoneNumber))) return 'PhoneNumber';
  if (!/^254[17]\d{8}$/.test(fieldText(body.PartyA))) return 'PartyA';
  if (fieldText(body.PartyB) === '') return 'PartyB';
  const reference = fieldText(body.AccountReference);
  if (reference === '' || reference.length > 12) return 'AccountReference';
  const words = fieldText(body.TransactionDesc);
  if (words === '' || words.length > 13) return 'TransactionDesc';
  return isLegalUrl(body.CallBackURL, environment) ? null : 'CallBackURL';
}

/** How the prompt will end, and after how long. */
function endOf(world: World, payer: string, cents: number): readonly [PromptEnd, number] {
  const { clock, chance, rules, prompts, promptAnswers } = world;
  const takesMs = chance.between(rules.latency.least, rules.latency.most);
  const theirs = [...prompts.values()].filter((each) => each.payer === payer);
  if (theirs.some((each) => each.endsAt > clock.now())) return [LOCKED, takesMs];
  const isSame = (each: OpenPrompt) => each.cents === cents && clock.now() - each.askedAt < SAME_AGAIN_FOR;
  if (theirs.some(isSame)) return [SAME_AGAIN, takesMs];
  const next = promptAnswers.shift() ?? 'pays';
  return [ENDS[next], next === 'ignores' ? STANDS_FOR : takesMs];
}

/** What is paid at the end of the prompt stands in the book from now on, and is known from then. */
function recordPaid(world: World, body: Call['body'], { payer, cents, endsAt }: OpenPrompt): BookPayment {
  return world.book.record({
    at: endsAt,
    knownFrom: endsAt,
    cents,
    shortCode: fieldText(body.PartyB),
    kind: KINDS[fieldText(body.TransactionType) as keyof typeof KINDS],
    reference: fieldText(body.AccountReference),
    payer: { number: payer, name: 'JOHN DOE' },
  });
}

/** A payment is told twice where the short code has its confirmations registered: two posts, one receipt. */
function planPosts(
  world: World,
  told: {
    readonly url: string;
    readonly prompt: OpenPrompt;
    readonly end: PromptEnd;
    readonly payment: BookPayment | null;
    readonly takesMs: number;
  },
): PlannedPost[] {
  const { url, prompt, end, payment, takesMs } = told;
  const value = promptBody(prompt, end, payment);
  const body = { kind: 'other', value } as const;
  const callback = {
    about: 'prompt',
    url,
    timeoutUrl: null,
    afterMs: takesMs,
    isBeforeAck: false,
    body,
  } as const;
  const confirmations = payment === null ? [] : confirm(world, payment);
  return [callback, ...confirmations.map((each) => ({ ...each, afterMs: each.afterMs + takesMs }))];
}
