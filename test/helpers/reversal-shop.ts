import { onTestFinished } from 'vitest';
import { type Access, openAccess } from '#main/access/access.ts';
import { openPasswords } from '#main/access/passwords.ts';
import type { WriteDb } from '#main/db/ledger.ts';
import { setApproval } from '#main/db/queries/change-staff.ts';
import { type ReversalRow, readReversal } from '#main/db/queries/reversals.ts';
import { inventPeople } from '#main/demo/invent-people.ts';
import type { Session } from '#main/ipc/session.ts';
import type { Core } from '#main/services/core.ts';
import { setCredential } from '#main/services/credentials/set-credential.ts';
import { openFileTokens } from '#main/services/file-tokens.ts';
import { type Approval, approveReversal } from '#main/services/reversals/approve-reversal.ts';
import { reversalParts } from '#main/services/reversals/open-parts.ts';
import type { ReversalParts } from '#main/services/reversals/parts.ts';
import { requestReversal } from '#main/services/reversals/request-reversal.ts';
import { viewHashOf } from '#main/services/reversals/view-hash.ts';
import { type ReversalWatch, watchReversals } from '#main/services/reversals/watch-reversals.ts';
import { signIn } from '#main/services/sign-in.ts';
import type { Role } from '#shared/domain/access/permissions.ts';
import { cents } from '#shared/domain/money.ts';
import { HOUR, type UtcMs } from '#shared/domain/time.ts';
import type { Input } from '#shared/ipc/contract.ts';
import { succeed } from '#shared/ipc/result.ts';
import type { BookPayment } from '#test/daraja-simulator/book.ts';
import { type FixtureMovement, portalGrid } from '#test/fixtures/statement-files.ts';
import { toCsv } from '#test/fixtures/tables.ts';
import { PEOPLE } from './people.ts';
import { unwrap } from './results.ts';
import {
  openSafaricomShop,
  PAYBILL,
  type SafaricomShop,
  type SafaricomShopOptions,
} from './safaricom-shop.ts';
import { WEAK_COST } from './weak-cost.ts';

/** A shop with people, an operator that may send money back, and statements that tell what the simulator knows. */
export type ReversalShop = {
  readonly shop: SafaricomShop;
  readonly access: Access;
  readonly parts: ReversalParts;
  readonly watch: ReversalWatch;
  readonly session: (role: Role) => Session;
  /** A customer pays and a statement shows it; returns the payment and its row. */
  readonly paid: (amount: number) => Promise<{ payment: BookPayment; paymentId: number }>;
  /** Brings in a statement of everything that moved until now, as Safaricom wrote it or as somebody changed it. */
  readonly bringStatement: (change?: (text: string) => string) => Promise<void>;
  readonly request: (
    paymentId: number,
    by?: Role,
    more?: Partial<Input<'reversal:request'>>,
  ) => Promise<number>;
  readonly approval: (reversalId: number, by?: Role) => Approval;
  readonly approve: (reversalId: number, by?: Role) => Promise<ReversalRow>;
  /** Collects what the relay holds. */
  readonly collect: () => Promise<void>;
  readonly stateOf: (reversalId: number) => string;
  readonly row: (reversalId: number) => ReversalRow;
  /** The power goes and comes back. */
  readonly crash: () => Promise<ReversalShop>;
};

export async function openReversalShop(options: SafaricomShopOptions = {}): Promise<ReversalShop> {
  const shop = await openSafaricomShop({ credentials: 'working', ...options });
  const access = openTestAccess(shop);
  await inventPeople(shop.core, access, shop.actor, Object.values(PEOPLE));
  await sealOperator(shop, access);
  touchRelay(shop);
  return equip(shop, access, { statements: 0 });
}

/** The manager may approve within amounts; owner and manager have given their passwords once, and can open the seal. */
async function sealOperator(shop: SafaricomShop, access: Access): Promise<void> {
  const { core, parts, actor, simulator } = shop;
  write(shop, (db) => setApproval(db, idOf(core, 'manager'), { capCents: 5_000_00, dayCapCents: 8_000_00 }));
  for (const role of ['manager', 'owner'] as const) {
    const { name, password } = PEOPLE[role];
    unwrap(await signIn(core, access, { name, password, code: null }, 'main'));
  }
  const operator = simulator.shop.operators[1];
  if (operator === undefined) throw new Error('the shop has no operator that may send money back');
  const { name, password } = operator;
  const credential = {
    kind: 'reversal-operator',
    name,
    form: 'plain',
    since: null,
    secret: { name, password },
  } as const;
  unwrap(await setCredential(parts, actor, { shortCode: PAYBILL, credential, acceptsOneOperator: false }));
}

function idOf(core: Core, role: Role): number {
  return (
    core.ledger.read.get<{ id: number }>('SELECT id FROM staff WHERE name = ?', PEOPLE[role].name)?.id ?? 0
  );
}

type Progress = { statements: number };

function openTestAccess({ core }: SafaricomShop): Access {
  const passwords = openPasswords(WEAK_COST);
  return openAccess({ host: 'preview', read: core.ledger.read, now: core.now, passwords });
}

function equip(shop: SafaricomShop, access: Access, progress: Progress): ReversalShop {
  const { core, simulator } = shop;
  const parts = reversalParts({ core, access, safaricom: shop.parts });
  const watch = watchReversals(parts);
  onTestFinished(watch.close);
  const row = (id: number) => {
    const found = readReversal(core.ledger.read, id);
    if (found === null) throw new Error(`there is no reversal ${id}`);
    return found;
  };
  const session = (role: Role): Session => {
    const { name } = PEOPLE[role];
    return {
      id: `session-${role}`,
      staffId: idOf(core, role),
      name,
      role,
      window: 'main',
      confirmedUntil: null,
    };
  };
  const bringStatement = async (change = (text: string) => text) => {
    const name = `statement-${progress.statements++}.csv`;
    const text = change(statementOf(shop, simulator.now()).toString('utf8'));
    await shop.bringIn(name, text, { everyNumberIsOurs: true });
  };
  const approval = (reversalId: number, by: Role = 'owner'): Approval => {
    const { name, password } = PEOPLE[by];
    const viewHash = viewHashOf(core.ledger.read, row(reversalId), core.now());
    return { reversalId, viewHash, name, password, code: null };
  };
  const self: ReversalShop = {
    shop,
    access,
    parts,
    watch,
    session,
    bringStatement,
    approval,
    row,
    stateOf: (id) => row(id).state,
    paid: async (amount) => {
      const payment = simulator.pay({ cents: amount, shortCode: PAYBILL });
      await simulator.settle();
      await simulator.advance(60_000);
      await bringStatement();
      const found = core.ledger.read.get<{ id: number }>(
        `SELECT id FROM live_movements WHERE receipt = ? AND kind = 'customer-payment'`,
        payment.receipt,
      );
      if (found === undefined) throw new Error(`${payment.receipt} is not in the books`);
      return { payment, paymentId: found.id };
    },
    request: async (paymentId, by = 'clerk', more = {}) => {
      const asked = {
        paymentId,
        amountCents: null,
        method: 'daraja',
        reason: 'goods-returned',
        note: 'Brought back unopened',
        saleId: null,
        attachment: null,
        ...more,
      } as const;
      return unwrap(await requestReversal(core, openFileTokens(core.now), session(by), asked)).reversalId;
    },
    approve: async (reversalId, by = 'owner') =>
      unwrap(await approveReversal(parts, approval(reversalId, by))),
    collect: async () => {
      await simulator.settle();
      await shop.collect();
    },
    crash: async () => {
      await watch.close();
      const after = await shop.crash();
      return equip(after, openTestAccess(after), progress);
    },
  };
  return self;
}

/** The relay was reached just now. */
export function touchRelay(shop: SafaricomShop): void {
  write(shop, (db) => db.run('UPDATE relay_pairing SET reached_at = ?', shop.simulator.now()));
}

export function write(shop: Pick<SafaricomShop, 'core'>, change: (db: WriteDb) => unknown): void {
  const written = shop.core.ledger.act({ staffId: 1, session: null }, 'test.prepared', 'test', (db) => {
    change(db);
    return succeed({ value: undefined, details: {} });
  });
  if (!written.ok) throw new Error(written.error.code);
}

/** What Safaricom's portal would export now: payments and what was sent back, in order, with the balance after each. */
function statementOf({ simulator }: SafaricomShop, until: UtcMs): Buffer {
  const { book } = simulator;
  const payments = book.payments().filter(({ shortCode, at }) => shortCode === PAYBILL && at <= until);
  const lines = payments.flatMap((payment) => {
    const { number, name } = payment.payer;
    const party = `${number} - ${name}`;
    const shared = { status: 'Completed', otherParty: party, accountReference: '' };
    const paid = {
      ...shared,
      receipt: payment.receipt,
      at: payment.at,
      details: `Pay Bill from ${party} Acc. `,
      direction: 'in' as const,
      amountCents: cents(payment.cents),
      reasonType: 'Pay Utility',
      linkedReceipt: '',
    };
    const back = book.reversalsOf(payment.receipt).map((reversal) => ({
      ...shared,
      receipt: reversal.receipt,
      at: reversal.at,
      details: 'Pay Utility Reversal by mfanoback',
      direction: 'out' as const,
      amountCents: cents(reversal.cents),
      reasonType: 'Pay Utility Reversal',
      linkedReceipt: payment.receipt,
    }));
    return [paid, ...back.filter(({ at }) => at <= until)];
  });
  let balance = 0;
  const movements: FixtureMovement[] = [...lines]
    .sort((a, b) => a.at - b.at)
    .map((line) => {
      balance += line.direction === 'in' ? line.amountCents : -line.amountCents;
      return { ...line, balanceCents: cents(balance) };
    });
  const from = (Math.min(...movements.map(({ at }) => at), until) - HOUR) as UtcMs;
  return toCsv(
    portalGrid({
      shortCode: PAYBILL,
      holder: 'DUKA LA MFANO',
      account: 'Utility Account',
      from,
      to: until,
      reportAt: until,
      openingCents: cents(0),
      movements,
    }),
  );
}
