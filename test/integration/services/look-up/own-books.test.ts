import { beforeEach, describe, expect, test } from 'vitest';
import { searchPayments } from '#main/services/look-up/find-sales.ts';
import { listLookUps } from '#main/services/look-up/show-look-up.ts';
import { showDetail } from '#main/services/show-detail.ts';
import { undoStep } from '#main/services/undo-step.ts';
import { cents } from '#shared/domain/money.ts';
import { DAY, MINUTE, toIsoNairobi, type UtcMs } from '#shared/domain/time.ts';
import { type Counter, openCounter } from '#test/helpers/counter.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { openSafaricomShop, type SafaricomShop } from '#test/helpers/safaricom-shop.ts';
import { dayStatement } from '#test/helpers/shop-files.ts';

/** Nothing is set up with Safaricom: the shop has its statements, and that is all. */
let shop: SafaricomShop;
let counter: Counter;
let day: string;
let today: string;
const PAID = 'UCE6DEMO01';
const OTHER = 'UCE6DEMO02';
const NJERI = { staffId: 2, session: null };

beforeEach(async () => {
  shop = await openSafaricomShop({ credentials: 'none', isPaired: false });
  counter = openCounter(shop);
  today = toIsoNairobi(shop.core.now()).slice(0, 10);
  const [year, month, date] = today.split('-');
  day = `${date}-${month}-${year}`;
  const rows = [
    { receipt: PAID, time: '00:05:00', amount: 1250 },
    { receipt: OTHER, time: '00:07:00', amount: 300 },
    { receipt: 'UCE6DEMO03', time: '00:08:00', amount: 80, status: 'Failed' },
  ];
  expect(await shop.bringIn('statement.csv', dayStatement(rows, day, '00:30:00'))).toMatchObject({
    type: 'done',
  });
  shop.core.ledger.act(shop.actor, 'test.staff', 'test', (db) => {
    db.run(
      `INSERT INTO staff (id, name, name_key, role, created_at) VALUES (2, 'Njeri', 'njeri', 'clerk', 0)`,
    );
    return { ok: true, value: { value: undefined, details: {} } };
  });
});

const message = (amount: string, payee = 'DUKA LA MFANO') =>
  `${PAID} Confirmed. Ksh${amount} paid to ${payee}. on 14/3/26 at 1:06 PM.New M-PESA balance is Ksh987,654.32.`;

describe('a receipt', () => {
  test('that a statement has is real, as of what the statement covers, and Safaricom is not asked', async () => {
    const found = await counter.lookUp(PAID);
    expect(found).toMatchObject({ kind: 'settled', tone: 'good', amountCents: 125000, canHold: true });
    expect(found.asking.state).toBe('not-asked');
    expect(found.asOf).toBeLessThanOrEqual(shop.core.now());
    expect(found.customer).toEqual({
      name: 'A. E.',
      phone: '070 ••• 101',
      hasFullPhone: false,
    });
  });

  test('that nothing has says why Safaricom could not be asked, and what is one slip away', async () => {
    const found = await counter.lookUp('UCE6DEM001');
    expect(found).toMatchObject({
      kind: 'could-not-ask',
      text: { id: 'look-up.no-safaricom' },
      canHold: false,
    });
    expect(counter.evidenceOf(found)).toContain('look-up.near-miss');
    expect(codeOf(await counter.hold(found))).toBe('claim/refused');
  });

  test('that failed, or differs from its message, is said', async () => {
    expect(await counter.lookUp('UCE6DEMO03')).toMatchObject({ kind: 'failed' });
    expect(await counter.lookUp(message('2,250.00'))).toMatchObject({
      kind: 'amount-differs',
      amountCents: 125000,
    });
    expect(await counter.lookUp(message('1,250.00'))).toMatchObject({ kind: 'settled' });
  });

  test('in a message that names another shop or a person says so', async () => {
    expect(counter.evidenceOf(await counter.lookUp(message('1,250.00', '7654321 - X')))).toContain(
      'look-up.payee-number',
    );
    expect(counter.evidenceOf(await counter.lookUp(message('1,250.00', 'JOHN DOE 0712345678')))).toContain(
      'look-up.payee-person',
    );
    const kept = shop.core.ledger.read.all('SELECT * FROM look_ups');
    expect(JSON.stringify(kept)).not.toMatch(/98765432|987,654|0712345678|Confirmed/);
  });

  test('is shown before only to another person, or a while later', async () => {
    await counter.lookUp(PAID);
    expect(await counter.lookUp(PAID)).toMatchObject({ kind: 'settled' });
    expect(await counter.fromRow(PAID)).toMatchObject({ kind: 'settled' });
    expect(await counter.lookUp(PAID, NJERI)).toMatchObject({ kind: 'shown-before' });
    await shop.simulator.advance(16 * MINUTE);
    expect(await counter.lookUp(PAID)).toMatchObject({ kind: 'shown-before', tone: 'wait' });
  });

  test('a sale has is used', async () => {
    await counter.sell([{ time: `${today} 00:06:00`, amount: 1250, reference: 'S-1187', receipt: PAID }]);
    const found = await counter.lookUp(PAID);
    expect(found).toMatchObject({ kind: 'used', sale: { name: 'S-1187' }, canHold: false });
  });
});

test('what is no receipt is answered with what to search by, and nothing is written', async () => {
  const { lookUp, noReceipt } = unwrap(
    counter.lookUps.ask(shop.actor, { from: 'field', text: 'FT26073ABCDE Ksh300' }),
  );
  expect(lookUp).toBeNull();
  expect(noReceipt).toMatchObject({ amountCents: 30000 });
  expect(shop.core.ledger.read.all('SELECT id FROM look_ups')).toEqual([]);
  expect(codeOf(counter.lookUps.ask(shop.actor, { from: 'field', text: ' \u200b ' }))).toBe(
    'ledger/bad-input',
  );
  const search = (at: UtcMs | null) =>
    unwrap(searchPayments(shop.core, { amountCents: cents(30000), at })).payments.map(
      ({ receipt }) => receipt,
    );
  expect(search(null)).toEqual([OTHER]);
  const paid = shop.core.ledger.read.get<{ at: UtcMs }>(
    'SELECT completed_at AS at FROM movements WHERE receipt = ?',
    OTHER,
  );
  expect(search(paid?.at ?? null)).toEqual([OTHER]);
  expect(search(((paid?.at ?? 0) + 4 * 60 * MINUTE) as UtcMs)).toEqual([]);
});

describe('holding', () => {
  const twoSales = () => [
    { time: `${today} 00:06:00`, amount: 1250, reference: 'S-1' },
    { time: `${today} 00:07:00`, amount: 1250, reference: 'S-2' },
  ];

  test('says so on the next look-up and in the details of payment and sale, and can be undone', async () => {
    await counter.sell(twoSales());
    const found = await counter.lookUp(PAID);
    const { step } = unwrap(await counter.hold(found, { saleId: counter.saleId('S-2'), note: 'blue bag' }));
    expect(counter.show(found)).toMatchObject({
      kind: 'held',
      sale: { name: 'S-2' },
      claim: { note: 'blue bag' },
    });
    const historyOf = (type: 'payment' | 'sale', id: number) =>
      unwrap(showDetail(shop.core, { type, id })).history.map(({ what }) => what.id);
    expect(historyOf('payment', found.payment?.id ?? 0)).toContain('history.held');
    expect(historyOf('sale', counter.saleId('S-2'))).toContain('history.held');
    unwrap(await undoStep(shop.core, shop.actor, step.id));
    expect(counter.show(found)).toMatchObject({ kind: 'settled', claim: null });
    expect(counter.alerts()).toEqual([]);
  });

  test('for a sale not rung up yet may be named later by the same person only', async () => {
    await counter.sell(twoSales());
    const found = await counter.lookUp(PAID);
    unwrap(await counter.hold(found));
    expect(codeOf(await counter.hold(found, { saleId: counter.saleId('S-1'), actor: NJERI }))).toBe(
      'claim/refused',
    );
    unwrap(await counter.hold(found, { saleId: counter.saleId('S-1') }));
    expect(counter.show(found)).toMatchObject({ kind: 'held', sale: { name: 'S-1' } });
    expect(counter.alerts()).toEqual([{ kind: 'receipt-shown-again', subject: `receipt:${PAID}` }]);
  });

  test('S9: the same receipt on two sales is refused in words, and the owner is told once', async () => {
    await counter.sell(twoSales());
    const found = await counter.lookUp(PAID);
    unwrap(await counter.hold(found, { saleId: counter.saleId('S-1') }));
    for (let n = 0; n < 2; n++) {
      const again = await counter.hold(await counter.lookUp(PAID, NJERI), {
        saleId: counter.saleId('S-2'),
        actor: NJERI,
      });
      expect(again).toMatchObject({
        ok: false,
        error: { code: 'claim/refused', message: { id: 'claim.refused-held' } },
      });
    }
    expect(counter.alerts()).toHaveLength(1);
    const tried = shop.core.ledger.read.all(
      `SELECT details FROM audit_entries WHERE action = 'claim.refused'`,
    );
    expect(tried).toHaveLength(2);
  });

  test('S9: of a payment that a sale has, of another till’s, and of an earlier day without a word, is refused', async () => {
    await counter.sell([
      ...twoSales(),
      { time: `${today} 00:08:00`, amount: 300, reference: 'S-3', receipt: OTHER },
    ]);
    const used = await counter.lookUp(OTHER);
    expect(await counter.hold(used, { saleId: counter.saleId('S-1') })).toMatchObject({
      error: { message: { id: 'claim.refused-used' } },
    });
    shop.core.ledger.act(shop.actor, 'test.till', 'test', (db) => {
      db.run(
        'UPDATE sales SET till_id = (SELECT max(id) FROM tills WHERE id NOT IN (SELECT till_id FROM movements)) WHERE reference = ?',
        'S-2',
      );
      return { ok: true, value: { value: undefined, details: {} } };
    });
    const found = await counter.lookUp(PAID);
    expect(await counter.hold(found, { saleId: counter.saleId('S-2') })).toMatchObject({
      error: { message: { id: 'claim.refused-other-till' } },
    });
    await shop.simulator.advance(DAY);
    expect(await counter.hold(found)).toMatchObject({ error: { message: { id: 'claim.refused-old' } } });
    unwrap(await counter.hold(found, { note: 'paid yesterday, fetched today' }));
    expect(counter.alerts().map(({ subject }) => subject)).toEqual([`receipt:${OTHER}`, `receipt:${PAID}`]);
  });
});

test('the list says how each stands now, one’s own or everybody’s', async () => {
  await counter.lookUp(PAID);
  await counter.lookUp('UCE6DEMO77', NJERI);
  const list = (whose: 'mine' | 'all', after: string | null = null) =>
    unwrap(listLookUps(shop.core, shop.actor, { whose, after, limit: 1 }));
  expect(list('all').lookUps).toMatchObject([{ receipt: 'UCE6DEMO77', kind: 'could-not-ask', by: 'Njeri' }]);
  expect(list('all', list('all').next).lookUps).toMatchObject([{ receipt: PAID, kind: 'settled' }]);
  expect(list('mine')).toMatchObject({ lookUps: [{ receipt: PAID }], next: null, waiting: 0 });
});
