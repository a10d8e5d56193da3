import { type Message, say } from '#shared/domain/message.ts';
import { fail } from '#shared/ipc/result.ts';
import type { VaultProblem } from '../../vault/vault.ts';

const WORDS: Readonly<Record<VaultProblem, Message>> = {
  locked: say('credential.keychain.locked'),
  unavailable: say('credential.keychain.unavailable'),
  'not-kept': say('credential.keychain.not-kept'),
  'too-large': say('credential.keychain.too-large'),
};

/** What the keychain did not do, and what helps. Nothing in the books has changed. */
export function refuseByKeychain(problem: VaultProblem) {
  return fail('credential/keychain', WORDS[problem]);
}
