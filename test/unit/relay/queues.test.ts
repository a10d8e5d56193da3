import { describe, expect, test } from 'vitest';
import { makeAppendQueue } from '../../../relay/src/append-queue.ts';
import { makeRefusalBook } from '../../../relay/src/refusals.ts';
import type { RefusalCount, SealedArrival, Storage } from '../../../relay/src/storage/storage.ts';
import { makeWaitingReaders } from '../../../relay/src/waiting-readers.ts';

const arrival = (n: number): SealedArrival => ({
  inbox: 'i',
  at: n,
  hash: Uint8Array.of(n),
  sealed: Uint8Array.of(n),
  round: 1,
});

describe('arrivals', () => {
  test('that come while one commit is written share the next, and each gets its own outcome', async () => {
    const batches: number[][] = [];
    const held: (() => void)[] = [];
    const append: Storage['append'] = async (batch) => {
      batches.push(batch.map(({ at }) => at));
      await new Promise<void>((resolve) => held.push(resolve));
      return batch.map(({ at }) => (at % 2 === 0 ? 'stored' : 'repeated'));
    };
    const queue = makeAppendQueue({ append });
    const first = queue.append(arrival(0));
    await expect.poll(() => held.length).toBe(1);
    const others = [1, 2, 3].map((n) => queue.append(arrival(n)));
    held[0]?.();
    expect(await first).toBe('stored');
    await expect.poll(() => held.length).toBe(2);
    held[1]?.();
    expect(await Promise.all(others)).toEqual(['repeated', 'stored', 'repeated']);
    expect(batches).toEqual([[0], [1, 2, 3]]);
    await queue.drain();
  });

  test('of a commit that failed are all refused, and the next are written', async () => {
    let isBroken = true;
    const append: Storage['append'] = async (batch) => {
      if (isBroken) throw new Error('disk full');
      return batch.map(() => 'stored');
    };
    const queue = makeAppendQueue({ append });
    const answers = await Promise.allSettled([queue.append(arrival(1)), queue.append(arrival(2))]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isBroken = false;
    expect(await queue.append(arrival(3))).toBe('stored');
  });
});

describe('refusals', () => {
  function makeBook(perMinute: number) {
    const clock = { now: 600_000 };
    const saved: RefusalCount[][] = [];
    let isBroken = false;
    const countRefusals: Storage['countRefusals'] = async (counts) => {
      if (isBroken) throw new Error('busy');
      saved.push([...counts]);
    };
    const book = makeRefusalBook({ countRefusals }, perMinute, () => clock.now);
    const breakStorage = (broken: boolean) => {
      isBroken = broken;
    };
    return { book, clock, saved, breakStorage };
  }

  test('are counted by shop, reason and address, and written once', async () => {
    const { book, clock, saved } = makeBook(100);
    book.count({ inbox: 'a', reason: 'path', address: '1.1.1.1' });
    clock.now += 5;
    book.count({ inbox: 'a', reason: 'path', address: '1.1.1.1' });
    book.count({ inbox: '', reason: 'path', address: '1.1.1.1' });
    await book.save();
    await book.save();
    expect(saved).toEqual([
      [
        { inbox: 'a', reason: 'path', address: '1.1.1.1', count: 2, firstAt: 600_000, lastAt: 600_005 },
        { inbox: '', reason: 'path', address: '1.1.1.1', count: 1, firstAt: 600_005, lastAt: 600_005 },
      ],
    ]);
  });

  test('are not lost when they cannot be written', async () => {
    const { book, clock, saved, breakStorage } = makeBook(100);
    const one = { inbox: 'a', reason: 'path', address: '1.1.1.1' } as const;
    book.count(one);
    breakStorage(true);
    await expect(book.save()).rejects.toThrow('busy');
    clock.now += 5;
    book.count(one);
    breakStorage(false);
    await book.save();
    expect(saved).toEqual([[{ ...one, count: 2, firstAt: 600_000, lastAt: 600_005 }]]);
  });

  test('are too many by address and minute', () => {
    const { book, clock } = makeBook(2);
    const from = (address: string) => book.count({ inbox: '', reason: 'path', address });
    expect([from('1.1.1.1'), from('1.1.1.1'), from('1.1.1.1')]).toEqual([false, false, true]);
    expect(from('2.2.2.2')).toBe(false);
    clock.now += 60_000;
    expect(from('1.1.1.1')).toBe(false);
  });

  test('from ever new addresses need a bounded room, and none is uncounted', async () => {
    const { book, saved } = makeBook(2);
    for (let n = 0; n < 12_000; n += 1) book.count({ inbox: '', reason: 'path', address: `a${n}` });
    await book.save();
    expect(saved[0]).toHaveLength(10_001);
    expect(saved[0]?.reduce((sum, { count }) => sum + count, 0)).toBe(12_000);
  });
});

describe('readers', () => {
  const never = () => new AbortController().signal;

  test('are woken by their own inbox only', async () => {
    const readers = makeWaitingReaders();
    const woken: string[] = [];
    const wait = (inbox: string) => readers.wait(inbox, 60_000, never()).then(() => woken.push(inbox));
    const all = [wait('a'), wait('b')];
    readers.wake('a');
    await all[0];
    expect(woken).toEqual(['a']);
    readers.wakeAll();
    await all[1];
    expect(woken).toEqual(['a', 'b']);
  });

  test('are let go when they hang up, also before they waited', async () => {
    const readers = makeWaitingReaders();
    const control = new AbortController();
    const waiting = readers.wait('a', 60_000, control.signal);
    control.abort();
    await waiting;
    await readers.wait('a', 60_000, control.signal);
  });

  test('are four an inbox: the longest waiting makes room', async () => {
    const readers = makeWaitingReaders();
    const ended: number[] = [];
    const waits = [0, 1, 2, 3, 4].map((n) =>
      readers.wait('a', 60_000, never()).then(() => {
        ended.push(n);
      }),
    );
    await waits[0];
    expect(ended).toEqual([0]);
    readers.wake('a');
    await Promise.all(waits);
    expect(ended).toHaveLength(5);
  });
});
