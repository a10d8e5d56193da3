import type { ReadDb, WriteDb } from '#main/db/ledger.ts';
import { ROTATION, selectCall } from '#main/db/queries/api-calls.ts';
import {
  type CredentialRow,
  selectCredential,
  selectCredentials,
  setCredentialState,
} from '#main/db/queries/credentials.ts';
import type { CodeMeaning } from '#shared/domain/daraja/codes.ts';
import { readInitiator } from '#shared/domain/daraja/kept-request.ts';
import { type CredentialKind, OPERATOR_OF } from '#shared/domain/daraja/product.ts';
import { isOperator, isSameCredential } from '#shared/domain/daraja/same-credential.ts';
import { type Message, say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { quote } from './call-words.ts';

/** Results that Safaricom gives only after it has taken the operator's password. */
export const PROVES: readonly CodeMeaning[] = ['done', 'not-found', 'no-funds', 'already-reversed'];

/** What became of a credential by some news: nothing new is null. */
export type CredentialNews = 'working' | 'refused' | null;

/**
 * What a result shows of the operator that asked, in the transaction that binds it and after the call has taken its
 * step. The first refusal stops the credential's calls until the owner acts.
 */
export function noteResultForCredential(db: WriteDb, callId: number, meaning: CodeMeaning): CredentialNews {
  const call = selectCall(db, callId);
  const kind = call === null ? undefined : OPERATOR_OF[call.product];
  if (call === null || kind === undefined || call.subject.startsWith(ROTATION)) return null;
  const { shortCode, askedAt, stateAt } = call;
  const about = { shortCode, kind, askedAt, at: stateAt, operator: readInitiator(call.request) };
  if (meaning === 'credential-refused')
    return noteRefusal(db, about, say('safaricom.credential-refused-by', { said: quote(call) }));
  return PROVES.includes(meaning) ? noteProof(db, about) : null;
}

type About = {
  readonly shortCode: string;
  readonly kind: CredentialKind;
  /** When it was asked: what a question of before shows says nothing of what was set after. */
  readonly askedAt: UtcMs;
  readonly at: UtcMs;
  /** Whom the request named, where that is at hand: the row may name another by now. */
  readonly operator?: string | null;
};

/**
 * Stops what was refused, for every number that speaks with it: an operator is locked whichever number is asked about.
 * What was typed after the question was put goes on, for it may be another secret.
 */
export function noteRefusal(db: WriteDb, about: About, why: Message): CredentialNews {
  const { askedAt, at } = about;
  const stopped = spokenWith(db, about).filter(
    (row) => row.state !== 'refused' && askedAt >= provableSince(row),
  );
  for (const { shortCode, kind } of stopped) setCredentialState(db, shortCode, kind, 'refused', at, why);
  return stopped.length > 0 ? 'refused' : null;
}

/**
 * One that was refused stays so: only the owner ends that. A pair of keys that gives a token gives it for every number.
 * An operator's proof is of one number's password: that another number names the same operator does not say that the
 * same password was typed there, and a wrong one counts towards its lock.
 */
export function noteProof(db: WriteDb, about: About): CredentialNews {
  const { askedAt, at } = about;
  const proved = spokenWith(db, about).filter(
    (row) =>
      row.state === 'untried' &&
      askedAt >= provableSince(row) &&
      (about.kind === 'app' || (row.shortCode === about.shortCode && row.kind === about.kind)),
  );
  for (const { shortCode, kind } of proved) setCredentialState(db, shortCode, kind, 'working', at, null);
  return proved.length > 0 ? 'working' : null;
}

/** The credential of a request, wherever the shop uses it. */
function spokenWith(db: ReadDb, about: About): CredentialRow[] {
  const { shortCode, kind, askedAt } = about;
  const named = isOperator(kind) ? (about.operator ?? null) : null;
  const known = selectCredential(db, shortCode, kind);
  // Typed anew since, it says no more whom the request spoke for.
  const isStill = known !== null && askedAt >= provableSince(known);
  if (!isStill && named === null) return [];
  const name = named ?? known?.name ?? null;
  const used = { shortCode, kind, name, keyMark: known?.keyMark ?? null };
  return selectCredentials(db).filter((row) => isSameCredential(row, used));
}

/** Other numbers of the shop that speak with the same. */
export function sharedWith(db: ReadDb, credential: CredentialRow): string[] {
  const same = selectCredentials(db).filter((row) => isSameCredential(row, credential));
  const codes = new Set(same.map(({ shortCode }) => shortCode));
  codes.delete(credential.shortCode);
  return [...codes];
}

/** The owner says that it is put right, in the portal: it may be tried again, as if it had just been typed. */
export function clearRefusal(db: WriteDb, shortCode: string, kind: CredentialKind, at: UtcMs): void {
  setCredentialState(db, shortCode, kind, 'untried', at, null);
}

/** Since when what an answer shows is about this credential as it is now. */
export function provableSince({ setAt, state, stateAt }: CredentialRow): UtcMs {
  return state === 'untried' && stateAt !== null && stateAt > setAt ? stateAt : setAt;
}
