import { afterEach, beforeEach, expect, test } from 'vitest';
import { markDaysToMatch } from '#main/db/queries/days.ts';
import type { Core } from '#main/services/core.ts';
import { rollBackImport, startImport } from '#main/services/import-writing.ts';
import { matchChangedDays, matchSoon } from '#main/services/match-days.ts';
import { addDays, type BusinessDay } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';

const DAY = '2026-03-14' as BusinessDay;

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

function mark(days: readonly string[]): void {
  const marked = shop.core.ledger.act(shop.actor, 'test.marked', 'ledger', (db) => {
    markDaysToMatch(db, days);
    return succeed({ value: undefined, details: {} });
  });
  expect(marked.ok).toBe(true);
}

const daysLeft = () => shop.core.ledger.read.all('SELECT day FROM days_to_match').length;

/** The shop's core, whose matching waits until it is let go. */
function gatedCore(): { core: Core; letGo: () => void } {
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const run: Core['workers']['run'] = async function* (name, input, signal) {
    if (name === 'match') await gate;
    yield* shop.core.workers.run(name, input, signal);
  };
  return { core: { ...shop.core, workers: { ...shop.core.workers, run } }, letGo };
}

test('a person whose days alone are to be matched sees them matched', async () => {
  mark([DAY]);
  await matchSoon(shop.core, shop.actor);
  expect(daysLeft()).toBe(0);
});

test('a person does not wait while other days are being matched, and their days are matched all the same', async () => {
  const { core, letGo } = gatedCore();
  mark([DAY]);
  const longWork = matchChangedDays(core, shop.actor);
  mark([addDays(DAY, 5)]);
  await matchSoon(core, shop.actor);
  expect(daysLeft()).toBe(2);
  letGo();
  await longWork;
  await matchChangedDays(core, shop.actor);
  expect(daysLeft()).toBe(0);
});

test('a person does not wait when a whole file waits to be matched', async () => {
  const { core, letGo } = gatedCore();
  mark(Array.from({ length: 40 }, (_, after) => addDays(DAY, after)));
  await matchSoon(core, shop.actor);
  expect(daysLeft()).toBe(40);
  letGo();
  await matchChangedDays(core, shop.actor);
  expect(daysLeft()).toBe(0);
});

test('a person does not wait while a file is being written', async () => {
  const { core, letGo } = gatedCore();
  const file = {
    kind: 'statement',
    fileName: 'long.csv',
    sha256: 'a'.repeat(64),
    layout: 'portal-csv',
    readBy: null,
  } as const;
  const started = startImport(core, shop.actor, file);
  if (!started.ok) throw new Error(started.error.code);
  mark([DAY]);
  await matchSoon(core, shop.actor);
  expect(daysLeft()).toBe(1);
  letGo();
  await rollBackImport(core, shop.actor, started.value, 'cancelled');
  await matchChangedDays(core, shop.actor);
  expect(daysLeft()).toBe(0);
});

test('a person does not wait for what a file begins to change while their own day is being matched', async () => {
  const { core: gated, letGo } = gatedCore();
  const file = {
    kind: 'statement',
    fileName: 'long.csv',
    sha256: 'a'.repeat(64),
    layout: 'portal-csv',
    readBy: null,
  } as const;
  let importId: number | null = null;
  const run: Core['workers']['run'] = async function* (name, input, signal) {
    if (importId !== null) return yield* gated.workers.run(name, input, signal);
    const started = startImport(shop.core, shop.actor, file);
    if (!started.ok) throw new Error(started.error.code);
    importId = started.value;
    mark([addDays(DAY, 5)]);
    yield* shop.core.workers.run(name, input, signal);
  };
  const core = { ...shop.core, workers: { ...shop.core.workers, run } };
  mark([DAY]);
  await matchSoon(core, shop.actor);
  expect(daysLeft()).toBe(1);
  letGo();
  await rollBackImport(shop.core, shop.actor, importId ?? 0, 'cancelled');
  await matchChangedDays(shop.core, shop.actor);
  expect(daysLeft()).toBe(0);
});
