import { type Message, say } from '../message.ts';
import { namesAgree, phonesAgree } from '../party.ts';
import { receiptDate } from '../receipt.ts';
import { businessDayOf, MINUTE, type UtcMs } from '../time.ts';
import { listAnswers } from './answer-evidence.ts';
import type { Evidence } from './evidence-line.ts';
import type { KnownMovement, LookUpFacts, Source } from './facts.ts';
import { type Findings, isCustomerPayment, isReal, othersNaming } from './findings.ts';
import { differs } from './weigh-answers.ts';

/** Messages give whole minutes, and clocks differ a little. */
const SAME_TIME = 2 * MINUTE;

/** Everything known, in one order whatever the order of the facts: the code, the message, the books, Safaricom. */
export function listEvidence(findings: Findings): Evidence[] {
  return [
    ...listMarks(findings),
    listLetters(findings),
    ...listAge(findings),
    ...listStated(findings),
    ...listBooks(findings),
    ...listUses(findings),
    ...listShown(findings),
    ...listAnswers(findings),
    ...listAbsence(findings),
  ];
}

function quiet(what: Message): Evidence {
  return { sign: 'quiet', what, channel: null, at: null };
}

function listMarks({ facts: { marks, otherCodes } }: Findings): Evidence[] {
  return [
    ...(marks?.hasHidden ? [quiet(say('look-up.hidden-marks'))] : []),
    ...(marks?.hasLookAlikes ? [quiet(say('look-up.look-alikes'))] : []),
    ...(marks?.isCut ? [quiet(say('look-up.text-cut'))] : []),
    ...(otherCodes > 0 ? [quiet(say('look-up.other-codes', { count: otherCodes }))] : []),
  ];
}

/** What the code itself says: its letters name a day. */
function listLetters({ facts, payment }: Findings): Evidence {
  const day = receiptDate(facts.receipt);
  const { stated, now } = facts;
  if (facts.receipt.length < 10) return quiet(say('look-up.old-code', { length: facts.receipt.length }));
  if (day === null) return { ...quiet(say('look-up.letters-no-day')), sign: 'wait' };
  const said = { letters: { day } };
  if (day > businessDayOf((now + 10 * MINUTE) as UtcMs))
    return { ...quiet(say('look-up.letters-future', said)), sign: 'wait' };
  const other = payment?.at ?? stated?.at ?? null;
  if (other === null) return quiet(say('look-up.letters-day', said));
  const agrees = businessDayOf(other) === day;
  if (payment !== null)
    return agrees
      ? { ...quiet(say('look-up.letters-as-paid', said)), sign: 'good' }
      : {
          ...quiet(say('look-up.letters-other-day', { ...said, other: { day: businessDayOf(other) } })),
          sign: 'wait',
        };
  return agrees
    ? quiet(say('look-up.letters-as-message', said))
    : {
        ...quiet(say('look-up.letters-other-day', { ...said, other: { day: businessDayOf(other) } })),
        sign: 'wait',
      };
}

/** Money that came on an earlier day may be real and yet not be this customer's, today. */
function listAge({ kind, facts: { now }, paidAt }: Findings): Evidence[] {
  if (paidAt === null || !isReal(kind) || kind === 'used') return [];
  const day = businessDayOf(paidAt);
  return day < businessDayOf(now)
    ? [{ ...quiet(say('look-up.earlier-day', { day: { day } })), sign: 'wait' }]
    : [];
}

/** The message held against what is known. */
function listStated(findings: Findings): Evidence[] {
  const { facts, amount, paidAt } = findings;
  const { stated } = facts;
  if (stated === null) return [];
  const typed = (sign: Evidence['sign'], what: Message): Evidence => ({
    sign,
    what,
    channel: null,
    at: null,
  });
  const lines: Evidence[] = [];
  if (stated.amount !== null) {
    const said = { said: { money: stated.amount } };
    if (amount === null) lines.push(typed('quiet', say('look-up.message-amount', said)));
    else if (differs(stated.amount, amount))
      lines.push(typed('bad', say('look-up.message-other-amount', { ...said, known: { money: amount } })));
    else lines.push(typed('good', say('look-up.message-same-amount', said)));
  }
  if (stated.at !== null && paidAt !== null && Math.abs(stated.at - paidAt) > SAME_TIME)
    lines.push(
      typed('wait', say('look-up.message-other-time', { said: { at: stated.at }, known: { at: paidAt } })),
    );
  lines.push(...listPayee(findings).map(([sign, what]) => typed(sign, what)));
  return [...lines, ...listPayer(findings).map(([sign, what]) => typed(sign, what))];
}

type Signed = readonly [Evidence['sign'], Message];

function listPayee({ facts: { stated } }: Findings): Signed[] {
  const payee = stated?.payee ?? '';
  switch (stated?.payeeIs) {
    case 'ours':
      return [['good', say('look-up.payee-ours', { payee })]];
    case 'another-number':
      return [['bad', say('look-up.payee-number', { payee })]];
    case 'another-name':
    case 'like-ours':
      return [['wait', say('look-up.payee-name', { payee })]];
    case 'a-person':
      return [['bad', say('look-up.payee-person')]];
    default:
      return [];
  }
}

function listPayer({ facts: { stated }, payment, answer }: Findings): Signed[] {
  const said = stated?.payer ?? null;
  const known = payment?.party ?? answer?.payer ?? null;
  if (said === null || known === null) return [];
  const phones = phonesAgree(said.phone, known.phone);
  const names = namesAgree(said.name, known.name);
  const agrees = phones ?? names;
  if (agrees === null) return [];
  return [agrees ? ['good', say('look-up.payer-same')] : ['wait', say('look-up.payer-other')]];
}

/** Each thing that showed the payment; then the reversals. */
function listBooks({ facts, payment, kind }: Findings): Evidence[] {
  // An answer of Safaricom is told among its answers.
  const isTold = ({ kind: of }: Source) => of === 'status-answer' && facts.answers.length > 0;
  const sources = (payment?.sources.filter((source) => !isTold(source)) ?? []).sort(bySource);
  const reversals = [...facts.reversals].sort(
    (a, b) => a.at - b.at || a.receipt.localeCompare(b.receipt) || a.amount - b.amount,
  );
  return [
    ...(payment === null ? [] : sources.map((source) => describeSource(payment, source))),
    ...(kind === 'not-a-payment' && payment !== null && !isCustomerPayment(payment)
      ? [
          {
            ...quiet(say('look-up.other-kind', { kind: payment.kind.replaceAll('-', '_') })),
            sign: 'bad',
          } as const,
        ]
      : []),
    ...reversals.map(
      ({ receipt, amount, at }): Evidence => ({
        sign: 'bad',
        what: say('look-up.reversal', { receipt, amount: { money: amount } }),
        channel: 'file',
        at,
      }),
    ),
    ...listAskedBack(facts.askedBack),
  ];
}

/** What we ourselves did about it: said beside what the statements say. */
function listAskedBack(asked: LookUpFacts['askedBack']): Evidence[] {
  if (!asked) return [];
  const { name, isBack, channel, at } = asked;
  const what = isBack ? say('look-up.sent-back', { name }) : say('look-up.asked-back', { name });
  return [{ sign: isBack ? 'bad' : 'wait', what, channel, at }];
}

const SOURCE_ORDER: readonly Source['kind'][] = [
  'statement-line',
  'pulled-row',
  'confirmation',
  'status-answer',
];

function bySource(a: Source, b: Source): number {
  return (
    SOURCE_ORDER.indexOf(a.kind) - SOURCE_ORDER.indexOf(b.kind) ||
    a.at - b.at ||
    (a.file ?? '').localeCompare(b.file ?? '') ||
    (a.row ?? 0) - (b.row ?? 0)
  );
}

function describeSource(payment: KnownMovement, { kind, channel, at, file, row }: Source): Evidence {
  const sign = payment.status === 'completed' && isCustomerPayment(payment) ? 'good' : 'bad';
  const { till, status } = payment;
  if (kind === 'statement-line')
    return {
      sign,
      what: say('look-up.source-statement', { file: file ?? '', row: row ?? 0, till, status }),
      channel,
      at,
    };
  if (kind === 'pulled-row') return { sign, what: say('look-up.source-pull', { till }), channel, at };
  if (kind === 'confirmation')
    return { sign, what: say('look-up.source-confirmation', { till }), channel, at };
  return { sign, what: say('look-up.source-answer', { till }), channel, at };
}

/** What it paid for, which other sales name it, and who holds it. */
function listUses({ facts }: Findings): Evidence[] {
  const sales = [...facts.usedFor].sort((a, b) => a.saleId - b.saleId);
  const naming = othersNaming(facts).sort((a, b) => a.saleId - b.saleId);
  const claims = [...facts.claims].sort((a, b) => a.at - b.at || a.id - b.id);
  return [
    ...sales.map(
      ({ name, amount, by, linkedAt }): Evidence => ({
        sign: 'bad',
        what: say('look-up.used-for', { ...nameOf(name, amount), by }),
        channel: null,
        at: linkedAt,
      }),
    ),
    ...naming.map(
      ({ name, amount }): Evidence => ({
        sign: 'wait',
        what: say('look-up.named-by', nameOf(name, amount)),
        channel: 'typed',
        at: null,
      }),
    ),
    ...claims.map(({ at, by, sale, endedAt }): Evidence => {
      const words = { by, has: sale === null ? 'none' : 'sale', sale: sale?.name ?? '–' };
      return endedAt === null
        ? { sign: 'wait', what: say('look-up.held', words), channel: null, at }
        : { sign: 'quiet', what: say('look-up.was-held', words), channel: null, at };
    }),
  ];
}

function nameOf(name: string | null, amount: KnownMovement['amount']) {
  return { sale: name ?? '–', known: name === null ? 'no' : 'yes', amount: { money: amount } };
}

/** The newest few: a receipt that is shown all day must not fill the screen. */
const MOST_SHOWN = 3;

function listShown({ facts: { shownBefore } }: Findings): Evidence[] {
  const newest = [...shownBefore].sort((a, b) => b.at - a.at || b.id - a.id).slice(0, MOST_SHOWN);
  return newest.map(({ at, by, counts }) => ({
    sign: counts ? 'wait' : 'quiet',
    what: say('look-up.shown-before', { by }),
    channel: null,
    at,
  }));
}

/** What its not being in the books means, and what else it may be. */
function listAbsence({ facts, payment }: Findings): Evidence[] {
  if (payment !== null) return [];
  const misses = [...facts.nearMisses].sort((a, b) => b.at - a.at || a.id - b.id);
  const absent: Evidence = facts.isCovered
    ? { sign: 'bad', what: say('look-up.covered-without'), channel: 'file', at: null }
    : quiet(say('look-up.not-in-books'));
  return [
    absent,
    ...misses.map(
      ({ receipt, amount, at }): Evidence => ({
        sign: 'wait',
        what: say('look-up.near-miss', { receipt, amount: { money: amount } }),
        channel: null,
        at,
      }),
    ),
  ];
}
