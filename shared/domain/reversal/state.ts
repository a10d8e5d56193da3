/**
 * How a reversal stands (ADR 34).
 *
 * `requested` waits for an approver. `approved` is signed and not sent yet. `sending`: the intent is on disk, and nobody
 * knows more. `accepted`: Safaricom took it, which says nothing about money. `unknown`: it may have happened; only positive
 * evidence ends that. `by-hand`: approved, and somebody must do it. `done`: the money went back, by the proof beside it.
 * `already`: the payment went back, and nothing shows that this request did it. `failed`: Safaricom says that it did not
 * happen. `not-reversed`: the owner decided so, from a statement without it.
 */
export const REVERSAL_STATES = [
  'requested',
  'approved',
  'sending',
  'accepted',
  'unknown',
  'by-hand',
  'done',
  'already',
  'failed',
  'not-reversed',
  'rejected',
  'expired',
  'cancelled',
] as const;
export type ReversalState = (typeof REVERSAL_STATES)[number];

/** How the money is to go back. Only `daraja` calls Safaricom. */
export type ReversalMethod = 'daraja' | 'by-hand' | 'cash' | 'send-money';

/** What shows that the money went back, weakest first. */
export type ReversalProof = 'typed' | 'relay' | 'direct' | 'file';

/** Shown by somebody else than whoever typed it. */
export type SeenProof = Exclude<ReversalProof, 'typed'>;

const PROOFS: readonly ReversalProof[] = ['typed', 'relay', 'direct', 'file'];

/** While in one of these, the receipt takes no other request. */
export const OPEN_REVERSALS: readonly ReversalState[] = [
  'requested',
  'approved',
  'sending',
  'accepted',
  'unknown',
  'by-hand',
];

/** In these, money may have moved and nobody knows. */
export const UNSURE_REVERSALS: readonly ReversalState[] = ['sending', 'accepted', 'unknown'];

/** In these the payment counts as sent back. */
export const SENT_BACK: readonly ReversalState[] = ['done', 'already'];

/** What one result of our own call says. `unclear`: a code that nobody knows, or one that contradicts its sentence. */
export type ResultWord = 'done' | 'already' | 'failed' | 'unclear';

export type ReversalEvent =
  | { readonly type: 'approved' }
  /** What was approved has had its ten minutes, or the program ended before it was sent. */
  | { readonly type: 'lapsed' }
  /** The intent of the one call of this approval. */
  | { readonly type: 'sending' }
  /** Certain that nothing was sent. */
  | { readonly type: 'not-sent' }
  | { readonly type: 'accepted' }
  /** Safaricom said no at once, with a code that we know. */
  | { readonly type: 'refused' }
  /** No answer, an answer that cannot be read, an error of the gateway, Safaricom's own time-out, or a crash. */
  | { readonly type: 'doubt' }
  /** A result that is bound to this reversal's own token. */
  | { readonly type: 'result'; readonly says: ResultWord }
  /** The reversal itself, seen elsewhere than in a result: its own line, or an answer about it. */
  | { readonly type: 'seen'; readonly proof: SeenProof }
  /** The word Reversed on the payment: its money went back, by whomever. */
  | { readonly type: 'marked'; readonly proof: SeenProof }
  /** A statement shows that somebody else had sent it back before this was carried out. */
  | { readonly type: 'by-another' }
  | { readonly type: 'to-do-by-hand' }
  /** Cash over the counter, or money sent from a phone: somebody says that they did it. */
  | { readonly type: 'handed-over' }
  | { readonly type: 'owner-says-not' }
  | { readonly type: 'rejected' }
  | { readonly type: 'expired' }
  | { readonly type: 'cancelled' };

export type ReversalEventType = ReversalEvent['type'];

/**
 * Where a reversal stands, and all that was ever said of it. `told`: what results said, each once, in a fixed order.
 * `seen`: the best that shows the reversal itself. `marked`: the best that shows its payment as reversed. `byAnother`:
 * somebody else's reversal of it was seen. None forgets, so that what came first or twice makes no difference.
 */
export type Standing = {
  readonly state: ReversalState;
  readonly told: readonly ResultWord[];
  readonly seen: ReversalProof | null;
  readonly marked: SeenProof | null;
  readonly byAnother: boolean;
};

/** What shows that the money went back; null while nothing does. */
export function proofOf({
  state,
  seen,
  marked,
}: Pick<Standing, 'state' | 'seen' | 'marked'>): ReversalProof | null {
  if (state !== 'done') return null;
  if (marked === null) return seen ?? 'relay';
  return strongerProof(seen, marked);
}

/** The stronger of two proofs. */
export function strongerProof<P extends ReversalProof>(a: P | null, b: P): P {
  return a !== null && PROOFS.indexOf(a) > PROOFS.indexOf(b) ? a : b;
}
