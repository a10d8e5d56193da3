import { ageOf } from '#shared/domain/daraja/credential-age.ts';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import type { CredentialList, CredentialView } from '#shared/ipc/credential-channels.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import { type CredentialRow, selectCredentials, sharesOperator } from '../../db/queries/credentials.ts';
import { selectTills } from '../../db/queries/tills.ts';
import type { VaultAnswer } from '../../vault/vault.ts';
import { sharedWith } from '../safaricom/credential-news.ts';
import { readAppKeys, readOperator, readPasskey } from '../safaricom/kept-secrets.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';
import { describeSealing } from './sealed-operator.ts';

/** What is set up for each number of the shop, and how it stands. No secret is in it. */
export async function listCredentials(parts: SafaricomParts): Promise<Result<CredentialList>> {
  const { core } = parts;
  const db = core.ledger.read;
  const rows = selectCredentials(db);
  const codes: CredentialList['codes'] = [];
  for (const { name: till, numbers } of selectTills(db))
    for (const shortCode of numbers) {
      const view = async (kind: CredentialKind) => {
        const row = rows.find((each) => each.shortCode === shortCode && each.kind === kind);
        return row === undefined ? null : viewOf(parts, row);
      };
      codes.push({
        shortCode,
        till,
        credentials: {
          app: await view('app'),
          'look-up-operator': await view('look-up-operator'),
          'reversal-operator': await view('reversal-operator'),
          passkey: await view('passkey'),
        },
        sharesOperator: sharesOperator(db, shortCode),
        sealing: describeSealing(db, shortCode),
      });
    }
  return succeed({ environment: core.ledger.environment, codes });
}

async function viewOf(parts: SafaricomParts, row: CredentialRow): Promise<CredentialView> {
  const { name, form, setAt, setByName, dueAt, state, stateAt, why, kind } = row;
  return {
    name,
    form,
    setAt,
    setBy: setByName,
    dueAt,
    ...ageOf(kind, dueAt, parts.core.now()),
    state,
    stateAt,
    why,
    kept: await lookFor(parts, row),
    sharedWith: sharedWith(parts.core.ledger.read, row),
  };
}

/** Whether the secret is where the row says. It is looked for and let go of. */
async function lookFor(
  { core, secrets }: SafaricomParts,
  { shortCode, kind }: CredentialRow,
): Promise<CredentialView['kept']> {
  if (kind === 'reversal-operator')
    return describeSealing(core.ledger.read, shortCode).to.length > 0 ? 'yes' : 'no';
  const found: VaultAnswer<unknown> =
    kind === 'app'
      ? await readAppKeys(secrets, shortCode)
      : kind === 'passkey'
        ? await readPasskey(secrets, shortCode)
        : await readOperator(secrets, shortCode);
  // Of another form than ours, it is as good as not there.
  if (!found.ok) return found.problem === 'not-kept' ? 'no' : 'cannot-look';
  return found.value === null ? 'no' : 'yes';
}
