import {
  array,
  assert,
  boolean,
  constant,
  constantFrom,
  option,
  property,
  shuffledSubarray,
  tuple,
} from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  OPEN_REVERSALS,
  proofOf,
  REVERSAL_STATES,
  type ResultWord,
  type ReversalEvent,
  type ReversalProof,
  type ReversalState,
  type Standing,
} from '#shared/domain/reversal/state.ts';
import { step } from '#shared/domain/reversal/step.ts';

const EVENTS = {
  approved: { type: 'approved' },
  lapsed: { type: 'lapsed' },
  sending: { type: 'sending' },
  'not-sent': { type: 'not-sent' },
  accepted: { type: 'accepted' },
  refused: { type: 'refused' },
  doubt: { type: 'doubt' },
  'result done': { type: 'result', says: 'done' },
  'result already': { type: 'result', says: 'already' },
  'result failed': { type: 'result', says: 'failed' },
  'result unclear': { type: 'result', says: 'unclear' },
  'seen relay': { type: 'seen', proof: 'relay' },
  'seen direct': { type: 'seen', proof: 'direct' },
  'seen file': { type: 'seen', proof: 'file' },
  'marked relay': { type: 'marked', proof: 'relay' },
  'marked file': { type: 'marked', proof: 'file' },
  'by another': { type: 'by-another' },
  'to-do-by-hand': { type: 'to-do-by-hand' },
  'handed-over': { type: 'handed-over' },
  'owner-says-not': { type: 'owner-says-not' },
  rejected: { type: 'rejected' },
  expired: { type: 'expired' },
  cancelled: { type: 'cancelled' },
} as const satisfies Readonly<Record<string, ReversalEvent>>;
type EventName = keyof typeof EVENTS;
const NAMES = Object.keys(EVENTS) as EventName[];
const ALL_EVENTS: readonly ReversalEvent[] = Object.values(EVENTS);
const WORDS: readonly ResultWord[] = ['done', 'already', 'failed', 'unclear'];

function standing(state: ReversalState, told: readonly ResultWord[] = []): Standing {
  return { state, told, seen: null, marked: null, byAnother: false };
}

/** A standing that a reversal can come to: a state without evidence, but for the two that rest on some. */
function bare(state: ReversalState): Standing {
  if (state === 'done') return standing(state, ['done']);
  return standing(state, state === 'already' ? ['already'] : []);
}

/** Every step out of every state; what is not named changes nothing. */
const TABLE: Readonly<Record<ReversalState, Partial<Readonly<Record<EventName, ReversalState>>>>> = {
  requested: {
    approved: 'approved',
    'result done': 'done',
    'result already': 'already',
    'seen relay': 'done',
    'seen direct': 'done',
    'seen file': 'done',
    'marked relay': 'already',
    'marked file': 'already',
    'by another': 'already',
    rejected: 'rejected',
    expired: 'expired',
    cancelled: 'cancelled',
  },
  approved: {
    lapsed: 'requested',
    sending: 'sending',
    'result done': 'done',
    'result already': 'already',
    'seen relay': 'done',
    'seen direct': 'done',
    'seen file': 'done',
    'marked relay': 'already',
    'marked file': 'already',
    'by another': 'already',
    'to-do-by-hand': 'by-hand',
    cancelled: 'cancelled',
  },
  sending: {
    'not-sent': 'requested',
    accepted: 'accepted',
    refused: 'failed',
    doubt: 'unknown',
    'result done': 'done',
    'result already': 'already',
    'result failed': 'failed',
    'result unclear': 'unknown',
    'seen relay': 'done',
    'seen direct': 'done',
    'seen file': 'done',
    'marked relay': 'done',
    'marked file': 'done',
    'by another': 'already',
  },
  accepted: {
    doubt: 'unknown',
    'result done': 'done',
    'result already': 'already',
    'result failed': 'failed',
    'result unclear': 'unknown',
    'seen relay': 'done',
    'seen direct': 'done',
    'seen file': 'done',
    'marked relay': 'done',
    'marked file': 'done',
    'by another': 'already',
  },
  unknown: {
    'result done': 'done',
    'result already': 'already',
    'result failed': 'failed',
    'result unclear': 'unknown',
    'seen relay': 'done',
    'seen direct': 'done',
    'seen file': 'done',
    'marked relay': 'done',
    'marked file': 'done',
    'by another': 'already',
    'owner-says-not': 'not-reversed',
  },
  'by-hand': {
    'result done': 'done',
    'result already': 'already',
    'seen relay': 'done',
    'seen direct': 'done',
    'seen file': 'done',
    'marked relay': 'done',
    'marked file': 'done',
    'by another': 'already',
    'handed-over': 'done',
    cancelled: 'cancelled',
  },
  done: {
    'result already': 'done',
    'result failed': 'unknown',
    'result unclear': 'unknown',
    'seen relay': 'done',
    'seen direct': 'done',
    'seen file': 'done',
    'marked relay': 'done',
    'marked file': 'done',
    'by another': 'done',
  },
  already: {
    'result done': 'done',
    'result failed': 'unknown',
    'result unclear': 'unknown',
    'seen relay': 'done',
    'seen direct': 'done',
    'seen file': 'done',
    'marked relay': 'already',
    'marked file': 'already',
    'by another': 'already',
  },
  failed: {
    'result done': 'done',
    'result already': 'already',
    'result failed': 'failed',
    'result unclear': 'unknown',
    'seen relay': 'done',
    'seen direct': 'done',
    'seen file': 'done',
    'marked relay': 'already',
    'marked file': 'already',
    'by another': 'already',
  },
  'not-reversed': {
    'result done': 'done',
    'result already': 'already',
    'seen relay': 'done',
    'seen direct': 'done',
    'seen file': 'done',
    'marked relay': 'done',
    'marked file': 'done',
    'by another': 'already',
  },
  rejected: { 'result done': 'done', 'result already': 'already' },
  expired: { 'result done': 'done', 'result already': 'already' },
  cancelled: { 'result done': 'done', 'result already': 'already' },
};

describe.each(REVERSAL_STATES)('%s', (state) => {
  test.each(NAMES)('after %s', (name) => {
    expect(step(bare(state), EVENTS[name])?.state ?? null).toBe(TABLE[state][name] ?? null);
  });
});

const anyEvent = constantFrom(...ALL_EVENTS);
const START: Standing = standing('requested');

function run(events: readonly ReversalEvent[], from: Standing = START): Standing[] {
  const life = [from];
  for (const event of events) {
    const now = life.at(-1) ?? from;
    life.push(step(now, event) ?? now);
  }
  return life;
}

test('what a statement has shown is never lost', () => {
  assert(
    property(array(anyEvent, { maxLength: 40 }), (events) => {
      const life = run(events);
      const first = life.findIndex(({ state, seen }) => state === 'done' && seen === 'file');
      if (first === -1) return;
      for (const later of life.slice(first)) expect(later).toMatchObject({ state: 'done', seen: 'file' });
    }),
  );
});

test('nothing that was said is forgotten', () => {
  assert(
    property(array(anyEvent, { maxLength: 40 }), (events) => {
      const life = run(events);
      for (const [at, later] of life.entries()) {
        const before = life[at - 1];
        if (before === undefined) continue;
        expect(later.told).toEqual(expect.arrayContaining([...before.told]));
        if (before.seen === 'direct') expect(['direct', 'file']).toContain(later.seen);
      }
    }),
  );
});

test('one approval is sent once at most', () => {
  assert(
    property(array(anyEvent, { maxLength: 60 }), (events) => {
      const life = run(events);
      let approvals = 0;
      let sendings = 0;
      for (const [at, { state }] of life.entries()) {
        const before = life[at - 1]?.state;
        if (state === before) continue;
        if (state === 'approved') approvals += 1;
        if (state === 'sending') sendings += 1;
        expect(sendings).toBeLessThanOrEqual(approvals);
      }
    }),
  );
});

const EVIDENCE: readonly string[] = ['result', 'seen', 'marked', 'by-another', 'owner-says-not'];

test('what is unknown ends by evidence or by the owner, never by nothing', () => {
  const weak = ALL_EVENTS.filter(({ type }) => !EVIDENCE.includes(type));
  assert(
    property(array(anyEvent, { maxLength: 30 }), constantFrom(...weak), (events, event) => {
      const now = run(events).at(-1) ?? START;
      if (now.state !== 'unknown') return;
      expect(step(now, event)).toBeNull();
    }),
  );
});

test('results in any order, once or often, come to the same', () => {
  const doubts: readonly ReversalEvent[] = [{ type: 'doubt' }, { type: 'accepted' }];
  assert(
    property(
      array(constantFrom(...WORDS), { maxLength: 8 }),
      shuffledSubarray([...WORDS, ...WORDS]),
      array(tuple(boolean(), constantFrom(...doubts)), { maxLength: 4 }),
      (words, more, extra) => {
        const sent: Standing = standing('unknown');
        const say = (all: readonly ResultWord[]): ReversalEvent[] =>
          all.flatMap((says, at) => [
            { type: 'result' as const, says },
            ...(extra[at]?.[0] ? [extra[at][1]] : []),
          ]);
        const all = [...words, ...more];
        const once = [...new Set(all)].sort();
        expect(run(say(all), sent).at(-1)).toEqual(run(say(once), sent).at(-1));
      },
    ),
  );
});

test('all evidence, in any order, comes to the same', () => {
  const evidence = ALL_EVENTS.filter(({ type }) => ['result', 'seen', 'marked', 'by-another'].includes(type));
  const states: readonly ReversalState[] = ['sending', 'accepted', 'unknown'];
  assert(
    property(
      constantFrom(...states),
      shuffledSubarray(evidence).chain((some) =>
        tuple(shuffledSubarray(some, { minLength: some.length }), constant(some)),
      ),
      (state, [one, other]) => {
        expect(run(one, standing(state)).at(-1)).toEqual(run(other, standing(state)).at(-1));
      },
    ),
    { numRuns: 2_000 },
  );
});

test('what only shows that the payment went back is never called our doing where we were told otherwise', () => {
  const told: readonly ResultWord[] = ['already', 'failed'];
  for (const says of told) {
    const life = run([{ type: 'result', says }, EVENTS['marked file']], standing('accepted'));
    expect(life.at(-1)?.state).toBe('already');
  }
  expect(run([EVENTS['marked file']], standing('requested')).at(-1)?.state).toBe('already');
  expect(run([EVENTS['by another'], EVENTS['seen file']], standing('unknown')).at(-1)?.state).toBe('done');
});

test('two results that contradict each other are neither believed', () => {
  assert(
    property(shuffledSubarray([...WORDS], { minLength: 2 }), (words) => {
      const saysBack = words.includes('done') || words.includes('already');
      if (!words.includes('unclear') && !(saysBack && words.includes('failed'))) return;
      const sent: Standing = standing('accepted');
      const life = run(
        words.map((says) => ({ type: 'result' as const, says })),
        sent,
      );
      expect(life.at(-1)?.state).toBe('unknown');
    }),
  );
});

test('the money is said to be back only where something shows it', () => {
  assert(
    property(array(anyEvent, { maxLength: 40 }), (events) => {
      for (const now of run(events)) {
        const isShown = now.seen !== null || now.marked !== null || now.told.includes('done');
        if (now.state === 'done') expect(isShown).toBe(true);
        expect(proofOf(now) === null).toBe(now.state !== 'done');
      }
    }),
  );
});

test('while it may have been sent, the receipt takes no other', () => {
  for (const state of ['sending', 'accepted', 'unknown'] as const) expect(OPEN_REVERSALS).toContain(state);
});

test('the better proof is kept', () => {
  const proofs: readonly Exclude<ReversalProof, 'typed'>[] = ['relay', 'direct', 'file'];
  assert(
    property(
      array(constantFrom(...proofs), { minLength: 1, maxLength: 6 }),
      option(constantFrom(...WORDS)),
      (seen, says) => {
        const sights: ReversalEvent[] = seen.map((proof) => ({ type: 'seen', proof }));
        const events: ReversalEvent[] = says === null ? sights : [...sights, { type: 'result', says }];
        const end = run(events, standing('accepted')).at(-1) ?? START;
        const best = [...seen].sort((a, b) => proofs.indexOf(b) - proofs.indexOf(a))[0];
        expect(proofOf(end)).toBe(best);
      },
    ),
  );
});
