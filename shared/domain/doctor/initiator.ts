import { meaningOf } from '../daraja/codes.ts';
import { type Message, say } from '../message.ts';
import type { UtcMs } from '../time.ts';
import { type CallFacts, quote } from './call-facts.ts';
import { type Check, line } from './check.ts';
import { others } from './shared-credential.ts';

export type InitiatorFacts = {
  /** Since when an answer is about the operator as it is now: set, or cleared by the owner. */
  readonly setAt: UtcMs;
  /** When Safaricom ends the password, with the same code as a wrong one. */
  readonly dueAt: UtcMs;
  /** The last question that used the operator; null = none. */
  readonly call: CallFacts | null;
  /** Why the operator is not used any more; null while it is. */
  readonly stopped: Message | null;
  /** Other numbers of the shop that name the same operator. */
  readonly sharedWith: readonly string[];
};

export type InitiatorProblem =
  | 'locked'
  | 'wrong'
  | 'expired'
  | 'encryption'
  | 'unknown-name'
  | 'no-role'
  | 'not-active';

const PROBLEMS: Readonly<Record<string, InitiatorProblem>> = {
  '18': 'encryption',
  '20': 'unknown-name',
  '21': 'no-role',
  '22': 'not-active',
  '2001': 'wrong',
  '8006': 'locked',
  TP40153: 'no-role',
};

/** What a refusal says about the operator; null where it says nothing about them. `isOver`: the password had had its time. */
export function initiatorProblem(code: string, isOver: boolean): InitiatorProblem | null {
  const tidy = code.trim();
  const problem = Object.hasOwn(PROBLEMS, tidy) ? (PROBLEMS[tidy] ?? null) : null;
  return problem === 'wrong' && isOver ? 'expired' : problem;
}

/** Whether Safaricom takes the look-up operator: by the last answer to a question that used them. */
export function judgeInitiator(shortCode: string, facts: InitiatorFacts, now: UtcMs): Check {
  const judged = judgeCall(shortCode, facts, now);
  if (facts.stopped === null || judged.level === 'failure') return judged;
  return line('initiator', 'failure', facts.stopped, {
    about: shortCode,
    place: 'set-up',
    mend: say('doctor.initiator.stopped-mend', others(facts.sharedWith)),
  });
}

function judgeCall(shortCode: string, facts: InitiatorFacts, now: UtcMs): Check {
  const { setAt, call } = facts;
  const about = { about: shortCode, place: 'set-up' } as const;
  if (call === null || call.askedAt < setAt)
    return line('initiator', 'not-checked', say('doctor.initiator.unknown'), about);
  const at = { at: call.askedAt };
  switch (call.state) {
    case 'answered':
      return judgeAnswer(call, facts, about);
    case 'refused':
    case 'not-sent':
    case 'intended':
      return line(
        'initiator',
        'not-checked',
        say('doctor.initiator.not-asked', { at, words: quote(call) }),
        about,
      );
    case 'silent':
      return line('initiator', 'warning', say('doctor.initiator.silent', { at }), {
        ...about,
        mend: say('doctor.initiator.silent-mend'),
      });
    default:
      return line(
        'initiator',
        'not-checked',
        say('doctor.initiator.waiting', { at, for: { minutes: (now - call.askedAt) / 60_000 } }),
        about,
      );
  }
}

type About = { readonly about: string; readonly place: 'set-up' };

function judgeAnswer(call: CallFacts, { dueAt, sharedWith }: InitiatorFacts, about: About): Check {
  const at = { at: call.askedAt };
  const words = quote(call);
  const code = call.code ?? '';
  const problem = initiatorProblem(code, call.askedAt >= dueAt);
  if (problem !== null) {
    const finding = say('doctor.initiator.refused', { problem: problem.replaceAll('-', '_'), at, words });
    return line('initiator', 'failure', finding, { ...about, mend: mendOf(problem, call, sharedWith) });
  }
  const meaning = meaningOf(code);
  if (meaning === 'done' || meaning === 'not-found')
    return line('initiator', 'ok', say('doctor.initiator.ok', { at }), { about: about.about });
  return line('initiator', 'warning', say('doctor.initiator.unclear', { at, words }), {
    ...about,
    mend: say('doctor.initiator.unclear-mend'),
  });
}

function mendOf(problem: InitiatorProblem, { product }: CallFacts, sharedWith: readonly string[]): Message {
  return say('doctor.initiator.mend', {
    problem: problem.replaceAll('-', '_'),
    ...others(sharedWith),
    role: product === 'balance' ? 'Balance Query ORG API' : 'Transaction Status query ORG API',
  });
}
