import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cents, sum } from '#shared/domain/money.ts';
import { type BusinessDay, businessDayOf } from '#shared/domain/time.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { Actor } from '../db/ledger.ts';
import { selectAcceptable } from '../db/queries/findings.ts';
import { writeSetting } from '../db/queries/settings.ts';
import { tillOfNumber } from '../db/queries/tills.ts';
import { recordChange } from '../services/audit/record-change.ts';
import type { Core } from '../services/core.ts';
import { importFile } from '../services/import-file.ts';
import { openJobBook } from '../services/job-book.ts';
import { matchChangedDays } from '../services/match-days.ts';
import { parkItems } from '../services/park-items.ts';
import { acceptAll } from '../services/reconcile-acts.ts';
import { claimNumber } from '../services/tills.ts';
import { addSale } from '../services/type-sale.ts';
import { clock, PAYBILL, TILL } from './book.ts';
import { PAPER_CENTS } from './events.ts';
import { type DemoFile, writeFiles } from './files.ts';
import { inventMonth, type Month } from './month.ts';

/** The clerk has worked through everything but the last days. */
const WORKED_TO = 26;

/**
 * Fills an empty ledger with a month of an invented shop that ends yesterday: real files, brought in as a person
 * would, the older days worked through, the last ones full of questions.
 */
export async function fillDemo(core: Core, actor: Actor): Promise<void> {
  const month = inventMonth(businessDayOf(core.now()));
  claimNumber(core, actor, TILL, 'Duka la Mfano', 'settings');
  claimNumber(core, actor, PAYBILL, 'Mfano PayBill', 'settings');
  nameShop(core, actor);
  const folder = await mkdtemp(join(tmpdir(), 'daftari-demo-files-'));
  try {
    for (const file of writeFiles(month)) await bringIn(core, actor, folder, file);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  if (!(await matchChangedDays(core, actor))) throw new Error('the demo could not be matched');
  await workThrough(core, actor, month);
  // The many days that were worked are matched again before anybody looks.
  if (!(await matchChangedDays(core, actor))) throw new Error('the demo could not be matched');
}

function nameShop(core: Core, actor: Actor): void {
  const named = core.ledger.act(actor, 'settings.saved', 'settings', (db) => {
    writeSetting(db, 'shop-name', 'Duka la Mfano');
    return succeed({ value: undefined, details: recordChange(db, 'shop', null, { shop: 'Duka la Mfano' }) });
  });
  mustSucceed(named, 'the shop cannot be named');
}

async function bringIn(core: Core, actor: Actor, folder: string, file: DemoFile): Promise<void> {
  const path = join(folder, file.name);
  await writeFile(path, file.text);
  const job = openJobBook({ now: core.now, tell: () => undefined }).open('import', file.name);
  const request = {
    file: { path, name: file.name },
    kind: file.kind,
    everyNumberIsOurs: false,
    matchAfter: false,
  };
  const outcome = await importFile(core, actor, request, job);
  if (outcome.type !== 'done') throw new Error(`the demo file ${file.name} was not taken: ${outcome.type}`);
}

/** What the clerk has done so far: accepted the older days, parked a payment, typed a sale. */
async function workThrough(core: Core, actor: Actor, { days }: Month): Promise<void> {
  const [first] = days;
  const worked = days[WORKED_TO];
  const last = days.at(-1);
  if (first === undefined || worked === undefined || last === undefined)
    throw new Error('the month has no days');
  const scope = { from: first, to: worked, tillId: null };
  const acceptable = selectAcceptable(core.ledger.read, scope);
  const expectedCents = sum(acceptable.map((one) => cents(one.amountCents)));
  mustSucceed(
    await acceptAll(core, actor, { ...scope, expectedCount: acceptable.length, expectedCents }),
    'the older days cannot be accepted',
  );
  await parkPayment(core, actor, last);
  await typeSale(core, actor, last);
}

async function parkPayment(core: Core, actor: Actor, day: BusinessDay): Promise<void> {
  const [open] = selectUnsold(core, day, 1_370_00);
  if (open === undefined) throw new Error('no payment of the last day is open');
  const note = 'Mama Mfano comes for the goods tomorrow';
  mustSucceed(
    await parkItems(core, actor, { payments: [open], sales: [], note }),
    'a payment cannot be parked',
  );
}

/** Typed after its payment was in the books: it says so, and is never matched as certain. */
async function typeSale(core: Core, actor: Actor, day: BusinessDay): Promise<void> {
  const typed = await addSale(core, actor, {
    day,
    at: clock(day, '14:20'),
    amountCents: cents(PAPER_CENTS),
    tender: 'mpesa',
    kind: 'sale',
    reference: 'PAPER-17',
    receipt: null,
    phone: null,
    customer: null,
    cashier: 'Mfano One',
    tillId: tillOfNumber(core.ledger.read, TILL),
    note: 'Written on paper while the power was out',
  });
  mustSucceed(typed, 'a sale cannot be typed');
}

function selectUnsold(core: Core, day: BusinessDay, amountCents: number): number[] {
  return core.ledger.read
    .all<{ id: number }>(
      `SELECT i.movement_id AS id FROM findings f JOIN finding_items i ON i.finding_id = f.id
        WHERE f.kind = 'paid-not-sold' AND f.business_day = ? AND f.amount_cents = ? AND i.movement_id IS NOT NULL
        ORDER BY f.at`,
      day,
      amountCents,
    )
    .map((row) => row.id);
}

function mustSucceed(result: Result<unknown>, what: string): void {
  if (!result.ok) throw new Error(`${what}: ${result.error.code}`);
}
