import { findPasswordProblems } from '#shared/domain/access/password-rules.ts';
import type { Message } from '#shared/domain/message.ts';
import { type Failure, fail } from '#shared/ipc/result.ts';
import { isCommonPassword } from '../access/guessed-passwords.ts';
import { readSetting } from '../db/queries/settings.ts';
import { readShopDraft } from '../db/queries/setup-draft.ts';
import { selectTills } from '../db/queries/tills.ts';
import type { Core } from './core.ts';

export type NewPassword = { readonly password: string; readonly name: string; readonly hasTotp: boolean };

/** What speaks against a new password of this person of this shop; empty = nothing. Keeps nothing. */
export function findProblems(core: Pick<Core, 'ledger'>, wanted: NewPassword): Message[] {
  const db = core.ledger.read;
  const draft = readShopDraft(db);
  const shopName = draft?.shopName ?? readSetting(db, 'shop-name') ?? '';
  const drafted = draft?.tills.map((till) => till.number) ?? [];
  const numbers = [...drafted, ...selectTills(db).flatMap((till) => till.numbers)];
  return findPasswordProblems(wanted.password, {
    hasTotp: wanted.hasTotp,
    ownWords: [shopName, wanted.name, ...wanted.name.split(/\s+/), ...numbers],
    isCommon: isCommonPassword,
  });
}

/** The first thing to mend, as a failure; null when the password will do. */
export function refuseWeak(
  core: Pick<Core, 'ledger'>,
  wanted: NewPassword,
): { ok: false; error: Failure } | null {
  const [first] = findProblems(core, wanted);
  return first ? fail('access/weak-password', first) : null;
}
