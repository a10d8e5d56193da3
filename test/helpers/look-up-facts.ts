import type {
  Asking,
  KeptStatement,
  KnownAnswer,
  KnownClaim,
  KnownMovement,
  LookUpFacts,
  Source,
  UsedFor,
} from '#shared/domain/look-up/facts.ts';
import { type Cents, cents } from '#shared/domain/money.ts';
import { NOBODY } from '#shared/domain/party.ts';
import type { Receipt } from '#shared/domain/receipt.ts';
import { HOUR, MINUTE, type UtcMs } from '#shared/domain/time.ts';

export const NOW = Date.UTC(2026, 2, 14, 12) as UtcMs;
export const ago = (ms: number) => (NOW - ms) as UtcMs;
export const PAID_AT = ago(HOUR);
export const kes = (shillings: number): Cents => cents(shillings * 100);

export const NOT_ASKED: Asking = { state: 'not-asked', at: null, why: null };

/** Nothing is known but the code. */
export const NOTHING: LookUpFacts = {
  receipt: 'UCE6DEMO01' as Receipt,
  now: NOW,
  marks: null,
  otherCodes: 0,
  stated: null,
  movements: [],
  reversals: [],
  usedFor: [],
  namedBy: [],
  claims: [],
  shownBefore: [],
  answers: [],
  foreign: [],
  asking: NOT_ASKED,
  askable: ['1234567'],
  isCovered: false,
  nearMisses: [],
  isLarge: false,
};

export const knowing = (facts: Partial<LookUpFacts>): LookUpFacts => ({ ...NOTHING, ...facts });

export const LINE: Source = {
  kind: 'statement-line',
  channel: 'file',
  at: ago(30 * MINUTE),
  file: 'a.csv',
  row: 12,
};
export const NOTICE: Source = {
  kind: 'confirmation',
  channel: 'relay',
  at: ago(HOUR),
  file: null,
  row: null,
};

export function movement(about: Partial<KnownMovement> = {}): KnownMovement {
  return {
    id: 1,
    till: 'Counter',
    amount: kes(1250),
    at: PAID_AT,
    precision: 'second',
    direction: 'in',
    kind: 'customer-payment',
    status: 'completed',
    party: NOBODY,
    isSettled: true,
    sources: [LINE],
    ...about,
  };
}

export function answer(about: Partial<KnownAnswer> = {}): KnownAnswer {
  return {
    id: 1,
    askedFor: '1234567',
    at: ago(MINUTE),
    fate: 'completed',
    isAnswered: true,
    code: '0',
    text: null,
    state: 'Completed',
    amount: kes(1250),
    completedAt: PAID_AT,
    paidTo: '1234567',
    isOurs: true,
    isFromUs: false,
    payer: null,
    ...about,
  };
}

export const USED: UsedFor = {
  saleId: 7,
  name: 'S-1187',
  amount: kes(1250),
  linkedAt: ago(MINUTE),
  by: 'Amina',
};
export const HELD: KnownClaim = { id: 3, at: ago(10 * MINUTE), by: 'Njeri', sale: null, endedAt: null };
export const SHOWN = { id: 2, at: ago(20 * MINUTE), by: 'Njeri', counts: true };
export const stating = (amount: Cents | null): KeptStatement => ({
  amount,
  at: PAID_AT,
  payee: null,
  payeeIs: null,
  payer: null,
});

export const REPORTED = movement({ isSettled: false, sources: [NOTICE] });
export const WAITING = { state: 'waiting', at: ago(MINUTE), why: null } as const;
export const NOT_FOUND = answer({
  id: 11,
  fate: 'not-found',
  code: '2032',
  amount: null,
  paidTo: null,
  isOurs: null,
});
export const REFUSED = answer({
  id: 12,
  isAnswered: false,
  fate: 'failed',
  code: '2001',
  text: 'invalid',
  paidTo: null,
  isOurs: null,
});
export const SENT_BACK = { receipt: 'UCE6DEMO09', amount: kes(1250), at: ago(5 * MINUTE) };
export const FOREIGN = { at: ago(MINUTE), shortCode: '7654321', amount: kes(1250) };
