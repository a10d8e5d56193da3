import type { WriteDb } from '#main/db/ledger.ts';
import { ROTATION, selectCall } from '#main/db/queries/api-calls.ts';
import { type CredentialRow, selectCredential, setCredentialState } from '#main/db/queries/credentials.ts';
import type { CodeMeaning } from '#shared/domain/daraja/codes.ts';
import { type CredentialKind, OPERATOR_OF } from '#shared/domain/daraja/product.ts';
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
  const about = { shortCode, kind, askedAt, at: stateAt };
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
};

export function noteRefusal(db: WriteDb, about: About, why: Message): CredentialNews {
  const known = selectCredential(db, about.shortCode, about.kind);
  if (known === null || known.state === 'refused' || about.askedAt < provableSince(known)) return null;
  setCredentialState(db, about.shortCode, about.kind, 'refused', about.at, why);
  return 'refused';
}

/** One that was refused stays so: only the owner ends that. */
export function noteProof(db: WriteDb, about: About): CredentialNews {
  const known = selectCredential(db, about.shortCode, about.kind);
  if (known?.state !== 'untried' || about.askedAt < provableSince(known)) return null;
  setCredentialState(db, about.shortCode, about.kind, 'working', about.at, null);
  return 'working';
}

/** The owner says that it is put right, in the portal: it may be tried again, as if it had just been typed. */
export function clearRefusal(db: WriteDb, shortCode: string, kind: CredentialKind, at: UtcMs): void {
  setCredentialState(db, shortCode, kind, 'untried', at, null);
}

/** Since when what an answer shows is about this credential as it is now. */
export function provableSince({ setAt, state, stateAt }: CredentialRow): UtcMs {
  return state === 'untried' && stateAt !== null && stateAt > setAt ? stateAt : setAt;
}
