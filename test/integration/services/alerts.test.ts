import { expect, onTestFinished, test } from 'vitest';
import type { NewAlert } from '#main/db/queries/alerts.ts';
import { dismissAlerts, listAlerts, raiseAlert, tellAlerts } from '#main/services/alerts.ts';
import { say } from '#shared/domain/message.ts';
import { succeed } from '#shared/ipc/result.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { unwrap } from '#test/helpers/results.ts';

async function open(): Promise<TestShop> {
  const shop = await openShop();
  onTestFinished(shop.close);
  return shop;
}

function raise(shop: TestShop, alert: Partial<NewAlert>): number | null {
  const { core, actor } = shop;
  return unwrap(
    core.ledger.act(actor, 'settings.saved', 'settings', (db) => {
      const value = raiseAlert(db, {
        kind: 'tried',
        subject: 'relay',
        what: say('alerts.title'),
        at: core.now(),
        ...alert,
      });
      return succeed({ value, details: {} });
    }),
  );
}

const list = (shop: TestShop, state: 'unseen' | 'all' = 'all', after: string | null = null, limit = 50) =>
  unwrap(listAlerts(shop.core, { state, after, limit }));

test('the same thing is said once, also after it has been seen', async () => {
  const shop = await open();
  const first = raise(shop, {});
  expect(first).not.toBeNull();
  expect(raise(shop, {})).toBeNull();
  expect(raise(shop, { subject: 'callback:1' })).not.toBeNull();
  expect(raise(shop, { kind: 'other' })).not.toBeNull();
  unwrap(dismissAlerts(shop.core, shop.actor, { alertIds: [first ?? 0] }));
  expect(raise(shop, {})).toBeNull();
  expect(list(shop).unseen).toBe(2);
  expect(list(shop, 'unseen').alerts.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
    'other relay',
    'tried callback:1',
  ]);
});

test('an alert that an act takes back was never raised', async () => {
  const shop = await open();
  const failed = () =>
    shop.core.ledger.act(shop.actor, 'settings.saved', 'settings', (db) => {
      raiseAlert(db, { kind: 'tried', subject: 'relay', what: say('alerts.title'), at: shop.core.now() });
      throw new Error('the act fails');
    });
  expect(failed).toThrow('the act fails');
  expect(list(shop)).toEqual({ alerts: [], next: null, unseen: 0 });
});

test('who saw it and when stays with it, and is an entry of the log; seen twice is nothing new', async () => {
  const shop = await open();
  const ids = [1, 2, 3].map((n) => raise(shop, { subject: `callback:${n}` }) ?? 0);
  const entries = () =>
    shop.core.ledger.read.all(
      `SELECT subject, details FROM audit_entries WHERE action = 'alert.seen' ORDER BY seq`,
    );
  expect(unwrap(dismissAlerts(shop.core, shop.actor, { alertIds: [ids[1] ?? 0] }))).toEqual({ unseen: 2 });
  expect(unwrap(dismissAlerts(shop.core, shop.actor, { alertIds: [...ids, 99] }))).toEqual({ unseen: 0 });
  expect(unwrap(dismissAlerts(shop.core, shop.actor, { alertIds: ids }))).toEqual({ unseen: 0 });
  expect(entries()).toEqual([
    { subject: `alert:${ids[1]}`, details: `{"count":1,"ids":[${ids[1]}]}` },
    { subject: 'alerts', details: `{"count":2,"ids":[${ids[0]},${ids[2]}]}` },
  ]);
  const seen = list(shop).alerts.find(({ id }) => id === ids[1])?.seen;
  expect(seen?.at).toBeGreaterThan(0);
  expect(seen?.by).not.toBe('');
});

test('pages go on where they ended', async () => {
  const shop = await open();
  for (let n = 1; n <= 5; n += 1) raise(shop, { subject: `callback:${n}` });
  const first = list(shop, 'all', null, 2);
  const second = list(shop, 'all', first.next, 2);
  const third = list(shop, 'all', second.next, 2);
  const subjects = [first, second, third].flatMap(({ alerts }) => alerts.map(({ subject }) => subject));
  expect(subjects).toEqual([5, 4, 3, 2, 1].map((n) => `callback:${n}`));
  expect(third.next).toBeNull();
  expect(listAlerts(shop.core, { state: 'all', after: 'x', limit: 2 }).ok).toBe(false);
});

test('the windows are told of what is new only', () => {
  const told: unknown[] = [];
  const tell = (event: string, payload: unknown) => told.push([event, payload]);
  tellAlerts({ tell }, [null, null]);
  expect(told).toEqual([]);
  tellAlerts({ tell }, [null, 7]);
  expect(told).toEqual([
    ['alert:raised', { alertId: 7 }],
    ['ledger:changed', { areas: ['alerts'] }],
  ]);
});
