import { expect, test } from 'vitest';
import {
  addTillRow,
  findShopProblems,
  isShopReady,
  openShopForm,
  readTills,
  type ShopForm,
} from '#renderer/screens/setup/shop-form.ts';
import { backTo } from '#renderer/screens/setup/wizard-steps.ts';

const EMPTY = openShopForm({
  step: 'shop',
  language: 'en',
  shopName: '',
  tills: [],
  dayStartMinutes: 0,
  statementsFrom: 'unknown',
});
const named = (form: Partial<ShopForm>): ShopForm => ({ ...EMPTY, shopName: 'Duka', ...form });

test('an untouched form has one empty row, and only the name is missing', () => {
  expect(EMPTY.tills).toEqual([{ key: 0, number: '', name: '' }]);
  const problems = findShopProblems(EMPTY);
  expect(problems.shopName).toBe('wizard.shop-name-missing');
  expect(problems.numbers.size + problems.names.size).toBe(0);
  expect(isShopReady(problems)).toBe(false);
});

test('numbers can wait: a name alone is enough', () => {
  expect(isShopReady(findShopProblems(named({})))).toBe(true);
  expect(readTills(named({}))).toEqual([]);
});

test('each row says what is wrong with it', () => {
  const problems = findShopProblems(
    named({
      tills: [
        { key: 0, number: '5123456', name: 'Counter' },
        { key: 1, number: '5123456', name: ' ' },
        { key: 2, number: '123', name: 'Bar' },
        { key: 3, number: '', name: 'Kitchen' },
        { key: 4, number: '', name: '' },
      ],
    }),
  );
  expect([...problems.numbers]).toEqual([
    [1, 'wizard.number-twice'],
    [2, 'wizard.number-shape'],
    [3, 'wizard.number-shape'],
  ]);
  expect([...problems.names]).toEqual([[1, 'wizard.till-name-missing']]);
  expect(isShopReady(problems)).toBe(false);
});

test('a draft comes back as it was saved', () => {
  const tills = [
    { number: '5123456', name: 'Counter' },
    { number: '600100', name: 'Online' },
  ];
  const form = openShopForm({
    step: 'owner',
    language: 'sw',
    shopName: 'Duka',
    tills,
    dayStartMinutes: 240,
    statementsFrom: 'email',
  });
  expect(readTills(form)).toEqual(tills);
  expect(form).toMatchObject({ shopName: 'Duka', dayStartMinutes: 240, statementsFrom: 'email' });
});

test('a new row has a key that no row has or had before it', () => {
  const two = addTillRow(EMPTY);
  const [, second] = two.tills;
  expect(addTillRow({ ...two, tills: two.tills.slice(1) }).tills.map((till) => till.key)).toEqual([
    second?.key,
    2,
  ]);
  expect(addTillRow({ ...EMPTY, tills: [] }).tills.map((till) => till.key)).toEqual([0]);
});

test('back goes one step back, and from the first and from the end nowhere', () => {
  expect(backTo('factor')).toBe('kit');
  expect(backTo('owner')).toBe('shop');
  expect(backTo('shop')).toBe('shop');
  expect(backTo('done')).toBe('done');
});
