import { type Message, type MessageValue, say } from '../message.ts';
import type { Cents } from '../money.ts';
import type { LookUpFacts } from './facts.ts';
import type { Findings } from './findings.ts';
import { isRefusal, newest, notKnownFor, unheardOf } from './weigh-answers.ts';

/**
 * The verdict in words: what it is, and what follows from it. "Real" always has a time, and a code that nobody knows
 * is only that.
 */
export function sayVerdict(findings: Findings): { readonly title: Message; readonly text: Message } {
  const { kind, facts, payment, answer, foreign, usedFor, claim, shown, left, amount, paidAt, asOf } =
    findings;
  const { receipt, asking } = facts;
  const money: Record<string, MessageValue> = {
    receipt,
    amount: moneyOf(amount),
    hasAmount: amount === null ? 'no' : 'yes',
    paid: paidAt === null ? '–' : { at: paidAt },
    hasTime: paidAt === null ? 'no' : 'yes',
    asOf: { at: asOf },
  };
  const till = payment?.till ?? '–';
  switch (kind) {
    case 'reversed':
      return left === null
        ? { title: say('verdict.reversed'), text: say('verdict.reversed.text', money) }
        : {
            title: say('verdict.reversed-part', { left: { money: left } }),
            text: say('verdict.reversed-part.text', { ...money, left: { money: left } }),
          };
    case 'failed':
      return {
        title: say('verdict.failed'),
        text: say('verdict.failed.text', { ...money, by: findings.isDenied ? 'safaricom' : 'books' }),
      };
    case 'another-short-code':
      return {
        title: say('verdict.another-short-code'),
        text: say('verdict.another-short-code.text', {
          ...money,
          number: answer?.paidTo ?? foreign?.shortCode ?? '–',
          known: (answer?.paidTo ?? foreign?.shortCode) === undefined ? 'no' : 'yes',
        }),
      };
    case 'not-a-payment':
      return {
        title: say('verdict.not-a-payment'),
        text: say('verdict.not-a-payment.text', {
          ...money,
          kind: (payment?.kind ?? 'other').replaceAll('-', '_'),
        }),
      };
    case 'used':
      return {
        title: say('verdict.used', {
          sale: usedFor?.name ?? '–',
          known: usedFor?.name == null ? 'no' : 'yes',
        }),
        text: say('verdict.used.text', {
          ...money,
          sale: usedFor?.name ?? '–',
          known: usedFor?.name == null ? 'no' : 'yes',
        }),
      };
    case 'asked-back':
      return {
        title: say('verdict.asked-back'),
        text: say('verdict.asked-back.text', { ...money, name: facts.askedBack?.name ?? '–' }),
      };
    case 'held':
      return {
        title: say('verdict.held', {
          has: claim?.sale?.name == null ? 'none' : 'sale',
          sale: claim?.sale?.name ?? '–',
        }),
        text: say('verdict.held.text', {
          ...money,
          by: claim?.by ?? '–',
          at: { at: claim?.at ?? asOf },
          has: claim?.sale == null ? 'none' : 'sale',
          sale: claim?.sale?.name ?? '–',
        }),
      };
    case 'amount-differs':
      return {
        title: say('verdict.amount-differs'),
        text: findings.isDenied
          ? say('verdict.amount-differs.reported', { ...money, said: moneyOf(payment?.amount) })
          : say('verdict.amount-differs.text', { ...money, said: moneyOf(facts.stated?.amount) }),
      };
    case 'shown-before':
      return {
        title: say('verdict.shown-before'),
        text: say('verdict.shown-before.text', {
          ...money,
          by: shown?.by ?? '–',
          at: { at: shown?.at ?? asOf },
        }),
      };
    case 'settled':
      return { title: say('verdict.settled'), text: say('verdict.settled.text', { ...money, till }) };
    case 'reported':
      return {
        title: say('verdict.reported', {
          ...money,
          large: facts.isLarge && !findings.isConfirmed ? 'yes' : 'no',
        }),
        text: say('verdict.reported.text', money),
      };
    case 'pending':
      return { title: say('verdict.pending'), text: say('verdict.pending.text', { asOf: { at: asOf } }) };
    case 'not-known':
      return {
        title: say('verdict.not-known'),
        text: say('verdict.not-known.text', {
          asOf: { at: asOf },
          numbers: notKnownFor(facts).join(', '),
        }),
      };
    case 'unclear':
      return answer?.fate === 'completed'
        ? { title: say('verdict.unclear-payee'), text: say('verdict.unclear-payee.text', money) }
        : { title: say('verdict.unclear'), text: say('verdict.unclear.text') };
    case 'no-answer':
      return {
        title: say('verdict.no-answer', {
          at: { at: asking.at ?? facts.now },
          state: asking.state === 'silent' ? 'silent' : 'waiting',
        }),
        text: say(asking.state === 'silent' ? 'verdict.no-answer.silent' : 'verdict.no-answer.text'),
      };
    case 'could-not-ask':
      return {
        title: say('verdict.could-not-ask'),
        text: asking.why ?? sayRefusal(facts) ?? say('verdict.could-not-ask.text'),
      };
    case 'not-asked':
      return { title: say('verdict.not-asked'), text: sayWhoWasAsked(facts) };
  }
}

function moneyOf(amount: Cents | null | undefined): MessageValue {
  return amount == null ? '–' : { money: amount };
}

/** Why Safaricom did not take the question, in its words. */
function sayRefusal({ answers }: LookUpFacts): Message | null {
  const refusal = newest(answers.filter(isRefusal));
  return (
    refusal && say('verdict.could-not-ask.refused', { code: refusal.code ?? '–', text: refusal.text ?? '' })
  );
}

function sayWhoWasAsked(facts: LookUpFacts): Message {
  const heard = notKnownFor(facts);
  return heard.length === 0
    ? say('verdict.not-asked.text')
    : say('verdict.not-asked.some', { heard: heard.join(', '), open: unheardOf(facts).join(', ') });
}
