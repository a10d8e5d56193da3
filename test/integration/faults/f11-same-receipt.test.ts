import { afterEach, beforeEach, expect, it } from 'vitest';
import { seededRandom } from '#test/fixtures/random.ts';
import { type SmallPayment, smallStatement } from '#test/fixtures/small-day.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';

const DAY: SmallPayment[] = Array.from({ length: 8 }, (_, index) => ({
  receipt: `UCE0DEMO0${index}`,
  time: `08:0${index}:00`,
  amount: 100 + (index % 3) * 50,
}));

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

const known = () =>
  shop.core.ledger.read.all<{ receipt: string; amount: number; at: number }>(
    'SELECT receipt, amount_cents AS amount, completed_at AS at FROM live_movements ORDER BY receipt, amount, at',
  );
const openReviews = () =>
  shop.core.ledger.read
    .all<{ kind: string }>(`SELECT kind FROM reviews WHERE state = 'open' ORDER BY kind`)
    .map(({ kind }) => kind);

it('F11: any cuts of a day, in any order and overlapping, give each payment once', async () => {
  const random = seededRandom(7);
  for (let round = 0; round < 6; round++) {
    const from = random.whole(0, 5);
    const part = random.shuffle(DAY.slice(from, from + random.whole(1, 5)));
    expect(await shop.bringIn(`part-${round}.csv`, smallStatement(part))).toMatchObject({ type: 'done' });
  }
  await shop.bringIn('whole.csv', smallStatement(DAY));
  expect(known().map(({ receipt, amount }) => [receipt, amount])).toEqual(
    DAY.map(({ receipt, amount }) => [receipt, amount * 100]),
  );
});

it('F11: the same row twice in one file is two payments, and stays two', async () => {
  const [first] = DAY as [SmallPayment];
  const twice = smallStatement([first, first]);
  await shop.bringIn('a.csv', twice);
  await shop.bringIn('b.csv', twice);
  expect(known()).toHaveLength(2);
});

it('F11: another amount goes to review and changes nothing', async () => {
  await shop.bringIn('a.csv', smallStatement(DAY));
  const before = known();
  const edited = DAY.map((row, index) => (index === 2 ? { ...row, amount: 999 } : row));
  await shop.bringIn('b.csv', smallStatement(edited));
  expect(known()).toEqual(before);
  expect(openReviews()).toContain('changed-line');
});

it('F11: another time of the same payment does not make a second one', async () => {
  await shop.bringIn('a.csv', smallStatement(DAY));
  const later = DAY.map((row, index) => (index === 2 ? { ...row, time: '09:30:00' } : row));
  await shop.bringIn('b.csv', smallStatement(later));
  expect(known()).toHaveLength(DAY.length);
});
