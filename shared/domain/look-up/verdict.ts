import type { Message } from '../message.ts';
import type { Cents } from '../money.ts';
import type { Party } from '../party.ts';
import type { UtcMs } from '../time.ts';
import { listEvidence } from './evidence.ts';
import type { Evidence } from './evidence-line.ts';
import type { LookUpFacts } from './facts.ts';
import { type Findings, find, isReal, type VerdictKind } from './findings.ts';
import { sayVerdict } from './verdict-words.ts';

/** How loudly it is said: go on, go on with care, wait, stop, nothing is known. */
export type Tone = 'good' | 'likely' | 'wait' | 'bad' | 'quiet';

export type Verdict = {
  readonly kind: VerdictKind;
  readonly tone: Tone;
  readonly title: Message;
  readonly text: Message;
  readonly amount: Cents | null;
  readonly paidAt: UtcMs | null;
  readonly asOf: UtcMs;
  readonly payer: Party | null;
  readonly movementId: number | null;
  /** The sale that it paid for or is held for. */
  readonly saleId: number | null;
  readonly claimId: number | null;
  /** The money came to us and is still here, and Safaricom does not say otherwise. */
  readonly isReal: boolean;
  /** It came in, nothing has it yet, and it may be held for a sale. */
  readonly canHold: boolean;
  readonly evidence: readonly Evidence[];
};

/** The verdict as of now. Total, pure, and the same whatever the order of the facts. */
export function judge(facts: LookUpFacts): Verdict {
  const findings = find(facts);
  const { kind, payment, answer, usedFor, claim, amount, paidAt, asOf } = findings;
  const { title, text } = sayVerdict(findings);
  const isHere = isReal(kind) && !findings.isDenied;
  return {
    kind,
    tone: toneOf(findings),
    title,
    text,
    amount,
    paidAt,
    asOf,
    payer: payment?.party ?? answer?.payer ?? null,
    movementId: payment?.id ?? null,
    saleId: usedFor?.saleId ?? claim?.sale?.id ?? null,
    claimId: claim?.id ?? null,
    isReal: isHere,
    canHold: isHere && usedFor === null && claim === null,
    evidence: listEvidence(findings),
  };
}

function toneOf({ kind, facts, isConfirmed, left }: Findings): Tone {
  switch (kind) {
    case 'settled':
      return 'good';
    case 'reported':
      return facts.isLarge && !isConfirmed ? 'wait' : 'likely';
    case 'reversed':
      return left === null ? 'bad' : 'wait';
    case 'failed':
    case 'another-short-code':
    case 'not-a-payment':
    case 'used':
    case 'amount-differs':
      return 'bad';
    case 'asked-back':
    case 'held':
    case 'shown-before':
    case 'pending':
    case 'not-known':
    case 'no-answer':
      return 'wait';
    case 'unclear':
    case 'could-not-ask':
    case 'not-asked':
      return 'quiet';
  }
}
