import { createHmac, hkdfSync } from 'node:crypto';
import type { ReadDb } from '#main/db/ledger.ts';
import { unseal } from '#main/db/queries/sealed.ts';
import { isSealed } from '#shared/domain/audit/sealed-value.ts';
import { LARGEST_BODY, type ParsedBody, parseBody } from '#shared/domain/daraja/parse-body.ts';
import { say } from '#shared/domain/message.ts';
import type { Core } from '../core.ts';

const KEY_BYTES = 32;

/**
 * Tells the same words at the same address from others, without keeping a bare hash of them: it is keyed by the key of
 * the books, so that nobody who finds it can try what it was made of.
 */
export function hmacOfBody(
  core: Pick<Core, 'ledger'>,
  about: { readonly kind: string; readonly token: string | null; readonly body: Uint8Array },
): Buffer {
  const { access, file } = core.ledger;
  const key = Buffer.from(hkdfSync('sha256', access.key, file.id, 'daftari callback bodies', KEY_BYTES));
  return createHmac('sha256', key)
    .update(`${about.kind}\n${about.token ?? ''}\n`)
    .update(about.body)
    .digest();
}

/** As much of a body as is kept: all of it, unless it is longer than anything that the relay takes. */
export function keepBody(body: Uint8Array): string {
  return Buffer.from(body.subarray(0, LARGEST_BODY)).toString('base64');
}

/** A kept body as text; null when its key has been erased. */
export function readKeptBody(db: ReadDb, stored: string): string | null {
  const sealed: unknown = JSON.parse(stored);
  const opened = isSealed(sealed) ? unseal(db, sealed) : null;
  return opened === null ? null : Buffer.from(opened, 'base64').toString('utf8');
}

/** What came, as JSON; or why it is none. */
export function parseBytes(body: Uint8Array): ParsedBody {
  if (body.length > LARGEST_BODY) return { ok: false, why: say('callback.too-large') };
  return parseBody(Buffer.from(body).toString('utf8'));
}
