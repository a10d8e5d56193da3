import { type Message, say } from '#shared/domain/message.ts';
import { fail } from '#shared/ipc/result.ts';
import type { VaultProblem } from '../../vault/vault.ts';

function wordsOf(problem: VaultProblem, wish: 'keep' | 'remove'): Message {
  switch (problem) {
    case 'locked':
      return say('credential.keychain.locked', { wish });
    case 'unavailable':
      return say('credential.keychain.unavailable', { wish });
    case 'not-kept':
      return say('credential.keychain.not-kept');
    case 'too-large':
      return say('credential.keychain.too-large');
  }
}

/** What the keychain did not do, and what helps. Nothing in the books has changed. */
export function refuseByKeychain(problem: VaultProblem, wish: 'keep' | 'remove') {
  return fail('credential/keychain', wordsOf(problem, wish));
}
