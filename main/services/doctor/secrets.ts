import type { CredentialFacts } from '#shared/domain/doctor/credentials.ts';
import { type CredentialRow, selectCredentials } from '../../db/queries/credentials.ts';
import { countOpeners } from '../../db/queries/doctor.ts';
import type { VaultAnswer } from '../../vault/vault.ts';
import { readAppKeys, readOperator, readPasskey } from '../safaricom/kept-secrets.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';

type SecretState = CredentialFacts['secret'];

/** Where each secret stands, by `short code/kind`. */
export type SecretStates = ReadonlyMap<string, SecretState>;

export function secretName({ shortCode, kind }: Pick<CredentialRow, 'shortCode' | 'kind'>): string {
  return `${shortCode}/${kind}`;
}

/** Looks whether everything that was typed once is still where it was put. */
export async function lookForSecrets({
  core,
  secrets,
}: Pick<SafaricomParts, 'core' | 'secrets'>): Promise<SecretStates> {
  const states = new Map<string, SecretState>();
  for (const row of selectCredentials(core.ledger.read)) {
    const { shortCode, kind } = row;
    if (kind === 'reversal-operator') {
      states.set(secretName(row), countOpeners(core.ledger.read, shortCode) > 0 ? 'kept' : 'missing');
      continue;
    }
    const read = { app: readAppKeys, 'look-up-operator': readOperator, passkey: readPasskey }[kind];
    states.set(secretName(row), stateOf(await read(secrets, shortCode)));
  }
  return states;
}

/** What is there and cannot be read as what it should be is as good as gone. */
function stateOf(answer: VaultAnswer<unknown>): SecretState {
  if (answer.ok) return answer.value === null ? 'missing' : 'kept';
  return answer.problem === 'not-kept' ? 'missing' : 'unknown';
}
