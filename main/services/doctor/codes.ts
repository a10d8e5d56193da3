import { knownAccount } from '#shared/domain/balance/account-name.ts';
import { meaningOf } from '#shared/domain/daraja/codes.ts';
import { asObject, asText } from '#shared/domain/daraja/loose.ts';
import { PRODUCTS } from '#shared/domain/daraja/product.ts';
import type { Check } from '#shared/domain/doctor/check.ts';
import { judgeCredentials, judgeDueDates } from '#shared/domain/doctor/credentials.ts';
import { judgeInitiator } from '#shared/domain/doctor/initiator.ts';
import { judgeProducts } from '#shared/domain/doctor/products.ts';
import { judgeTillNumber, type PairTry } from '#shared/domain/doctor/till-number.ts';
import { judgeToken, type NoTokenReason } from '#shared/domain/doctor/token.ts';
import { type Message, say } from '#shared/domain/message.ts';
import type { ReadDb } from '../../db/ledger.ts';
import { type CallRow, lastCalls, ROTATION } from '../../db/queries/api-calls.ts';
import { selectBalances } from '../../db/queries/balances.ts';
import { type CredentialRow, selectCredentials } from '../../db/queries/credentials.ts';
import { selectAccountNames, selectIdentity } from '../../db/queries/doctor.ts';
import type { Core } from '../core.ts';
import { provableSince, sharedWith } from '../safaricom/credential-news.ts';
import { TILL_TRY } from './learn-number.ts';
import { type SecretStates, secretName } from './secrets.ts';

/** How far back a question is looked for: older ones tell of another time. */
const CALLS = 30;

/** Everything that the books say of one short code with Safaricom. Nobody is asked. */
export function checkCode(core: Core, shortCode: string, secrets: SecretStates | null): Check[] {
  const db = core.ledger.read;
  const now = core.now();
  const rows = selectCredentials(db, shortCode);
  const facts = rows.map((row) => ({
    kind: row.kind,
    dueAt: row.dueAt,
    secret: secrets?.get(secretName(row)) ?? ('unknown' as const),
  }));
  const app = rows.find(({ kind }) => kind === 'app');
  const operator = rows.find(({ kind }) => kind === 'look-up-operator');
  return [
    judgeCredentials(shortCode, facts),
    ...judgeDueDates(shortCode, facts, now),
    ...(app ? [checkToken(db, app), ...judgeProducts(shortCode, newestOfEach(db, shortCode))] : []),
    ...(app && operator
      ? [
          judgeInitiator(
            shortCode,
            {
              setAt: provableSince(operator),
              dueAt: operator.dueAt,
              call: lastAsked(db, shortCode),
              stopped: whyStopped(operator),
              sharedWith: sharedWith(db, operator),
            },
            now,
          ),
          judgeTillNumber(shortCode, {
            learnt: selectIdentity(db, shortCode),
            tries: triesOf(db, shortCode),
            isOwnNumberProven: isOwnNumberProven(db, shortCode),
            isPayBill: isPayBill(db, shortCode),
          }),
        ]
      : []),
  ];
}

function checkToken(db: ReadDb, app: CredentialRow): Check {
  const { shortCode, state } = app;
  const [call] = lastCalls(db, 'token', shortCode, CALLS).filter(isOfKept);
  return judgeToken(shortCode, {
    setAt: provableSince(app),
    call: call ? { ...call, reason: reasonOf(call) } : null,
    isProven: state === 'working',
    stopped: whyStopped(app),
    sharedWith: sharedWith(db, app),
  });
}

function whyStopped({ state, why, shortCode }: CredentialRow): Message | null {
  return state === 'refused' ? (why ?? say('safaricom.credential-refused', { shortCode })) : null;
}

function reasonOf({ why }: CallRow): NoTokenReason {
  if (why?.id === 'safaricom.not-sent-offline') return 'offline';
  return why?.id === 'safaricom.not-sent-tls' ? 'tls' : 'other';
}

function newestOfEach(db: ReadDb, shortCode: string): CallRow[] {
  return PRODUCTS.flatMap((product) => lastCalls(db, product, shortCode, 1));
}

/** It was put with what is in use, not with what is to replace it. */
function isOfKept({ subject }: CallRow): boolean {
  return !subject.startsWith(ROTATION);
}

/** The last question with the kept operator. */
function lastAsked(db: ReadDb, shortCode: string): CallRow | null {
  const asked = (['status', 'balance'] as const)
    .flatMap((product) => lastCalls(db, product, shortCode, CALLS))
    .filter(isOfKept)
    .sort((a, b) => b.id - a.id);
  return asked[0] ?? null;
}

/** The doctor's tries of this short code's numbers, newest last. */
export function triesOf(db: ReadDb, shortCode: string): PairTry[] {
  return lastCalls(db, 'status', shortCode, CALLS)
    .filter(({ subject }) => subject.startsWith(TILL_TRY))
    .reverse()
    .flatMap((call) => {
      const { party, type, receipt } = readRequest(call);
      if (party === null || receipt === null || (type !== '2' && type !== '4')) return [];
      const { askedAt, state, code, text } = call;
      return [{ pair: { party, identifierType: type }, receipt, askedAt, state, code, text }];
    });
}

/** A question that named the short code itself was answered about a payment. */
function isOwnNumberProven(db: ReadDb, shortCode: string): boolean {
  return lastCalls(db, 'status', shortCode, CALLS).some((call) => {
    const { party, type } = readRequest(call);
    const isAnswered = call.state === 'answered' && call.code !== null && meaningOf(call.code) === 'done';
    return isAnswered && party === shortCode && type === '4';
  });
}

/** By the accounts that Safaricom named, else by those of the statements. */
function isPayBill(db: ReadDb, shortCode: string): boolean {
  const [newest] = selectBalances(db, shortCode, 1);
  const named = newest?.accounts.map(({ name }) => name) ?? selectAccountNames(db, shortCode);
  const known = named.map(knownAccount);
  return known.includes('utility') && !known.includes('merchant');
}

function readRequest({ request }: CallRow): Record<'party' | 'type' | 'receipt', string | null> {
  const body = asObject(JSON.parse(request));
  return {
    party: asText(body?.PartyA),
    type: asText(body?.IdentifierType),
    receipt: asText(body?.TransactionID),
  };
}
