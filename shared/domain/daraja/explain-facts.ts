import { type Message, say } from '../message.ts';
import type { Cents } from '../money.ts';
import { hidePhones, maskPhone, visiblePhone } from '../party.ts';
import type { UtcMs } from '../time.ts';
import { type Explanation, kindToSay } from './explanation.ts';
import type { DarajaParty } from './parties.ts';
import type { PulledRow } from './pull-answer.ts';

export type FactField =
  | 'code'
  | 'text'
  | 'receipt'
  | 'original-receipt'
  | 'amount'
  | 'party'
  | 'started-at'
  | 'completed-at'
  | 'account'
  | 'payment'
  | 'balance-after'
  | 'reference'
  | 'day'
  | 'payee'
  | 'our-request'
  | 'conversation';

/** What is understood, ready to be said: one sentence of what it is, then one fact a line. */
export type ExplainedFacts = {
  readonly head: Message;
  readonly facts: readonly { readonly field: FactField; readonly value: Message }[];
  readonly reason: Message | null;
  readonly warnings: readonly Message[];
};

/** Payments of one list that are shown; the rest is a number. */
const MOST_ROWS = 50;

/** An explanation as a window may show it: every phone masked, wherever it stands. */
export function sayExplanation(explanation: Explanation): ExplainedFacts {
  const { outcome, warnings, reason } = explanation;
  return {
    head: say('explain.kind', {
      kind: toSelector(kindToSay(explanation)),
      outcome: toSelector(outcome ?? 'none'),
    }),
    facts: [...listFacts(explanation)],
    reason: reason ?? null,
    warnings: warnings.map(withoutPhones),
  };
}

/** A warning quotes what came, which may be anything. */
function withoutPhones({ id, values = {} }: Message): Message {
  const hidden = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? (hidePhones(value) ?? '') : value,
  ]);
  return hidden.length === 0 ? { id } : { id, values: Object.fromEntries(hidden) };
}

function* listFacts(told: Explanation): Generator<{ field: FactField; value: Message }> {
  yield* text('receipt', told.receipt);
  yield* text('original-receipt', told.originalReceipt);
  yield* money('amount', told.amount);
  for (const party of told.parties ?? []) yield { field: 'party', value: sayParty(party) };
  yield* text('payee', told.payee);
  yield* text('reference', told.reference);
  yield* time('started-at', told.startedAt);
  yield* time('completed-at', told.completedAt);
  if (told.day !== undefined)
    yield { field: 'day', value: say('audit.value.text', { text: { day: told.day } }) };
  yield* money('balance-after', told.balanceAfter);
  for (const { name, currency = 'KES', current, available } of told.accounts ?? [])
    yield {
      field: 'account',
      value: say('explain.account', {
        name,
        currency,
        current: { money: current },
        available: available === null || available === undefined ? '–' : { money: available },
      }),
    };
  const rows = told.rows ?? [];
  for (const row of rows.slice(0, MOST_ROWS)) yield { field: 'payment', value: sayRow(row) };
  if (rows.length > MOST_ROWS)
    yield { field: 'payment', value: say('explain.more-rows', { rows: rows.length - MOST_ROWS }) };
  yield* text('code', told.code);
  yield* text('text', told.text);
  yield* text('our-request', told.originatorConversationId);
  yield* text('conversation', told.conversationId);
}

function* text(field: FactField, value: string | undefined) {
  if (value !== undefined) yield { field, value: say('audit.value.text', { text: hidePhones(value) ?? '' }) };
}

function* money(field: FactField, value: Cents | undefined) {
  if (value !== undefined) yield { field, value: say('explain.kes', { amount: { money: value } }) };
}

function* time(field: FactField, value: UtcMs | undefined) {
  if (value !== undefined) yield { field, value: say('audit.value.text', { text: { at: value } }) };
}

function sayParty({ role, number, name }: DarajaParty): Message {
  const words = [maskIfPhone(number), hidePhones(name)].filter((part) => part !== null);
  return say('explain.party', {
    role: role === '1' || role === '2' ? 'other' : role,
    who: words.join(' · '),
  });
}

/** A short code stays as it is; whatever looks like a phone is masked. */
function maskIfPhone(number: string | null): string | null {
  if (number === null) return null;
  const isShortCode = /^\d{4,7}$/.test(number);
  return isShortCode || visiblePhone(number) === null ? hidePhones(number) : maskPhone(number);
}

function sayRow({ receipt, amount }: PulledRow): Message {
  return say('explain.row', {
    receipt: receipt ?? '–',
    amount: amount === null ? '–' : { money: amount },
  });
}

/** A code as a message's `select` can have it. */
function toSelector(code: string): string {
  return code.replaceAll('-', '_');
}
