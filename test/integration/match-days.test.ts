import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { matchChangedDays } from '#main/services/match-days.ts';
import { acceptFinding } from '#main/services/reconcile-acts.ts';
import { succeed } from '#shared/ipc/result.ts';
import { smallSales, smallStatement } from '#test/fixtures/small-day.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

const FRIDAY = { date: '13-03-2026', reportAt: '14-03-2026 07:00:00' };
const SATURDAY = { date: '14-03-2026', reportAt: '15-03-2026 07:00:00' };

function activeLinks(): string[] {
  return shop.core.ledger.read
    .all<{ kind: string; items: string }>(
      `SELECT l.kind, group_concat(coalesce(m.receipt, s.reference), '+' ORDER BY i.sale_id IS NOT NULL, m.receipt, s.reference) AS items FROM links l
         JOIN link_items i ON i.link_id = l.id LEFT JOIN movements m ON m.id = i.movement_id
         LEFT JOIN sales s ON s.id = i.sale_id
        WHERE l.ended_at IS NULL GROUP BY l.id ORDER BY l.kind, items`,
    )
    .map(({ kind, items }) => `${kind} ${items}`);
}

function openQuestions(): string[] {
  return shop.core.ledger.read
    .all<{ kind: string; items: string }>(
      `SELECT f.kind, group_concat(coalesce(m.receipt, s.reference), '+' ORDER BY i.position) AS items FROM findings f
         JOIN finding_items i ON i.finding_id = f.id LEFT JOIN movements m ON m.id = i.movement_id
         LEFT JOIN sales s ON s.id = i.sale_id WHERE f.is_head = 1 GROUP BY f.id ORDER BY f.kind, items`,
    )
    .map(({ kind, items }) => `${kind} ${items}`);
}

const friday = () =>
  smallStatement(
    [
      { receipt: 'UCD0DEMO01', time: '08:00:00', amount: 150 },
      { receipt: 'UCD0DEMO02', time: '23:00:00', amount: 250 },
    ],
    FRIDAY,
  );
const fridaySales = () =>
  smallSales(
    [
      { reference: 'F-1', time: '08:01:00', amount: 150, receipt: 'UCD0DEMO01' },
      { reference: 'F-2', time: '23:01:00', amount: 250, receipt: 'UCD0DEMO02' },
    ],
    '2026-03-13',
  );
/** Saturday begins with a sweep of Friday's takings, at 03:31. */
const saturday = () =>
  smallStatement(
    [
      { receipt: 'UCE0DEMO09', time: '03:31:00', amount: 400, isSweep: true },
      { receipt: 'UCE0DEMO01', time: '09:00:00', amount: 700 },
    ],
    { ...SATURDAY, opening: 400 },
  );
const saturdaySales = () =>
  smallSales([{ reference: 'S-1', time: '09:01:00', amount: 700, receipt: 'UCE0DEMO01' }], '2026-03-14');

const SALE_LINKS = ['sale UCD0DEMO01+F-1', 'sale UCD0DEMO02+F-2', 'sale UCE0DEMO01+S-1'];

describe('matching a day', () => {
  it('leaves the day before as it was, although a sweep ties the two together', async () => {
    await shop.bringIn('friday.csv', friday());
    await shop.bringIn('friday-sales.csv', fridaySales());
    await shop.bringIn('saturday.csv', saturday());
    await shop.bringIn('saturday-sales.csv', saturdaySales());
    expect(activeLinks().filter((link) => link.startsWith('sale'))).toEqual(SALE_LINKS);
    expect(openQuestions()).toEqual([]);
  });

  it('comes to the same, whatever order the files come in', async () => {
    const files: [string, () => string][] = [
      ['friday.csv', friday],
      ['friday-sales.csv', fridaySales],
      ['saturday.csv', saturday],
      ['saturday-sales.csv', saturdaySales],
    ];
    for (const [name, make] of files) await shop.bringIn(name, make());
    const forward = { links: activeLinks(), questions: openQuestions() };
    const other = await openShop();
    const first = shop;
    try {
      shop = other;
      for (const [name, make] of [...files].reverse()) await shop.bringIn(name, make());
      expect({ links: activeLinks(), questions: openQuestions() }).toEqual(forward);
    } finally {
      shop = first;
      await other.close();
    }
  });

  it('takes a certain match back when another day turns out to name the same receipt', async () => {
    await shop.bringIn('friday.csv', friday());
    await shop.bringIn('friday-sales.csv', fridaySales());
    const again = [{ reference: 'L-1', time: '10:00:00', amount: 150, receipt: 'UCD0DEMO01' }];
    await shop.bringIn('late.csv', smallSales(again, '2026-03-20'));
    expect(activeLinks()).not.toContain('sale UCD0DEMO01+F-1');
    expect(openQuestions().join('; ')).toMatch(/receipt-used-twice UCD0DEMO01\+F-1\+L-1/);
  });

  it('opens a sale again when the payment that a person matched with it is sent back', async () => {
    const payments = [{ receipt: 'UCE0DEMO01', time: '09:00:00', amount: 700 }];
    await shop.bringIn('a.csv', smallStatement(payments, SATURDAY));
    await shop.bringIn('b.csv', smallSales([{ reference: 'S-1', time: '09:02:00', amount: 700 }]));
    const finding = shop.core.ledger.read.get<{ id: number }>(
      `SELECT id FROM findings WHERE kind = 'amount-time'`,
    );
    expect((await acceptFinding(shop.core, shop.actor, finding?.id ?? 0)).ok).toBe(true);
    const at = '14-03-2026 11:00:00';
    const reversal = `UCE0DEMO05,${at},${at},Pay Merchant Reversal by Demo,Completed,,-700,0,true,Pay Merchant Reversal,070****101 - AMINA EXAMPLE,UCE0DEMO01,,KES`;
    const lines = smallStatement(payments, SATURDAY).split('\n');
    const header = lines.findIndex((line) => line.startsWith('Receipt No.'));
    lines.splice(header + 1, 0, reversal);
    await shop.bringIn('c.csv', lines.join('\n').replace('Closing Balance:,700', 'Closing Balance:,0'));
    expect(activeLinks()).toEqual(['reversal-of UCE0DEMO01+UCE0DEMO05']);
    expect(openQuestions().join('; ')).toContain('reversed-after-sale');
  });

  it('accepts a payment that was sent back for a sale that was refunded: the two explain each other', async () => {
    const payments = [{ receipt: 'UCE0DEMO01', time: '09:00:00', amount: 700 }];
    const at = '14-03-2026 11:00:00';
    const reversal = `UCE0DEMO05,${at},${at},Pay Merchant Reversal by Demo,Completed,,-700,0,true,Pay Merchant Reversal,070****101 - AMINA EXAMPLE,UCE0DEMO01,,KES`;
    const lines = smallStatement(payments, SATURDAY).split('\n');
    lines.splice(lines.findIndex((line) => line.startsWith('Receipt No.')) + 1, 0, reversal);
    await shop.bringIn('a.csv', lines.join('\n').replace('Closing Balance:,700', 'Closing Balance:,0'));
    const sales = [
      { reference: 'S-1', time: '09:01:00', amount: 700, receipt: 'UCE0DEMO01' },
      { reference: 'R-1', time: '11:02:00', amount: -700 },
    ];
    await shop.bringIn('b.csv', smallSales(sales));
    const likely = shop.core.ledger.read.all<{ id: number }>(
      `SELECT id FROM findings WHERE type = 'proposal'`,
    );
    expect(likely).toHaveLength(2);
    for (const { id } of likely) expect((await acceptFinding(shop.core, shop.actor, id)).ok).toBe(true);
    expect(openQuestions()).toEqual([]);
    expect(activeLinks()).toContain('sale UCE0DEMO01+S-1');
  });

  it('loses no mark that comes while it is at work', async () => {
    await shop.bringIn('friday.csv', friday());
    const files = [shop.bringIn('friday-sales.csv', fridaySales()), shop.bringIn('none.csv', 'x')];
    await Promise.all(files);
    expect(shop.core.ledger.read.all('SELECT day FROM days_to_match')).toEqual([]);
    expect(activeLinks().filter((link) => link.startsWith('sale'))).toHaveLength(2);
  });

  it('asks for the money of all payments of an answer, not of the first', async () => {
    const parts = [
      { receipt: 'UCE0DEMO01', time: '09:00:00', amount: 617 },
      { receipt: 'UCE0DEMO02', time: '09:01:00', amount: 423 },
    ];
    await shop.bringIn('a.csv', smallStatement(parts, SATURDAY));
    await shop.bringIn('b.csv', smallSales([{ reference: 'S-1', time: '09:02:00', amount: 1040 }]));
    expect(shop.core.ledger.read.all('SELECT kind, amount_cents AS cents FROM findings')).toEqual([
      { kind: 'many-for-one', cents: 104_000 },
    ]);
  });

  it('asks nothing about a sale that was voided while it was matching', async () => {
    await shop.bringIn(
      'a.csv',
      smallStatement([{ receipt: 'UCE0DEMO01', time: '09:00:00', amount: 700 }], SATURDAY),
    );
    await shop.bringIn('b.csv', smallSales([{ reference: 'S-1', time: '16:00:00', amount: 55 }]), {
      matchAfter: false,
    });
    const matching = matchChangedDays(shop.core, shop.actor);
    const voided = shop.core.ledger.act(shop.actor, 'test.void', 'sale:1', (db) => {
      db.run(`UPDATE sales SET status = 'void' WHERE reference = 'S-1'`);
      return succeed({ value: undefined, details: {} });
    });
    expect(voided.ok).toBe(true);
    expect(await matching).toBe(true);
    expect(openQuestions().join('; ')).not.toContain('S-1');
  });

  it('opens the books even when matching breaks, says so in the log, and tries again', async () => {
    await shop.bringIn(
      'a.csv',
      smallStatement([{ receipt: 'UCE0DEMO01', time: '09:00:00', amount: 700 }], SATURDAY),
    );
    shop.core.ledger.act(shop.actor, 'test.spoil', 'links', (db) => {
      db.run(
        `INSERT INTO rules (position, kind, condition, state, from_links, made_at, made_by) VALUES (1, 'pair', '{}', 'active', '[]', 0, 1)`,
      );
      db.run(`INSERT INTO days_to_match (day, mark) VALUES ('2026-03-14', 1)`);
      return succeed({ value: undefined, details: {} });
    });
    shop = await shop.reopen();
    expect(await matchChangedDays(shop.core, shop.actor)).toBe(false);
    expect(shop.core.ledger.read.all('SELECT receipt FROM live_movements')).toHaveLength(1);
    shop.core.ledger.act(shop.actor, 'test.mend', 'links', (db) => {
      db.run('DELETE FROM rules');
      return succeed({ value: undefined, details: {} });
    });
    expect(await matchChangedDays(shop.core, shop.actor)).toBe(true);
  });
});
