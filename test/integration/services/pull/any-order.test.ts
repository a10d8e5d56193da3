import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PROGRAM } from '#main/db/ledger.ts';
import { readPayment } from '#main/db/queries/item-views.ts';
import type { Core } from '#main/services/core.ts';
import { importFile } from '#main/services/import-file.ts';
import { matchChangedDays } from '#main/services/match-days.ts';
import { showSummary } from '#main/services/show-summary.ts';
import { undoImport } from '#main/services/undo-import.ts';
import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import { MINUTE } from '#shared/domain/time.ts';
import { toStamp } from '#test/daraja-simulator/stamps.ts';
import { sendNotice } from '#test/helpers/notices.ts';
import { clockOf, novemberStatement, openPulledShop, pullHours } from '#test/helpers/pulled-shop.ts';
import { unwrap } from '#test/helpers/results.ts';
import type { SafaricomShop } from '#test/helpers/safaricom-shop.ts';
import type { StatementRow } from '#test/helpers/shop-files.ts';
import { TILL } from '#test/helpers/simulator-caller.ts';
import { assertTrueTotals } from '#test/helpers/true-totals.ts';

/** One payment as the world has it, and what has shown it to the shop so far. */
type Payment = {
  readonly receipt: string;
  readonly at: UtcMs;
  readonly cents: number;
  isPaid: boolean;
  isNoticed: boolean;
  isPulled: boolean;
  readonly files: Set<number>;
};

type Act =
  | { readonly type: 'pay' | 'notice'; readonly which: number }
  | { readonly type: 'pull'; readonly isCut: boolean }
  | {
      readonly type: 'statement';
      readonly which: readonly number[];
      readonly isCut: boolean;
      readonly sendsBack: boolean;
    }
  | { readonly type: 'undo'; readonly which: number }
  | { readonly type: 'crash' };

const PAYMENTS = 4;
const which = fc.nat({ max: PAYMENTS - 1 });
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant('pay' as const), which }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('notice' as const), which }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('pull' as const), isCut: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('statement' as const),
      which: fc.uniqueArray(which, { minLength: 1, maxLength: PAYMENTS }),
      isCut: fc.boolean(),
      sendsBack: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('undo' as const), which: fc.nat({ max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('crash' as const) }) },
);

/** What the shop should have, worked out from nothing but what has been shown to it. */
class Model {
  readonly payments: Payment[];
  readonly done: number[] = [];

  constructor(now: UtcMs) {
    this.payments = Array.from({ length: PAYMENTS }, (_, at) => ({
      receipt: `UKK7KQ2M4${'ABCD'.charAt(at)}`,
      at: (now - (PAYMENTS - at) * 20 * MINUTE) as UtcMs,
      cents: (100 + at) * 100,
      isPaid: false,
      isNoticed: false,
      isPulled: false,
      files: new Set<number>(),
    }));
  }

  /** Null when nothing shows it. */
  standingOf({ files, isPulled, isNoticed }: Payment): 'settled' | 'reported' | null {
    if (files.size > 0 || isPulled) return 'settled';
    return isNoticed ? 'reported' : null;
  }
}

/** A core that loses its power when an import is done and its reported payments are not settled yet. */
function cutBeforeSettling(core: Core): Core {
  const act: Core['ledger']['act'] = (actor, action, subject, write) => {
    if (action === 'import.settled') throw new Error('the power went');
    return core.ledger.act(actor, action, subject, write);
  };
  return { ...core, ledger: { ...core.ledger, act } };
}

async function bringIn(
  shop: SafaricomShop,
  model: Model,
  { which: rows, isCut, sendsBack }: Act & { readonly type: 'statement' },
): Promise<SafaricomShop> {
  const shown = rows.flatMap((at) => model.payments[at] ?? []);
  const lines: StatementRow[] = shown.map(({ receipt, at, cents }) => ({
    receipt,
    time: clockOf(at),
    amount: cents / 100,
  }));
  const [first] = shown;
  const back: StatementRow[] =
    sendsBack && first
      ? [{ receipt: 'UKK9BACK0A', time: '09:59:00', amount: first.cents / 100, reverses: first.receipt }]
      : [];
  const name = `${rows.join('')}${sendsBack ? 'r' : ''}.csv`;
  const path = join(shop.folder, name);
  writeFileSync(path, novemberStatement([...lines, ...back]));
  const request = { file: { path, name }, kind: 'auto', everyNumberIsOurs: true, matchAfter: true } as const;
  const core = isCut ? cutBeforeSettling(shop.core) : shop.core;
  const job = shop.book.open('import', name);
  let after = shop;
  try {
    const outcome = await importFile(core, shop.actor, request, job);
    if (outcome.type !== 'done') throw new Error(outcome.type);
  } catch (error) {
    if (!isCut || !String(error).includes('the power went')) throw error;
    after = await shop.crash();
  }
  const importId = job.view().importId ?? 0;
  for (const payment of shown) payment.files.add(importId);
  model.done.push(importId);
  return after;
}

async function perform(shop: SafaricomShop, model: Model, todo: Act): Promise<SafaricomShop> {
  switch (todo.type) {
    case 'pay': {
      const payment = model.payments[todo.which];
      if (payment === undefined || payment.isPaid) return shop;
      payment.isPaid = true;
      const { receipt, at, cents } = payment;
      shop.simulator.book.record({ receipt, at, cents, shortCode: TILL, kind: 'buy-goods' });
      return shop;
    }
    case 'notice': {
      const payment = model.payments[todo.which];
      if (payment === undefined) return shop;
      const { receipt, at, cents } = payment;
      sendNotice(shop, { receipt, time: toStamp(at), amount: cents / 100, number: TILL });
      payment.isNoticed = true;
      return shop;
    }
    case 'pull': {
      const stop = new AbortController();
      const cut = todo.isCut ? { signal: stop.signal, onRows: () => stop.abort() } : {};
      await pullHours(shop, 24, cut);
      const listed = model.payments.filter(({ isPaid }) => isPaid).sort((a, b) => a.at - b.at);
      for (const payment of todo.isCut ? listed.slice(0, 2) : listed) payment.isPulled = true;
      return todo.isCut ? shop.crash() : shop;
    }
    case 'statement':
      return bringIn(shop, model, todo);
    case 'undo': {
      const importId = model.done[todo.which % Math.max(1, model.done.length)];
      if (importId === undefined) return shop;
      unwrap(await undoImport(shop.core, shop.actor, importId, shop.book.open('undo', null)));
      model.done.splice(model.done.indexOf(importId), 1);
      for (const { files } of model.payments) files.delete(importId);
      return shop;
    }
    case 'crash':
      return shop.crash();
  }
}

function check(shop: SafaricomShop, model: Model): void {
  const { read } = shop.core.ledger;
  assertTrueTotals(read);
  const live = read.all<{ id: number; receipt: string; hangsOn: number }>(
    `SELECT id, receipt, import_id AS hangsOn FROM live_movements WHERE kind = 'customer-payment' ORDER BY receipt`,
  );
  const expected = model.payments.filter((payment) => model.standingOf(payment) !== null);
  expect(live.map(({ receipt }) => receipt)).toEqual(expected.map(({ receipt }) => receipt));
  let reported = { count: 0, cents: 0 };
  for (const [place, payment] of expected.entries()) {
    const { id = 0, hangsOn = 0 } = live[place] ?? {};
    const standing = model.standingOf(payment);
    expect([payment.receipt, readPayment(read, id)?.standing]).toEqual([payment.receipt, standing]);
    if (payment.files.size > 0) expect([...payment.files]).toContain(hangsOn);
    else expect(hangsOn).toBe(payment.isPulled ? -1 : -2);
    const seen = read.all<{ kind: string }>(
      'SELECT kind FROM sightings WHERE movement_id = ? ORDER BY kind',
      id,
    );
    // A payment that was taken out and came back in is another row: what showed the old one stays with that.
    if (payment.isNoticed) expect(seen).toContainEqual({ kind: 'confirmation' });
    if (payment.isPulled) expect(seen).toContainEqual({ kind: 'pulled-row' });
    expect(readPayment(read, id)?.at).toBe(payment.at);
    if (standing === 'reported')
      reported = { count: reported.count + 1, cents: reported.cents + payment.cents };
  }
  const day = '2026-11-20' as BusinessDay;
  expect(unwrap(showSummary(shop.core, { from: day, to: day, tillId: null })).reported).toEqual(reported);
  expect(read.all('SELECT movement_id FROM lines_to_settle')).toEqual([]);
  const wrong = read.all(
    `SELECT m.id FROM links n JOIN link_items l ON l.link_id = n.id JOIN movements m ON m.id = l.movement_id
      WHERE n.how = 'auto' AND n.kind = 'sale' AND n.ended_at IS NULL AND l.is_active = 1 AND m.import_id = -2`,
  );
  expect(wrong).toEqual([]);
}

const SALES = [0, 1, 2, 3].map(
  (at) => `2026-11-20 0${at + 8}:45:00,${100 + at},S-${at},UKK7KQ2M4${'ABCD'.charAt(at)}`,
);
/** Ends at the first failure: to make it shorter would take minutes. */
const RUNS = { numRuns: Number(process.env.RANDOM_ACTS_RUNS ?? 4), endOnFailure: true };

it('has each payment once, and knows what shows it, in whatever order the news comes', {
  timeout: 900_000,
}, async () => {
  const acts = fc.array(anyAct, { minLength: 8, maxLength: 16, size: 'max' });
  const property = fc.asyncProperty(acts, async (todo) => {
    let shop = await openPulledShop({ simulator: { rules: { pullPageSize: 2 } } });
    const model = new Model(shop.simulator.now());
    await shop.bringIn('sales.csv', `time,amount,reference,receipt\n${SALES.join('\n')}\n`);
    for (const one of todo) {
      shop = await perform(shop, model, one);
      await matchChangedDays(shop.core, PROGRAM);
      check(shop, model);
    }
    await shop.close();
  });
  await fc.assert(property, RUNS);
});
