import type { Input } from '#shared/ipc/contract.ts';
import type { Result } from '#shared/ipc/result.ts';
import { openTurns } from '../../access/turns.ts';
import type { Actor } from '../../db/ledger.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';
import { endCredential, type OfCredential, retryCredential } from './end-credential.ts';
import { readCredential } from './read-credential.ts';
import { openRotations, type Rotations } from './rotation.ts';
import { setCredential } from './set-credential.ts';

type Done = Result<Record<string, never>>;

export type CredentialDesk = {
  readonly set: (actor: Actor, given: Input<'credential:set'>) => Promise<Done>;
  readonly remove: (actor: Actor, of: OfCredential) => Promise<Result<{ isGone: boolean }>>;
  readonly retry: (actor: Actor, of: OfCredential) => Promise<Done>;
  readonly finish: (actor: Actor, of: OfCredential) => Promise<Done>;
  readonly rotations: Rotations;
};

/** Where secrets are changed, one after the other: two at once could leave the keychain with one and the books with another. */
export function openCredentialDesk(parts: SafaricomParts): CredentialDesk {
  const inTurn = openTurns();
  const rotations = openRotations(parts);
  return {
    set: (actor, { shortCode, credential: typed }) =>
      inTurn(async () => {
        const read = readCredential(typed, parts.core.now());
        if (!read.ok) return read;
        const acceptsOneOperator = 'acceptsOneOperator' in typed && typed.acceptsOneOperator;
        return setCredential(parts, actor, { shortCode, credential: read.value, acceptsOneOperator });
      }),
    remove: (actor, of) => inTurn(() => endCredential(parts, actor, of)),
    retry: (actor, of) => inTurn(async () => retryCredential(parts, actor, of)),
    finish: (actor, of) => inTurn(() => rotations.finish(actor, of)),
    rotations,
  };
}
