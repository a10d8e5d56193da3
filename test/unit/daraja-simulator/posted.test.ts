import { expect, test } from 'vitest';
import { explainBody } from '#shared/domain/daraja/explain.ts';
import { isTimeout, readResult } from '#shared/domain/daraja/result.ts';
import { readStatusResult } from '#shared/domain/daraja/status-result.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { MINUTE } from '#shared/domain/time.ts';
import type { Shape } from '#test/daraja-simulator/bodies/result-body.ts';
import { type Fault, posted, together } from '#test/daraja-simulator/fault.ts';
import type { SimulatorOptions } from '#test/daraja-simulator/simulator.ts';
import { openSimulator } from '#test/helpers/simulator.ts';
import { openCaller, PAYBILL } from '#test/helpers/simulator-caller.ts';

const NOW = Date.UTC(2026, 10, 28) as UtcMs;

async function openScene(options: SimulatorOptions = {}) {
  const simulator = await openSimulator(options);
  const caller = await openCaller(simulator);
  const record = () =>
    simulator.book.record({ at: simulator.now(), cents: 700_00, shortCode: PAYBILL }).receipt;
  const ask = async (fault?: Fault, receipt = record()) => {
    if (fault) simulator.next('status', fault);
    const said = await caller.askStatus({ TransactionID: receipt });
    await simulator.settle();
    return { ...said, receipt };
  };
  const read = () =>
    caller.shopfront.received().map(({ path, body }) => {
      const result = readResult(body)!;
      return { path, result, status: readStatusResult(result) };
    });
  return { simulator, caller, record, ask, read };
}

test('silence: acknowledged, and then nothing', async () => {
  const { simulator, ask, read } = await openScene();
  expect((await ask(posted.silence())).body).toMatchObject({ ResponseCode: '0' });
  await simulator.advance(25 * MINUTE);
  expect(read()).toEqual([]);
});

test('results that are delayed come out of their order', async () => {
  const { simulator, ask, read } = await openScene();
  const slow = await ask(posted.delayed(2 * MINUTE));
  const quick = await ask(posted.delayed(MINUTE));
  await simulator.advance(MINUTE - 1);
  expect(read()).toEqual([]);
  await simulator.advance(2 * MINUTE);
  expect(read().map(({ status }) => status.receipt)).toEqual([quick.receipt, slow.receipt]);
  expect(simulator.journal.posts().map(({ at }) => at - simulator.now())).toEqual([
    -2 * MINUTE + 1,
    -MINUTE + 1,
  ]);
});

test('a result may come three times, the same each time', async () => {
  const { simulator, ask, caller } = await openScene();
  await ask(posted.repeated(3, MINUTE));
  await simulator.advance(MINUTE);
  expect(caller.shopfront.received()).toHaveLength(2);
  await simulator.advance(MINUTE);
  const [first, ...more] = caller.shopfront.received();
  expect(more.map(({ body }) => body)).toEqual([first?.body, first?.body]);
});

test('a result may come before its acknowledgement', async () => {
  const { simulator, caller, record, read } = await openScene();
  await caller.askToken();
  simulator.next('status', posted.beforeAck());
  await caller.askStatus({ TransactionID: record() });
  expect(read()).toHaveLength(1);
});

test.each(['envelope', 'flat'] as const)('a time-out, %s, goes to its own address', async (form) => {
  const { ask, read } = await openScene();
  const { body } = await ask(posted.timedOut(form));
  const [only, ...more] = read();
  expect([only?.path, more]).toEqual(['/status/late', []]);
  expect(isTimeout(only!.result)).toBe(true);
  expect(only?.result.conversationId).toBe(body.ConversationID);
});

test('the true result may follow a time-out', async () => {
  const { simulator, ask, read } = await openScene();
  await ask(posted.answeredAfterTimeout(MINUTE));
  await simulator.advance(MINUTE);
  expect(read().map(({ path, result }) => [path, isTimeout(result)])).toEqual([
    ['/status/late', true],
    ['/status/done', false],
  ]);
  expect(read()[1]?.status.fate).toBe('completed');
});

test('a result may contradict itself, or the one before', async () => {
  const { simulator, ask, read } = await openScene();
  await ask(posted.contradicting());
  await ask(posted.contradictedLater('2032', 'The transaction receipt number does not exist.', MINUTE));
  await simulator.advance(MINUTE);
  expect(read().map(({ status }) => [status.isContradictory, status.fate])).toEqual([
    [true, 'unknown'],
    [false, 'completed'],
    [false, 'not-found'],
  ]);
});

test('a result may have the ids of nobody, or another amount', async () => {
  const { ask, read } = await openScene();
  await ask(posted.strangeIds('1-2-3', 'AG_20261120_0'));
  await ask(posted.parameterChanged('Amount', 7_000_000));
  const [strange, changed] = read();
  expect(strange?.result.conversationId).toBe('AG_20261120_0');
  expect(changed?.status).toMatchObject({ fate: 'completed', amount: 7_000_000_00 });
});

test('any code may be answered, also one that nobody knows', async () => {
  const { ask, read } = await openScene();
  await ask(posted.answeredWith('XY_77', 'Something new.'));
  expect(read()[0]).toMatchObject({ result: { code: 'XY_77', parameters: [] }, status: { fate: 'unknown' } });
});

test.each<[string, Partial<Shape>, (text: string) => void]>([
  ['texts', { codes: 'text', values: 'text' }, (text) => expect(text).toContain('"Value":"700.00"')],
  ['keys of 2017', { keys: '2017' }, (text) => expect(text).toContain('"Originator Conversation ID"')],
  ['no envelope', { wrapper: 'none' }, (text) => expect(text).not.toContain('"Result"')],
  ['plain parties', { parties: 'plain' }, (text) => expect(text).not.toContain(' -  ')],
])('%s say the same', async (_, shape, check) => {
  const { ask, read, caller } = await openScene();
  const { receipt } = await ask();
  await ask(posted.shaped(shape), receipt);
  const [usual, shaped] = read();
  check(JSON.stringify(caller.shopfront.received()[1]?.body));
  expect(shaped?.status).toEqual(usual?.status);
});

test('a parameter that is alone may stand without its list', async () => {
  const { simulator, caller } = await openScene();
  simulator.next('balance', posted.shaped({ oneItem: 'object' }));
  await caller.askBalance({ Initiator: 'nobody' });
  await simulator.settle();
  const body = caller.shopfront.received()[0]?.body;
  expect(body).toMatchObject({
    Result: { ResultParameters: { ResultParameter: { Key: 'BOCompletedTime' } } },
  });
  expect(explainBody(body, NOW)).toMatchObject({ kind: 'balance-result', code: '2001' });
});

test('with the computer’s own clock results come by themselves', async () => {
  const { simulator, ask, read } = await openScene({
    clock: 'real',
    rules: { latency: { least: 1, most: 5 } },
  });
  await ask();
  await expect.poll(() => read().length).toBe(1);
  await expect(simulator.advance(1)).rejects.toThrow('a real clock goes by itself');
});

test('faults come together', async () => {
  const { simulator, ask, read } = await openScene();
  await ask(together(posted.repeated(2), posted.delayed(MINUTE), posted.shaped({ codes: 'text' })));
  expect(read()).toEqual([]);
  await simulator.advance(MINUTE);
  expect(read()).toHaveLength(2);
});

test('results take as long as the rule says, the same for the same seed', async () => {
  const timesOf = async (seed: number) => {
    const { simulator, ask } = await openScene({ seed, rules: { latency: { least: 1_000, most: 85_000 } } });
    const began = simulator.now();
    for (let asked = 0; asked < 4; asked++) await ask();
    await simulator.advance(85_000);
    return simulator.journal.posts().map(({ at }) => at - began);
  };
  const times = await timesOf(3);
  expect(times).toHaveLength(4);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(1_000);
  expect(await timesOf(3)).toEqual(times);
});

test('a confirmation may be lost, come twice, or be somebody’s invention', async () => {
  const { simulator, caller } = await openScene();
  await caller.registerUrls();
  const paths = () => caller.shopfront.received().map(({ path }) => path);
  simulator.next('confirmation', posted.silence());
  simulator.pay({ cents: 1_00, shortCode: PAYBILL });
  await simulator.settle();
  expect(paths()).toEqual([]);
  simulator.next('confirmation', posted.repeated(2));
  simulator.pay({ cents: 1_00, shortCode: PAYBILL });
  await simulator.settle();
  expect(paths()).toEqual(['/paid', '/paid']);
  await simulator.post(caller.shopfront.urlFor('/paid'), { TransID: 'UKK7654321', TransAmount: '9.00' });
  expect(caller.shopfront.received()[2]?.body).toEqual({ TransID: 'UKK7654321', TransAmount: '9.00' });
});

test('the shop’s address may be carried elsewhere, and the caller’s named', async () => {
  const { caller, simulator } = await openScene({
    sentFrom: '196.201.214.200',
    carry: ({ pathname }) => new URL(caller.shopfront.urlFor(pathname)),
  });
  await caller.askStatus({ TransactionID: 'UKK7654321', ResultURL: 'https://relay.example/in/abc' });
  await simulator.settle();
  const [arrived] = caller.shopfront.received();
  expect([arrived?.path, arrived?.headers['x-forwarded-for']]).toEqual(['/in/abc', '196.201.214.200']);
});
