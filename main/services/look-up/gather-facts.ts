import type { Asking, KeptStatement, KnownAnswer, LookUpFacts } from '#shared/domain/look-up/facts.ts';
import { judgePayee, readPayee, type ShopNames } from '#shared/domain/look-up/payee.ts';
import { hidePhones } from '#shared/domain/party.ts';
import { receiptDate, slipsOf } from '#shared/domain/receipt.ts';
import { DAY, MINUTE, startOfDay, type UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../../db/ledger.ts';
import { readAskAbove } from '../../db/queries/ask-above.ts';
import { selectClaimsOfReceipt } from '../../db/queries/claims.ts';
import { selectCoverage } from '../../db/queries/coverage.ts';
import {
  isPulled,
  selectForeign,
  selectKnownMovements,
  selectNear,
  selectReversalsOf,
  selectSalesNaming,
  selectShownBefore,
  selectUsedFor,
} from '../../db/queries/look-up-facts.ts';
import { type LookUpRow, selectAskableCodes } from '../../db/queries/look-ups.ts';
import { selectAskedBack } from '../../db/queries/reversal-lists.ts';
import { readSetting } from '../../db/queries/settings.ts';
import { type StatusAnswerRow, selectStatusAnswers } from '../../db/queries/status-answers.ts';
import { selectTills, type TillRow } from '../../db/queries/tills.ts';

type Options = {
  readonly now: UtcMs;
  /** For a list: leaves out what takes long to find and is not said there. */
  readonly isBrief?: boolean;
};

/** The same person who looks again within this is still with the same customer. */
const SAME_CUSTOMER = 15 * MINUTE;

/** Everything that is known now of the receipt of a look-up. Nothing is kept of it: what is true is in the books. */
export function gatherFacts(db: ReadDb, lookUp: LookUpRow, { now, isBrief }: Options): LookUpFacts {
  const { receipt } = lookUp;
  const tills = selectTills(db);
  const stated = keptStatement(lookUp, shopNames(db, tills));
  const movements = selectKnownMovements(db, receipt);
  const isAbsent = movements.length === 0 && isBrief !== true;
  const answers = selectStatusAnswers(db, receipt).map((answer) => knownAnswer(answer, numbersOf(tills)));
  const amount = Math.max(
    ...movements.map((movement) => movement.amount),
    ...answers.map((a) => a.amount ?? 0),
  );
  return {
    receipt,
    now,
    marks: lookUp.marks,
    otherCodes: lookUp.marks?.others ?? 0,
    stated,
    movements,
    reversals: selectReversalsOf(db, receipt),
    askedBack: selectAskedBack(db, receipt),
    usedFor: selectUsedFor(db, receipt),
    namedBy: selectSalesNaming(db, receipt),
    claims: selectClaimsOfReceipt(db, receipt).map(({ id, at, by, saleId, saleName, endedAt }) => ({
      id,
      at,
      by,
      sale: saleId === null ? null : { id: saleId, name: hidePhones(saleName) },
      endedAt,
    })),
    shownBefore: selectShownBefore(db, receipt, lookUp.id).map(({ id, at, by, staffId }) => ({
      id,
      at,
      by,
      counts: staffId !== lookUp.staffId || at <= lookUp.at - SAME_CUSTOMER,
    })),
    answers,
    foreign: selectForeign(db, receipt),
    asking: askingOf(lookUp),
    askable: selectAskableCodes(db),
    isCovered: isAbsent && isCovered(db, tills, lookUp),
    nearMisses: isAbsent ? selectNear(db, slipsOf(receipt)) : [],
    isLarge: amount > readAskAbove(db),
  };
}

/** How the shop is called: what a message that names its payee is compared with. */
function shopNames(db: ReadDb, tills: readonly TillRow[]): ShopNames {
  const names = [readSetting(db, 'shop-name') ?? '', ...tills.map(({ name }) => name)];
  return { names: names.filter((name) => name !== ''), numbers: numbersOf(tills) };
}

function numbersOf(tills: readonly TillRow[]): string[] {
  return tills.flatMap((till) => till.numbers);
}

function keptStatement(lookUp: LookUpRow, shop: ShopNames): KeptStatement | null {
  const { cameAs, statedCents, statedAt, statedPayee, payerName, payerPhone } = lookUp;
  if (cameAs !== 'merchant-message' && cameAs !== 'customer-message') return null;
  const hasPayer = payerName !== null || payerPhone !== null;
  return {
    amount: statedCents,
    at: statedAt,
    payee: hidePhones(statedPayee),
    payeeIs: statedPayee === null ? null : judgePayee(readPayee(statedPayee), shop),
    payer: hasPayer ? { phone: payerPhone, code: null, name: payerName } : null,
  };
}

function knownAnswer(answer: StatusAnswerRow, ours: readonly string[]): KnownAnswer {
  const { id, at, fate, code, text, state, amountCents, completedAt, paidTo, payerPhone, payerName } = answer;
  const isNumber = paidTo !== null && /^\d{4,9}$/.test(paidTo);
  return {
    id,
    askedFor: answer.shortCode,
    at,
    fate,
    isAnswered: answer.isAnswered === 1,
    code,
    text: hidePhones(text),
    state,
    amount: amountCents,
    completedAt,
    paidTo: hidePhones(paidTo),
    isOurs: paidTo === null ? null : isNumber ? ours.includes(paidTo) : false,
    isFromUs: payerPhone !== null && ours.includes(payerPhone),
    payer:
      payerPhone === null && payerName === null ? null : { phone: payerPhone, code: null, name: payerName },
  };
}

/** The state of the look-up, or what has become of its call since. */
function askingOf({ state, callState, askedAt, at, why }: LookUpRow): Asking {
  // Safaricom's own news that it has none, or our end of waiting: an answer that still comes counts.
  const isSilent = state === 'waiting' && (callState === 'silent' || callState === 'timed-out');
  return { state: isSilent ? 'silent' : state, at: state === 'not-asked' ? null : (askedAt ?? at), why };
}

/** A list of Safaricom may lag behind a payment for so long. */
const LAG = 5 * MINUTE;

/** True when the books of every till reach over the time that the message gives, or over the day of the code. */
function isCovered(db: ReadDb, tills: readonly TillRow[], { receipt, statedAt }: LookUpRow): boolean {
  const day = receiptDate(receipt);
  const from = statedAt ?? (day === null ? null : startOfDay(day));
  if (from === null) return false;
  const to = (from + (statedAt === null ? DAY - 1 : MINUTE)) as UtcMs;
  return tills.length > 0 && tills.every((till) => isTillCovered(db, till, from, to));
}

function isTillCovered(db: ReadDb, till: TillRow, from: UtcMs, to: UtcMs): boolean {
  if (isPulled(db, till.numbers, from, (to + LAG) as UtcMs)) return true;
  const accounts = selectCoverage(db, till.id, from, to);
  return (
    accounts.length > 0 &&
    accounts.every(({ intervals }) => intervals.some((known) => known.from <= from && known.to >= to))
  );
}
