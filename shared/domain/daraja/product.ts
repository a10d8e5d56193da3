/** What can be asked of Daraja, by its words in `api_calls`. */
export const PRODUCTS = [
  'token',
  'status',
  'reversal',
  'balance',
  'pull-register',
  'pull-query',
  'c2b-register',
  'stk-query',
] as const;
export type Product = (typeof PRODUCTS)[number];

/** Those that answer only later, by a callback to an address with a result token. */
export const ANSWERED_LATER: readonly Product[] = ['status', 'reversal', 'balance'];

/** What is kept in the keychain for a short code. `app`: consumer key and secret. */
export type CredentialKind = 'app' | 'look-up-operator' | 'reversal-operator' | 'passkey';

/** Which secret, beside the app, each product speaks with. */
export const OPERATOR_OF: Readonly<Partial<Record<Product, CredentialKind>>> = {
  status: 'look-up-operator',
  balance: 'look-up-operator',
  reversal: 'reversal-operator',
  'stk-query': 'passkey',
};
