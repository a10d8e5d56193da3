import type { Environment } from './certificate.ts';
import { isLoopback } from './wire/post.ts';

/** Words that Safaricom takes in no address, in any case. */
const BANNED = /m-?pesa|safaricom|exec?|cmd|sql|query/i;

/** A public address, over HTTPS in production. This computer counts as public: the tests live here. */
export function isLegalUrl(value: unknown, environment: Environment): value is string {
  if (typeof value !== 'string' || !URL.canParse(value) || BANNED.test(value)) return false;
  const { protocol, hostname } = new URL(value);
  if (protocol === 'https:') return true;
  return protocol === 'http:' && (environment === 'sandbox' || isLoopback(hostname));
}
