import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { addDays, businessDayOf, MINUTE, SECOND } from '#shared/domain/time.ts';
import type { Input } from '#shared/ipc/contract.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import { readReversal } from '../db/queries/reversals.ts';
import { closeSession, insertSession } from '../db/queries/sessions.ts';
import { type Person, selectPersonByName } from '../db/queries/staff.ts';
import type { Session } from '../ipc/session.ts';
import { askBalance } from '../services/balance/ask-balance.ts';
import { actorOf, type Core } from '../services/core.ts';
import { openFileTokens } from '../services/file-tokens.ts';
import { approveReversal } from '../services/reversals/approve-reversal.ts';
import { reversalParts } from '../services/reversals/open-parts.ts';
import { checkReversal, requestReversal } from '../services/reversals/request-reversal.ts';
import { viewHashOf } from '../services/reversals/view-hash.ts';
import type { DemoPerson } from '../services/show-access.ts';
import { TILL } from './book.ts';
import type { Lines } from './equip-shop.ts';
import type { DemoWorld } from './open-demo-world.ts';
import { DEMO_PEOPLE } from './people.ts';

/** Safaricom has answered by then, or something is wrong. */
const MOST_PATIENCE = 2 * MINUTE;

/**
 * What a visitor finds among the reversals: one that went back, one of which nobody knows, for its answer was lost on
 * the way, and one by the clerk that waits for the owner. Ends early when the demo is closed.
 */
export async function sendMoneyBack(
  world: DemoWorld,
  access: Access,
  lines: Lines,
  isClosing: () => boolean,
): Promise<void> {
  const { core } = lines.parts;
  const [unsold, sold, waiting] = choosePayments(core);
  if (unsold === undefined || sold === undefined || waiting === undefined)
    throw new Error('the demo has no payments to send back');
  const clerk = signIn(core, access, personOf(core, 'clerk').person);
  // Before money moves, the operator that asks must have been answered once.
  mustSucceed(await askBalance(lines.parts, actorOf(clerk), TILL), 'no balance can be asked for');
  const mayAsk = () => {
    const checked = checkReversal(core, clerk, { paymentId: waiting, method: 'daraja' });
    return checked.ok && checked.value.problems.length === 0;
  };
  if (!(await waitFor(mayAsk, isClosing))) return;

  const ask = (paymentId: number, reason: Input<'reversal:request'>['reason'], note: string) =>
    askFor(core, clerk, { paymentId, reason, note });
  const done = await ask(unsold, 'paid-twice', 'Paid twice within a minute; shows both messages');
  await approve(core, access, lines, { reversalId: done, by: 'manager' });
  // The operator's password is proved by the first answer; until then nothing else is sent with it.
  const isAnswered = () => readReversal(core.ledger.read, done)?.state === 'done';
  if (!(await waitFor(isAnswered, isClosing))) return;
  const lost = await ask(sold, 'goods-returned', 'Brought back unopened, with the till slip');
  world.loseNextReversal();
  await approve(core, access, lines, { reversalId: lost, by: 'owner' });
  await ask(waiting, 'wrong-amount', 'Typed one nought too many');
  signOut(core, clerk);
}

/** One that nobody sold anything for, and two that were sold, all of the last days. */
function choosePayments({ ledger, now }: Core): (number | undefined)[] {
  const from = addDays(businessDayOf(now()), -6);
  const payments = (isSold: boolean, limit: number) =>
    ledger.read
      .all<{ id: number }>(
        `SELECT id FROM live_movements m
          WHERE kind = 'customer-payment' AND direction = 'in' AND status = 'completed' AND business_day >= ?
            AND amount_cents BETWEEN 50000 AND 200000
            AND EXISTS (SELECT 1 FROM till_numbers n WHERE n.till_id = m.till_id AND n.number = ?)
            AND ? = EXISTS (SELECT 1 FROM finding_items i JOIN findings f ON f.id = i.finding_id
                             WHERE i.movement_id = m.id AND f.kind = 'paid-not-sold')
          ORDER BY completed_at, id LIMIT ?`,
        from,
        TILL,
        isSold ? 0 : 1,
        limit,
      )
      .map(({ id }) => id);
  return [...payments(false, 1), ...payments(true, 2)];
}

function personOf({ ledger }: Core, role: DemoPerson['role']): { person: Person; password: string } {
  const invented = DEMO_PEOPLE.find((each) => each.role === role);
  const person = invented && selectPersonByName(ledger.read, invented.name);
  if (!person) throw new Error(`the demo has no ${role}`);
  return { person, password: invented.password };
}

/** The clerk at another moment than the visitor: the window stays the visitor's. */
function signIn(core: Core, { host }: Access, { id: staffId, name, role }: Person): Session {
  const session: Session = {
    id: randomBytes(32).toString('hex'),
    ...{ staffId, name, role },
    window: 'main',
    confirmedUntil: null,
  };
  const began = core.ledger.act(actorOf(session), 'access.signed-in', 'session', (db) => {
    insertSession(db, { id: session.id, staffId, host, at: core.now() });
    return succeed({ value: undefined, details: { host, factor: 'none', phase: 'open' } });
  });
  mustSucceed(began, 'the clerk cannot sign in');
  return session;
}

function signOut(core: Core, session: Session): void {
  const ended = core.ledger.act(
    actorOf(session),
    'access.session-ended',
    `staff:${session.staffId}`,
    (db) => {
      closeSession(db, session.id, 'signed-out', core.now());
      return succeed({ value: undefined, details: { reason: 'signed-out' } });
    },
  );
  mustSucceed(ended, 'the clerk cannot sign out');
}

async function askFor(
  core: Core,
  clerk: Session,
  asked: Pick<Input<'reversal:request'>, 'paymentId' | 'reason' | 'note'>,
): Promise<number> {
  const whole = { amountCents: null, method: 'daraja', saleId: null, attachment: null } as const;
  const requested = await requestReversal(core, openFileTokens(core.now), clerk, { ...asked, ...whole });
  return mustSucceed(requested, 'the clerk cannot ask').reversalId;
}

async function approve(
  core: Core,
  access: Access,
  { parts }: Lines,
  { reversalId, by }: { readonly reversalId: number; readonly by: 'owner' | 'manager' },
): Promise<void> {
  const { person, password } = personOf(core, by);
  const reversal = readReversal(core.ledger.read, reversalId);
  if (reversal === null) throw new Error('a reversal is never deleted');
  const viewHash = viewHashOf(core.ledger.read, reversal, core.now());
  const approval = { reversalId, viewHash, name: person.name, password, code: null };
  mustSucceed(
    await approveReversal(reversalParts({ core, access, safaricom: parts }), approval),
    `the ${by} cannot approve`,
  );
}

async function waitFor(isSo: () => boolean, isClosing: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < MOST_PATIENCE; waited += SECOND) {
    if (isClosing()) return false;
    if (isSo()) return true;
    await sleep(SECOND, undefined, { ref: false });
  }
  throw new Error('Safaricom has not answered in time');
}

function mustSucceed<T>(result: Result<T>, what: string): T {
  if (!result.ok) throw new Error(`${what}: ${result.error.code}`);
  return result.value;
}
