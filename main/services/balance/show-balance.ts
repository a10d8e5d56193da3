import { knownAccount } from '#shared/domain/balance/account-name.ts';
import { compareBalance } from '#shared/domain/balance/compare.ts';
import type { AccountBalance } from '#shared/domain/daraja/balance-result.ts';
import { say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { BalanceAnswer, BalanceOfCode } from '#shared/ipc/balance-channels.ts';
import type { Output } from '#shared/ipc/contract.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { ReadDb } from '../../db/ledger.ts';
import { type CallRow, lastCalls } from '../../db/queries/api-calls.ts';
import { selectStaffNames } from '../../db/queries/audit-log.ts';
import { type StoredBalance, selectBalanceCodes, selectBalances } from '../../db/queries/balances.ts';
import { selectBookSide } from '../../db/queries/book-accounts.ts';
import { selectTills, tillOfNumber } from '../../db/queries/tills.ts';
import type { Core } from '../core.ts';
import { quote, sayCannotAsk } from '../safaricom/call-words.ts';
import { whyNotAsk } from '../safaricom/may-ask.ts';

const HISTORY = 20;

/** The last answer about each short code beside the books, and how the last question stands. */
export function showBalance(core: Core): Result<Output<'balance:show'>> {
  const db = core.ledger.read;
  return succeed({ codes: selectBalanceCodes(db).map((shortCode) => describeCode(db, shortCode)) });
}

/** The last answers about one short code, newest first, each beside the books of its own instant. */
export function listBalances(core: Core, shortCode: string): Result<Output<'balance:history'>> {
  const db = core.ledger.read;
  const answers = selectBalances(db, shortCode, HISTORY).map((stored) => describeAnswer(db, stored));
  return succeed({ answers });
}

function describeCode(db: ReadDb, shortCode: string): BalanceOfCode {
  const tillId = tillOfNumber(db, shortCode);
  const [newest] = selectBalances(db, shortCode, 1);
  const [call] = lastCalls(db, 'balance', shortCode, 1);
  const wish = { product: 'balance', shortCode, isBackground: false, candidate: null } as const;
  const reason = whyNotAsk(db, wish);
  return {
    shortCode,
    tillId,
    till: selectTills(db).find(({ id }) => id === tillId)?.name ?? null,
    cannotAsk: reason === null ? null : sayCannotAsk(reason, shortCode),
    question: call ? describeQuestion(db, call, newest?.callId === call.id) : null,
    answer: newest ? describeAnswer(db, newest) : null,
  };
}

function describeQuestion(
  db: ReadDb,
  call: CallRow,
  isAnswered: boolean,
): NonNullable<BalanceOfCode['question']> {
  const { askedAt, staffId } = call;
  const about = { askedAt, askedBy: selectStaffNames(db).get(staffId) ?? '' };
  if (isAnswered) return { ...about, state: 'answered', why: null };
  switch (call.state) {
    case 'intended':
    case 'accepted':
    case 'timed-out':
      return { ...about, state: 'waiting', why: null };
    case 'lost':
      return { ...about, state: 'waiting', why: call.why };
    case 'silent':
      return { ...about, state: 'silent', why: null };
    case 'answered':
      return { ...about, state: 'failed', why: say('balance.refused', { said: quote(call) }) };
    default:
      return { ...about, state: 'failed', why: call.why };
  }
}

function describeAnswer(db: ReadDb, stored: StoredBalance): BalanceAnswer {
  const { id, asOf, askedAt, askedBy, answeredAt, accounts, unread, shortCode } = stored;
  return {
    id,
    asOf,
    askedAt,
    askedBy,
    answeredAt,
    accounts: accounts.map((account) => describeAccount(db, shortCode, account, asOf)),
    unread: [...unread],
  };
}

function describeAccount(
  db: ReadDb,
  shortCode: string,
  account: AccountBalance,
  asOf: UtcMs | null,
): BalanceAnswer['accounts'][number] {
  const { name, currency, current, available, reserved, uncleared } = account;
  const side = asOf === null ? ({ type: 'no-till' } as const) : selectBookSide(db, shortCode, name, asOf);
  return {
    name,
    known: knownAccount(name),
    currency,
    currentCents: current,
    availableCents: available,
    reservedCents: reserved,
    unclearedCents: uncleared,
    comparison: compareBalance({ current, currency, asOf }, side),
  };
}
