import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import type { CredentialView } from '#shared/ipc/credential-channels.ts';

/** What an owner can do about a secret. `set` also replaces. */
export type CredentialAct = 'set' | 'rotate' | 'remove' | 'retry';

/** What the menu of a secret offers; the first is also a button of its own. */
export function listActs(kind: CredentialKind, view: CredentialView | null): readonly CredentialAct[] {
  if (view === null) return ['set'];
  const acts: CredentialAct[] = view.state === 'refused' ? ['retry'] : [];
  // Only these two can be tried before they are put into use.
  if (kind === 'app' || kind === 'look-up-operator') acts.push('rotate');
  acts.push('set', 'remove');
  return acts;
}
