import { say } from '../message.ts';
import { type Check, line } from './check.ts';

/** How writing a probe, reading it back and removing it went. `library`: the keychain's own library did not load. */
export type KeychainFacts =
  | { readonly state: 'ok' | 'locked' | 'unavailable' | 'not-kept' | 'too-large' }
  | { readonly state: 'library'; readonly cause: string };

export function judgeKeychain(facts: KeychainFacts): Check {
  switch (facts.state) {
    case 'ok':
      return line('keychain', 'ok', say('doctor.keychain.ok'));
    case 'locked':
      return line('keychain', 'failure', say('doctor.keychain.locked'), {
        mend: say('doctor.keychain.locked-mend'),
      });
    case 'library':
      return line('keychain', 'failure', say('doctor.keychain.library', { cause: facts.cause }), {
        mend: say('doctor.keychain.library-mend'),
      });
    case 'unavailable':
      return line('keychain', 'failure', say('doctor.keychain.none'), {
        mend: say('doctor.keychain.none-mend'),
      });
    default:
      return line('keychain', 'failure', say('doctor.keychain.forgets'), {
        mend: say('doctor.keychain.none-mend'),
      });
  }
}
