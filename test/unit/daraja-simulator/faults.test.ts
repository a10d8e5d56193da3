import { expect, test } from 'vitest';
import { readResult } from '#shared/domain/daraja/result.ts';
import { MINUTE, SECOND } from '#shared/domain/time.ts';
import { type Fault, posted, spoiled, together, unreached } from '#test/daraja-simulator/fault.ts';
import type { SimulatorOptions } from '#test/daraja-simulator/simulator.ts';
import { openSimulator } from '#test/helpers/simulator.ts';
import { openCaller, PAYBILL } from '#test/helpers/simulator-caller.ts';

async function openScene(options: SimulatorOptions = {}) {
  const simulator = await openSimulator(options);
  const caller = await openCaller(simulator);
  await caller.askToken();
  const { receipt } = simulator.book.record({ at: simulator.now(), cents: 700_00, shortCode: PAYBILL });
  const reverse = (fault?: Fault) => {
    if (fault) simulator.next('reversal', fault);
    return caller.askReversal({ TransactionID: receipt, Amount: '700' });
  };
  const reversals = () => simulator.book.reversalsOf(receipt).length;
  const codes = () => caller.shopfront.received().map(({ body }) => readResult(body)?.code);
  return { simulator, caller, reverse, reversals, codes };
}

test.each<[Fault, number, string]>([
  [unreached.spikeArrest(), 500, '500.003.02'],
  [unreached.quotaViolation(), 500, '500.003.03'],
  [unreached.internalError(), 500, '500.001.1001'],
  [unreached.error(403, '403.002.1001', 'Not authorized'), 403, '403.002.1001'],
])('$name: refused, and nothing happened', async (fault, status, errorCode) => {
  const { simulator, reverse, reversals } = await openScene();
  const said = await reverse(fault);
  expect([said.status, said.body]).toMatchObject([status, { errorCode, requestId: expect.any(String) }]);
  await simulator.settle();
  expect([reversals(), simulator.journal.posts()]).toEqual([0, []]);
  expect(simulator.unusedFaults()).toEqual([]);
});

test.each<[Fault, number, RegExp]>([
  [unreached.gatewayPage(), 503, /^<html>/],
  [unreached.gatewayPage(429), 429, /^<html>/],
  [unreached.emptyBody(), 200, /^$/],
  [unreached.brokenJson(), 200, /^\{"ResponseCode":"0","Resp$/],
  [unreached.redirect('http://127.0.0.1:9/'), 302, /^$/],
  [unreached.oversize(200_000), 200, /x{200000}/],
])('$name: no answer that can be read, and nothing happened', async (fault, status, text) => {
  const { simulator, reverse, reversals } = await openScene();
  const said = await reverse(fault);
  expect([said.status, said.text]).toEqual([status, expect.stringMatching(text)]);
  await simulator.settle();
  expect([reversals(), simulator.journal.posts()]).toEqual([0, []]);
});

test('hung up: no answer and nothing happened', async () => {
  const { simulator, reverse, reversals } = await openScene();
  await expect(reverse(unreached.hungUp())).rejects.toThrow();
  expect([reversals(), simulator.journal.calls('reversal').length]).toEqual([0, 1]);
});

test.each<[Fault]>([[spoiled.replyLost()], [spoiled.replyCut()]])(
  '$name: the money went back and nobody was told at once',
  async (fault) => {
    const { simulator, reverse, reversals, codes } = await openScene();
    await expect(reverse(fault)).rejects.toThrow();
    await simulator.settle();
    expect([reversals(), codes()]).toEqual([1, ['0']]);
    // Whoever asks again asks twice: the journal shows it.
    expect((await reverse()).status).toBe(200);
    await simulator.settle();
    expect([reversals(), codes()]).toEqual([1, ['0', 'R000001']]);
    expect(simulator.journal.calls('reversal').map((call) => call.fault)).toEqual([fault.name, null]);
  },
);

test.each<[Fault, number]>([
  [spoiled.gatewayPage(), 504],
  [spoiled.emptyBody(), 200],
])('$name: the money went back', async (fault, status) => {
  const { simulator, reverse, reversals, codes } = await openScene();
  const said = await reverse(fault);
  await simulator.settle();
  expect([said.status, said.body, reversals(), codes()]).toEqual([status, {}, 1, ['0']]);
});

test('a slow acknowledgement comes when the clock says so, and its result overtakes it', async () => {
  const { simulator, reverse, codes } = await openScene();
  let said: number | null = null;
  const call = reverse(spoiled.slowReply(MINUTE)).then(({ status }) => {
    said = status;
  });
  await expect.poll(() => simulator.journal.calls('reversal').length).toBe(1);
  await simulator.advance(MINUTE - 1);
  expect([said, codes()]).toEqual([null, ['0']]);
  await simulator.advance(1);
  await call;
  expect(said).toBe(200);
});

test('a body that drips takes a second for each byte', async () => {
  const { simulator, reverse } = await openScene();
  const call = reverse(spoiled.replyDripped());
  await expect.poll(() => simulator.journal.calls('reversal')[0]?.reply).toBeTruthy();
  const [entry] = simulator.journal.calls('reversal');
  await simulator.advance(entry!.reply!.body.length * SECOND);
  expect((await call).body).toMatchObject({ ResponseCode: '0' });
});

test('no reply: the connection stays open and the money went back', async () => {
  const { simulator, reverse, reversals, codes } = await openScene();
  const call = reverse(spoiled.noReply());
  await expect.poll(codes).toEqual(['0']);
  expect(reversals()).toBe(1);
  const ended = expect(call).rejects.toThrow();
  await simulator.close();
  await ended;
});

test('too many calls in a second, and too many in all', async () => {
  const second = await openScene({ rules: { callsPerSecond: 2 } });
  const statuses = async (scene: typeof second, many: number) => {
    const all: unknown[] = [];
    for (let call = 0; call < many; call++) all.push((await scene.caller.askPull()).body.errorCode ?? 'fine');
    return all;
  };
  expect(await statuses(second, 3)).toEqual(['fine', 'fine', '500.003.02']);
  await second.simulator.advance(SECOND);
  expect(await statuses(second, 2)).toEqual(['fine', 'fine']);
  const quota = await openScene({ rules: { quota: 2 } });
  expect(await statuses(quota, 3)).toEqual(['fine', 'fine', '500.003.03']);
  await quota.simulator.advance(MINUTE);
  expect(await statuses(quota, 1)).toEqual(['500.003.03']);
});

test('a token may fail as any call does', async () => {
  const { simulator, caller } = await openScene();
  simulator.next('token', unreached.gatewayPage());
  simulator.next('token', spoiled.replyLost());
  expect(await caller.askToken()).toBe('undefined');
  await expect(caller.askToken()).rejects.toThrow();
  expect(await caller.askToken()).toMatch(/^\w{28}$/);
});

test('a standing fault befalls every call until it is ended, and one of its own goes before it', async () => {
  const { simulator, caller } = await openScene();
  simulator.always('pull-query', unreached.internalError());
  simulator.next('pull-query', unreached.spikeArrest());
  const codes = [];
  for (let call = 0; call < 3; call++) codes.push((await caller.askPull()).body.errorCode);
  expect(codes).toEqual(['500.003.02', '500.001.1001', '500.001.1001']);
  simulator.always('pull-query', null);
  expect((await caller.askPull()).status).toBe(200);
  simulator.next('status', together(spoiled.replyLost(), spoiled.slowReply(1)));
  expect(simulator.unusedFaults()).toEqual([{ product: 'status', fault: 'reply lost, slow reply' }]);
});

test('every answer says the simulator’s time', async () => {
  const { simulator, caller } = await openScene();
  expect((await caller.askPull()).date).toBe('Fri, 20 Nov 2026 07:00:00 GMT');
  await simulator.advance(MINUTE);
  expect((await caller.askPull()).date).toBe('Fri, 20 Nov 2026 07:01:00 GMT');
});

test('a fault that could change nothing is not taken', async () => {
  const { simulator } = await openScene();
  expect(() => simulator.next('token', posted.silence())).toThrow('silence cannot befall token');
  expect(() => simulator.always('confirmation', spoiled.replyLost())).toThrow(
    'reply lost cannot befall confirmation',
  );
  expect(() => simulator.next('pull-query', together(posted.silence()))).toThrow('cannot befall');
  simulator.next('pull-query', together(posted.silence(), spoiled.replyLost()));
  expect(simulator.unusedFaults()).toHaveLength(1);
});
