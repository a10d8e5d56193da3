import { dueAt } from '#shared/domain/daraja/credential-age.ts';
import { isSameOperator } from '#shared/domain/daraja/credential-input.ts';
import { say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Actor, WriteDb } from '../../db/ledger.ts';
import { replaceBoxes } from '../../db/queries/approver-keys.ts';
import {
  type CredentialRow,
  saveCredential,
  selectCredential,
  setCredentialState,
} from '../../db/queries/credentials.ts';
import { tillOfNumber } from '../../db/queries/tills.ts';
import { type Described, recordChange } from '../audit/record-change.ts';
import { purposeOf, writeKept } from '../safaricom/kept-secrets.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';
import { markOfKeys } from './key-mark.ts';
import { refuseByKeychain } from './keychain-words.ts';
import type { ReadCredential } from './read-credential.ts';
import { sealToApprovers } from './sealed-operator.ts';

export type Setting = {
  readonly shortCode: string;
  readonly credential: ReadCredential;
  readonly acceptsOneOperator: boolean;
  /** The last step of a rotation. */
  readonly isRotation?: boolean;
  /** When Safaricom took it, where it was tried before it was kept. */
  readonly provenAt?: UtcMs | null;
};

type Done = Result<Record<string, never>>;

/**
 * Keeps a secret, in the place of an older one if there is one. First the keychain, then the row that names it: cut off
 * in between, a secret lies there that no row speaks of, and the next one overwrites it. The other way round there
 * would be a row without a secret.
 */
export async function setCredential(parts: SafaricomParts, actor: Actor, setting: Setting): Promise<Done> {
  const { credential } = setting;
  const refused = refuseSetting(parts, setting);
  if (refused) return refused;
  const done =
    credential.kind === 'reversal-operator'
      ? sealOperator(parts, actor, setting, credential)
      : await keepInKeychain(parts, actor, setting, credential);
  if (done.ok) parts.core.tell('ledger:changed', { areas: ['safaricom'] });
  return done;
}

type Sealable = Extract<ReadCredential, { kind: 'reversal-operator' }>;
type Keepable = Exclude<ReadCredential, Sealable>;

/** Null when nothing speaks against it. */
function refuseSetting({ core }: SafaricomParts, setting: Setting): Result<never> | null {
  const { shortCode, credential, acceptsOneOperator } = setting;
  const db = core.ledger.read;
  if (tillOfNumber(db, shortCode) === null)
    return fail('ledger/not-found', say('credential.not-our-number', { shortCode }));
  const other = otherOperator(credential.kind);
  const otherName = other && selectCredential(db, shortCode, other)?.name;
  if (!otherName || credential.name === null || !isSameOperator(otherName, credential.name)) return null;
  return acceptsOneOperator ? null : fail('credential/one-operator', say('credential.one-operator'));
}

function otherOperator(kind: ReadCredential['kind']) {
  if (kind === 'look-up-operator') return 'reversal-operator';
  return kind === 'reversal-operator' ? 'look-up-operator' : null;
}

async function keepInKeychain(
  { core, secrets }: SafaricomParts,
  actor: Actor,
  setting: Setting,
  credential: Keepable,
): Promise<Done> {
  const purpose = purposeOf(setting.shortCode, credential.kind);
  const before = await secrets.read(purpose);
  if (!before.ok) return refuseByKeychain(before.problem, 'keep');
  const takeBack = () =>
    before.value === null ? secrets.remove(purpose) : secrets.write(purpose, before.value);
  const kept = await secrets.write(purpose, writeKept(credential.secret));
  if (!kept.ok) {
    // Half of it may be there.
    await takeBack();
    return refuseByKeychain(kept.problem, 'keep');
  }
  try {
    const done = writeRow({ core }, actor, setting);
    if (!done.ok) await takeBack();
    return done;
  } catch (error) {
    await takeBack();
    throw error;
  }
}

/** Nothing of it goes into the keychain: the boxes and the row are one transaction. */
function sealOperator(parts: SafaricomParts, actor: Actor, setting: Setting, { secret }: Sealable): Done {
  const { core } = parts;
  const boxes = sealToApprovers(core, setting.shortCode, secret);
  if (boxes.length === 0) return fail('credential/sealed', say('credential.sealed.nobody'));
  return writeRow({ core }, actor, setting, (db) => replaceBoxes(db, setting.shortCode, boxes, core.now()));
}

function writeRow(
  { core }: Pick<SafaricomParts, 'core'>,
  actor: Actor,
  { shortCode, credential, acceptsOneOperator, isRotation = false, provenAt = null }: Setting,
  write: (db: WriteDb) => void = () => undefined,
): Done {
  const { kind, name, form, since } = credential;
  const subject = `credential:${shortCode}`;
  return core.ledger.act(actor, 'credential.set', subject, (db) => {
    const setAt = core.now();
    const before = selectCredential(db, shortCode, kind);
    const row = {
      shortCode,
      kind,
      name,
      keyMark: credential.kind === 'app' ? markOfKeys(core, credential.secret) : null,
      form,
      setAt,
      setBy: actor.staffId,
      dueAt: dueAt(kind, since ?? setAt),
    };
    saveCredential(db, row);
    if (provenAt !== null) setCredentialState(db, shortCode, kind, 'working', provenAt, null);
    write(db);
    const change = recordChange(db, subject, before && describeRow(before), describeRow(row));
    const how = before === null ? 'first' : isRotation ? 'rotated' : 'replaced';
    return succeed({ value: {}, details: { secret: kind, how, acceptsOneOperator, ...change } });
  });
}

function describeRow({ name, form, dueAt: due }: Pick<CredentialRow, 'name' | 'form' | 'dueAt'>): Described {
  return { operator: name, form, dueAt: due };
}
