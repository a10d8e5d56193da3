import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import { say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../../db/ledger.ts';
import { removeCredential, selectCredential } from '../../db/queries/credentials.ts';
import { clearRefusal } from '../safaricom/credential-news.ts';
import { purposeOf } from '../safaricom/kept-secrets.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';
import { refuseByKeychain } from './keychain-words.ts';

export type OfCredential = { readonly shortCode: string; readonly kind: CredentialKind };

/**
 * Forgets a secret: the row first, so that there is never one without a secret. A keychain that does not even answer
 * refuses it before anything is done; one that then does not let go is said (`isGone`).
 */
export async function endCredential(
  { core, secrets }: SafaricomParts,
  actor: Actor,
  { shortCode, kind }: OfCredential,
): Promise<Result<{ isGone: boolean }>> {
  if (!selectCredential(core.ledger.read, shortCode, kind)) return refuseUnset();
  const purpose = kind === 'reversal-operator' ? null : purposeOf(shortCode, kind);
  const found = purpose === null ? null : await secrets.read(purpose);
  if (found && !found.ok) return refuseByKeychain(found.problem, 'remove');
  const removed = core.ledger.act(actor, 'credential.removed', `credential:${shortCode}`, (db) => {
    if (!selectCredential(db, shortCode, kind)) return refuseUnset();
    removeCredential(db, shortCode, kind);
    return succeed({ value: undefined, details: { secret: kind } });
  });
  if (!removed.ok) return removed;
  core.tell('ledger:changed', { areas: ['safaricom'] });
  const gone = purpose === null ? null : await secrets.remove(purpose);
  return succeed({ isGone: gone === null || gone.ok });
}

/** The owner has mended with Safaricom what it refused: the secret may be tried again. */
export function retryCredential(
  { core }: Pick<SafaricomParts, 'core'>,
  actor: Actor,
  { shortCode, kind }: OfCredential,
): Result<Record<string, never>> {
  const row = selectCredential(core.ledger.read, shortCode, kind);
  if (!row) return refuseUnset();
  if (row.state !== 'refused') return fail('access/out-of-order', say('credential.not-refused'));
  const tried = core.ledger.act(actor, 'credential.retried', `credential:${shortCode}`, (db) => {
    clearRefusal(db, shortCode, kind, core.now());
    return succeed({ value: {}, details: { secret: kind } });
  });
  if (tried.ok) core.tell('ledger:changed', { areas: ['safaricom'] });
  return tried;
}

function refuseUnset() {
  return fail('credential/not-set', say('credential.not-set'));
}
