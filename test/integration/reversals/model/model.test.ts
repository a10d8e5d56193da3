import {
  type Arbitrary,
  array,
  assert,
  asyncProperty,
  constantFrom,
  nat,
  oneof,
  option,
  record,
} from 'fast-check';
import { expect, test } from 'vitest';
import type { ReversalRow } from '#main/db/queries/reversals.ts';
import { openFileTokens } from '#main/services/file-tokens.ts';
import { approveReversal } from '#main/services/reversals/approve-reversal.ts';
import { cancelReversal } from '#main/services/reversals/cancel-reversal.ts';
import { decideNotReversed } from '#main/services/reversals/decide-not-reversed.ts';
import { followUp } from '#main/services/reversals/follow-up.ts';
import { passTime, recoverReversals } from '#main/services/reversals/recover-reversals.ts';
import { rejectReversal } from '#main/services/reversals/reject-reversal.ts';
import { requestReversal } from '#main/services/reversals/request-reversal.ts';
import { lookInStatements } from '#main/services/reversals/take-sights.ts';
import { viewHashOf } from '#main/services/reversals/view-hash.ts';
import { recoverCalls } from '#main/services/safaricom/silent-calls.ts';
import type { ReversalState } from '#shared/domain/reversal/state.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#shared/domain/time.ts';
import { PEOPLE } from '#test/helpers/people.ts';
import { type Books, Crash, type CrashPoint, openBooks } from './books.ts';
import { ANSWERS, type Answer, FAULTS, type Fault } from './world.ts';

/*
 * Random lives of a few payments: requests, approvals with every fault on the way, crashes on either side of every entry
 * of the log, results late, twice, never, against each other and of nobody, statements, decisions, a week without power.
 * After each step what the books say is held against what really happened in a Safaricom in memory.
 */
type Step =
  | { readonly do: 'request'; readonly payment: number }
  | {
      readonly do: 'approve';
      readonly which: number;
      readonly fault: Fault;
      readonly answer: Answer;
      readonly crash: CrashPoint | null;
    }
  | { readonly do: 'deliver'; readonly which: number; readonly crash: CrashPoint | null }
  | { readonly do: 'deliver-again'; readonly which: number }
  | { readonly do: 'deliver-strange' }
  | { readonly do: 'statement' }
  | { readonly do: 'say-not'; readonly which: number }
  | { readonly do: 'cancel'; readonly which: number }
  | { readonly do: 'reject'; readonly which: number }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'restart' }
  | { readonly do: 'ask' }
  | { readonly do: 'elsewhere'; readonly payment: number };

const PAYMENTS = 2;
const which = nat({ max: 20 });
const payment = nat({ max: PAYMENTS - 1 });
const side = constantFrom<CrashPoint['side'][]>('before', 'after');
const approvalCrash = record({
  action: constantFrom('reversal.approved', 'reversal.sending', 'reversal.sent', 'reversal.lapsed'),
  side,
});
const stepOf: Arbitrary<Step> = oneof(
  { weight: 6, arbitrary: record({ do: constantFrom('request' as const), payment }) },
  {
    weight: 10,
    arbitrary: record({
      do: constantFrom('approve' as const),
      which,
      // As often as not nothing goes wrong on the way.
      fault: constantFrom(...FAULTS, ...FAULTS.map(() => 'none' as const)),
      answer: constantFrom(...ANSWERS),
      crash: option(approvalCrash, { freq: 3 }),
    }),
  },
  {
    weight: 6,
    arbitrary: record({
      do: constantFrom('deliver' as const),
      which,
      crash: option(record({ action: constantFrom('callback.taken'), side }), { freq: 5 }),
    }),
  },
  { weight: 1, arbitrary: record({ do: constantFrom('deliver-again' as const), which }) },
  { weight: 1, arbitrary: record({ do: constantFrom('deliver-strange' as const) }) },
  { weight: 2, arbitrary: record({ do: constantFrom('statement' as const) }) },
  { weight: 2, arbitrary: record({ do: constantFrom('say-not' as const), which }) },
  { weight: 1, arbitrary: record({ do: constantFrom('cancel' as const), which }) },
  { weight: 1, arbitrary: record({ do: constantFrom('reject' as const), which }) },
  {
    weight: 3,
    arbitrary: record({
      do: constantFrom('pass' as const),
      ms: constantFrom(SECOND, 4 * MINUTE, 11 * MINUTE, HOUR, 4 * DAY, 8 * DAY),
    }),
  },
  { weight: 2, arbitrary: record({ do: constantFrom('restart' as const) }) },
  { weight: 2, arbitrary: record({ do: constantFrom('ask' as const) }) },
  { weight: 1, arbitrary: record({ do: constantFrom('elsewhere' as const), payment }) },
);

/** What the program knows before anything is sent: with it a second sending is judged. */
type SendLog = { token: string; receipt: string; others: readonly ReversalRow[] }[];

async function live(steps: readonly Step[]): Promise<void> {
  const sends: SendLog = [];
  let books: Books | null = null;
  const opened = await openBooks((token, receipt) => {
    const others = (books?.all() ?? []).filter(
      (each) => each.receipt === receipt && each.resultToken !== token,
    );
    sends.push({ token, receipt, others });
  });
  books = opened;
  const payments = Array.from({ length: PAYMENTS }, () => opened.addPayment());
  for (const step of steps) {
    await take(opened, payments, step);
    expectTruth(opened, sends);
  }
  await endWell(opened, sends);
}

function restart({ parts, crashAt }: Books): void {
  crashAt(null);
  recoverCalls(parts.core);
  recoverReversals(parts.core);
}

/** Carries a step out; where the power goes in the middle of it, the program starts again. */
async function take(
  books: Books,
  payments: readonly { id: number; receipt: string }[],
  step: Step,
): Promise<void> {
  try {
    await carryOut(books, payments, step);
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    restart(books);
  }
  books.crashAt(null);
}

async function carryOut(
  books: Books,
  payments: readonly { id: number; receipt: string }[],
  step: Step,
): Promise<void> {
  const { parts, world, session, crashAt } = books;
  const { core, access } = parts;
  /** One of those that the step is for, where there is any; else any, which it must leave alone. */
  const pick = (index: number, ...wanted: readonly ReversalState[]) => {
    const all = books.all();
    const fit = all.filter(({ state }) => wanted.includes(state));
    const from = fit.length > 0 ? fit : all;
    return from[index % Math.max(1, from.length)] ?? null;
  };
  switch (step.do) {
    case 'request': {
      const asked = {
        paymentId: payments[step.payment]?.id ?? 0,
        amountCents: null,
        method: 'daraja',
        reason: 'other',
        note: '',
        saleId: null,
        attachment: null,
      } as const;
      await requestReversal(core, openFileTokens(core.now), session('clerk'), asked);
      return;
    }
    case 'approve': {
      const reversal = pick(step.which, 'requested');
      if (reversal === null) return;
      world.nextFault = step.fault;
      world.nextAnswer = step.answer;
      crashAt(step.crash);
      const viewHash = viewHashOf(core.ledger.read, reversal, core.now());
      const { name, password } = PEOPLE.owner;
      await approveReversal(parts, { reversalId: reversal.id, viewHash, name, password, code: null });
      return;
    }
    case 'deliver': {
      const index = world.queue.length === 0 ? -1 : step.which % world.queue.length;
      const message = world.queue[index];
      if (message === undefined) return;
      crashAt(step.crash);
      books.deliver(message);
      // Only what is in the books is acknowledged: after a crash before that, the relay still has it.
      world.queue.splice(index, 1, ...(message.next ? [message.next] : []));
      world.delivered.push(message);
      return;
    }
    case 'deliver-again': {
      const message = world.delivered[step.which % Math.max(1, world.delivered.length)];
      if (message !== undefined) books.deliver(message);
      return;
    }
    case 'deliver-strange': {
      const Result = { ResultCode: 0, ResultDesc: 'The service request is processed successfully.' };
      books.deliver({ kind: 'result', token: 'f'.repeat(32), body: { Result } });
      return;
    }
    case 'statement':
      books.addStatement();
      lookInStatements(core);
      return;
    case 'say-not': {
      const reversal = pick(step.which, 'unknown', 'already');
      if (reversal === null) return;
      const decided = decideNotReversed(core, session('owner'), { reversalId: reversal.id });
      const back = world.back.get(reversal.receipt);
      // What the statements tell of is never decided away.
      if (decided.ok && back !== undefined) expect(back.at).toBeGreaterThanOrEqual(books.coveredTo());
      return;
    }
    case 'cancel': {
      const reversal = pick(step.which);
      if (reversal) cancelReversal(core, session('clerk'), { reversalId: reversal.id });
      return;
    }
    case 'reject': {
      const reversal = pick(step.which);
      const { name, password } = PEOPLE.owner;
      if (reversal === null) return;
      const viewHash = viewHashOf(core.ledger.read, reversal, core.now());
      const given = { name, password, code: null, reason: 'Not now' };
      await rejectReversal({ core, access }, { reversalId: reversal.id, viewHash, ...given });
      return;
    }
    case 'pass':
      books.pass(step.ms);
      passTime(core);
      return;
    case 'restart':
      return restart(books);
    case 'ask':
      return followUp(parts);
    case 'elsewhere':
      return world.reverseElsewhere(payments[step.payment]?.receipt ?? '');
  }
}

const COULD_HAVE_SENT = ['sending', 'accepted', 'unknown', 'done', 'already', 'by-hand'];

/** No state that lies, and nothing sent twice. */
function expectTruth({ all, world, parts }: Books, sends: SendLog): void {
  const { read } = parts.core.ledger;
  const tokens = sends.map(({ token }) => token);
  expect(new Set(tokens).size, 'an approval was sent twice').toBe(tokens.length);
  for (const { others } of sends)
    expect(others.filter(({ state }) => COULD_HAVE_SENT.includes(state))).toEqual([]);
  const approvals = read.get<{ n: number }>(
    `SELECT count(*) AS n FROM audit_entries WHERE action = 'reversal.approved'`,
  );
  expect(world.sent.length).toBeLessThanOrEqual(approvals?.n ?? 0);
  for (const reversal of all()) {
    const own = world.sent.filter(({ token }) => isOwnToken(parts, reversal.id, token));
    const tookEffect = own.some(({ hadEffect, isDenied }) => hadEffect && !isDenied);
    expect(own.filter(({ hadEffect }) => hadEffect).length).toBeLessThanOrEqual(1);
    const isBack = world.back.has(reversal.receipt);
    const told = `${reversal.state} of ${reversal.receipt}`;
    switch (reversal.state) {
      case 'done':
      case 'already':
        expect(isBack, told).toBe(true);
        break;
      case 'failed':
      case 'not-reversed':
      case 'requested':
      case 'approved':
      case 'rejected':
      case 'expired':
      case 'cancelled':
        expect(tookEffect, told).toBe(false);
        break;
      default:
    }
  }
  const orphans = read.all(
    `SELECT s.id FROM reversal_steps s LEFT JOIN audit_entries a ON a.seq = s.audit_seq
      WHERE a.seq IS NULL OR a.subject <> 'reversal:' || s.reversal_id`,
  );
  expect(orphans).toEqual([]);
  const stray = read.all(
    `SELECT r.id FROM reversals r WHERE r.state <> (
       SELECT s.state FROM reversal_steps s WHERE s.reversal_id = r.id ORDER BY s.id DESC LIMIT 1)`,
  );
  expect(stray).toEqual([]);
}

function isOwnToken({ core }: Books['parts'], reversalId: number, token: string): boolean {
  return (
    core.ledger.read.get(
      'SELECT 1 FROM api_calls WHERE result_token = ? AND subject = ?',
      token,
      `reversal:${reversalId}`,
    ) !== undefined
  );
}

/** Whatever happened: once all is told, a statement has come and the program was started again, the books know it all. */
async function endWell(books: Books, sends: SendLog): Promise<void> {
  restart(books);
  books.pass(5 * MINUTE);
  passTime(books.parts.core);
  for (let next = books.world.queue.shift(); next !== undefined; next = books.world.queue.shift()) {
    books.deliver(next);
    if (next.next) books.world.queue.push(next.next);
  }
  books.pass(5 * DAY);
  books.addStatement();
  lookInStatements(books.parts.core);
  expectTruth(books, sends);
  // What was denied may stand under another request of the same payment; that it went back is known all the same.
  for (const sent of books.world.sent.filter(({ hadEffect, isDenied }) => hadEffect && !isDenied)) {
    const reversal = books.all().find(({ id }) => isOwnToken(books.parts, id, sent.token));
    expect(reversal).toMatchObject({ state: 'done' });
  }
  for (const { state } of books.all())
    expect(['sending', 'accepted', 'approved'], 'nothing is left in between').not.toContain(state);
}

const RUNS = Number(process.env.DAFTARI_MODEL_RUNS ?? 40);

test(
  'at most one reversal is accepted for each approval, and no state lies',
  async () => {
    await assert(asyncProperty(array(stepOf, { minLength: 10, maxLength: 40, size: 'max' }), live), {
      numRuns: RUNS,
      endOnFailure: process.env.DAFTARI_MODEL_RUNS !== undefined,
    });
  },
  RUNS * 10_000,
);
