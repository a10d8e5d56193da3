import { type Message, say } from '../message.ts';
import type { Evidence } from './evidence-line.ts';
import type { KnownAnswer, LookUpFacts } from './facts.ts';
import type { Findings } from './findings.ts';
import { differs, isRefusal } from './weigh-answers.ts';

/** What Safaricom answered, oldest first, and how the question stands now. */
export function listAnswers(findings: Findings): Evidence[] {
  const { facts } = findings;
  const answers = [...facts.answers].sort((a, b) => a.at - b.at || a.id - b.id);
  const foreign = [...facts.foreign].sort(
    (a, b) => a.at - b.at || a.shortCode.localeCompare(b.shortCode) || a.amount - b.amount,
  );
  return [
    ...foreign.map(
      ({ at, shortCode, amount }): Evidence => ({
        sign: 'bad',
        what: say('look-up.foreign-confirmation', { number: shortCode, amount: { money: amount } }),
        channel: 'relay',
        at,
      }),
    ),
    ...answers.flatMap((answer) => describeAnswer(findings, answer)),
    ...listAsking(facts),
  ];
}

function describeAnswer({ payment }: Findings, answer: KnownAnswer): Evidence[] {
  const { at, code, text, amount, isAnswered } = answer;
  const line = (sign: Evidence['sign'], what: Message): Evidence => ({ sign, what, channel: 'relay', at });
  if (isRefusal(answer))
    return [line('quiet', say('look-up.question-refused', { code: code ?? '–', text: text ?? '' }))];
  const lines = [
    ...sayFate(answer, payment !== null),
    ...(isAnswered ? sayPayee(answer) : []),
    ...(isAnswered && payment !== null && amount !== null && differs(amount, payment.amount)
      ? [['bad', say('look-up.answer-other-amount', { amount: { money: amount } })] as const]
      : []),
  ];
  return lines.map(([sign, what]) => line(sign, what));
}

type Signed = readonly [Evidence['sign'], Message];

function sayFate(
  { fate, askedFor, isAnswered, isOurs, isFromUs, state, code, text }: KnownAnswer,
  isKnown: boolean,
): Signed[] {
  const said = { state: state ?? '–' };
  switch (isAnswered ? fate : 'unknown') {
    case 'completed':
      if (isFromUs || isOurs === false) return [];
      return isOurs ? [['good', say('look-up.answer-completed')]] : [['wait', say('look-up.answer-unnamed')]];
    case 'reversed':
      return [['bad', say('look-up.answer-reversed')]];
    case 'failed':
      return [['bad', say('look-up.answer-failed', said)]];
    case 'pending':
      return [['wait', say('look-up.answer-pending', said)]];
    // It is known from elsewhere: Safaricom's answer is then only late.
    case 'not-found':
      return [[isKnown ? 'quiet' : 'wait', say('look-up.answer-not-found', { number: askedFor })]];
    case 'unknown':
      return [['quiet', say('look-up.answer-unknown', { state: state ?? code ?? '–', text: text ?? '' })]];
  }
}

/** Whom it names; what has not been completed was not paid to anybody. */
function sayPayee({ fate, paidTo, isOurs, isFromUs }: KnownAnswer): Signed[] {
  if (isFromUs) return [['bad', say('look-up.answer-outgoing')]];
  if (isOurs !== false) return [];
  const words = { number: paidTo ?? '–' };
  return fate === 'completed' || fate === 'reversed'
    ? [['bad', say('look-up.answer-elsewhere', words)]]
    : [['wait', say('look-up.answer-names', words)]];
}

function listAsking({ asking, answers }: LookUpFacts): Evidence[] {
  const { state, at, why } = asking;
  const line = (sign: Evidence['sign'], what: Evidence['what']): Evidence => ({
    sign,
    what,
    channel: null,
    at,
  });
  switch (state) {
    case 'not-asked':
      return answers.length > 0 ? [] : [line('quiet', say('look-up.not-asked'))];
    case 'waiting':
      return [line('wait', why ?? say('look-up.waiting'))];
    case 'silent':
      return [line('wait', say('look-up.silent'))];
    case 'could-not-ask':
      return [line('quiet', why ?? say('look-up.could-not-ask'))];
    case 'answered':
      return [];
  }
}
