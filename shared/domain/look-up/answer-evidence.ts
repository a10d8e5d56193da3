import { say } from '../message.ts';
import type { Evidence } from './evidence-line.ts';
import type { KnownAnswer, LookUpFacts } from './facts.ts';
import { differs, type Findings } from './findings.ts';

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
  const { at, fate, isAnswered, code, text, state, amount, paidTo, isOurs, isFromUs } = answer;
  const line = (sign: Evidence['sign'], what: Evidence['what']): Evidence => ({
    sign,
    what,
    channel: 'relay',
    at,
  });
  if (!isAnswered) {
    const words = { code: code ?? '–', text: text ?? '' };
    return [line('quiet', say('look-up.question-refused', words))];
  }
  const lines: Evidence[] = [];
  if (isFromUs) lines.push(line('bad', say('look-up.answer-outgoing')));
  else if (fate === 'completed' && isOurs !== false)
    lines.push(line('good', say('look-up.answer-completed')));
  if (fate === 'reversed') lines.push(line('bad', say('look-up.answer-reversed')));
  if (fate === 'failed') lines.push(line('bad', say('look-up.answer-failed', { state: state ?? '–' })));
  if (fate === 'pending') lines.push(line('wait', say('look-up.answer-pending', { state: state ?? '–' })));
  // It is known from elsewhere: Safaricom's answer is then only late.
  if (fate === 'not-found')
    lines.push(line(payment === null ? 'wait' : 'quiet', say('look-up.answer-not-found')));
  if (fate === 'unknown')
    lines.push(
      line('quiet', say('look-up.answer-unknown', { state: state ?? code ?? '–', text: text ?? '' })),
    );
  if (isOurs === false && !isFromUs)
    lines.push(line('bad', say('look-up.answer-elsewhere', { number: paidTo ?? '–' })));
  if (payment !== null && differs(amount, payment.amount))
    lines.push(
      line('bad', say('look-up.answer-other-amount', { amount: { money: amount ?? payment.amount } })),
    );
  return lines;
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
