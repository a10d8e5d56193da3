import { createHmac, hkdfSync } from 'node:crypto';
import type { Core } from '../core.ts';
import type { AppKeys } from '../safaricom/kept-secrets.ts';

const KEY_BYTES = 32;

/**
 * Tells one pair of consumer key and secret from another without keeping either: keyed by the key of the books, so that
 * nobody who finds it can try what it was made of. In hex.
 */
export function markOfKeys({ ledger }: Pick<Core, 'ledger'>, { key, secret }: AppKeys): string {
  const { access, file } = ledger;
  const hashKey = Buffer.from(hkdfSync('sha256', access.key, file.id, 'daftari consumer keys', KEY_BYTES));
  return createHmac('sha256', hashKey)
    .update(JSON.stringify([key, secret]))
    .digest('hex');
}
