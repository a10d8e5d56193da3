import type { UtcMs } from '#shared/domain/time.ts';
import type { ConfirmationVersion } from './bodies/confirmation.ts';
import type { Environment } from './certificate.ts';
import type { OperatorWords } from './operators.ts';
import type { Product } from './products.ts';

/** A Daraja app with what it is subscribed to. */
export type AppWords = {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly products: readonly Exclude<Product, 'token'>[];
};

/** A number of the shop and the identifier types under which a question about it is answered. */
export type ShortCodeWords = {
  readonly number: string;
  readonly identifierTypes: readonly string[];
  readonly passkey: string;
};

/** The shop as Safaricom has it. */
export type ShopWords = {
  readonly name: string;
  readonly shortCodes: readonly ShortCodeWords[];
  readonly apps: readonly AppWords[];
  readonly operators: readonly OperatorWords[];
};

/** Where confirmations of a short code go. */
export type RegisteredUrls = {
  readonly confirmationUrl: string;
  readonly validationUrl: string;
  readonly responseType: 'Completed' | 'Cancelled';
  readonly version: ConfirmationVersion;
};

/** A prompt on a customer's phone, as an STK query finds it. */
export type PromptWords = {
  readonly checkoutRequestId: string;
  readonly merchantRequestId: string;
  readonly shortCode: string;
  /** Null while the customer has not answered. */
  readonly end: PromptEnd | null;
};

/** How a prompt ended, as its callback and a query say it. */
export type PromptEnd = { readonly code: string; readonly text: string };

/** A prompt that is on somebody's phone: until it ends, nobody knows how. */
export type OpenPrompt = PromptWords & {
  readonly payer: string;
  readonly cents: number;
  readonly askedAt: UtcMs;
  readonly endsAt: UtcMs;
};

/** What the customer does with a prompt. */
export type PromptAnswer = 'pays' | 'cancels' | 'ignores' | 'has-no-money' | 'mistypes-pin';

const ALL_PRODUCTS = [
  'status',
  'reversal',
  'balance',
  'pull-register',
  'pull-query',
  'c2b-register',
  'c2b-simulate',
  'stk-push',
  'stk-query',
] as const;

/** An invented shop with a PayBill and a till, one app and the two operators that Daftari asks for. */
export function inventShop(environment: Environment): ShopWords {
  const numbers = ['765432', '1234567'];
  return {
    name: 'DUKA LA MFANO',
    shortCodes: numbers.map((number) => ({ number, identifierTypes: ['4'], passkey: `passkey-${number}` })),
    apps: [
      {
        consumerKey: `consumer-key-${environment}`,
        consumerSecret: `consumer-secret-${environment}`,
        products: ALL_PRODUCTS,
      },
    ],
    operators: [
      {
        name: 'mfanolook',
        password: 'Look#Up2026',
        roles: ['Transaction Status query ORG API', 'Balance Query ORG API'],
        shortCodes: numbers,
      },
      {
        name: 'mfanoback',
        password: 'Send&Back2026',
        roles: ['Org Reversals Initiator'],
        shortCodes: numbers,
      },
    ],
  };
}
