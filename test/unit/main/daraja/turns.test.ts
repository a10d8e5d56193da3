import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ABORTED, openTurns } from '#main/daraja/turns.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Something that begins when it may and ends when the test says so. */
function work(begun: [string, number][], name: string) {
  let end: (value: string) => void = () => undefined;
  const run = () => {
    begun.push([name, Date.now()]);
    return new Promise<string>((resolve) => {
      end = resolve;
    });
  };
  return { run, end: () => end(name) };
}

describe('pace', () => {
  test('each begins a second after the one before, however long that one takes', async () => {
    const start = Date.now();
    const begun: [string, number][] = [];
    const turns = openTurns(1_000);
    const all = ['a', 'b', 'c'].map((name) => work(begun, name));
    const ended = all.map(({ run }) => turns.atPace(run));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(begun).toEqual([
      ['a', start],
      ['b', start + 1_000],
      ['c', start + 2_000],
    ]);
    for (const { end } of all) end();
    expect(await Promise.all(ended)).toEqual(['a', 'b', 'c']);
  });

  test('after a rest, the next begins at once, and the one after it a second later', async () => {
    const begun: [string, number][] = [];
    const turns = openTurns(1_000);
    void turns.atPace(work(begun, 'a').run);
    await vi.advanceTimersByTimeAsync(1_900);
    const start = Date.now();
    void turns.atPace(work(begun, 'b').run);
    void turns.atPace(work(begun, 'c').run);
    await vi.advanceTimersByTimeAsync(999);
    expect(begun.slice(1)).toEqual([['b', start]]);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun.slice(1)).toEqual([
      ['b', start],
      ['c', start + 1_000],
    ]);
  });

  test('a clock that is put back holds nothing up', async () => {
    const begun: [string, number][] = [];
    const turns = openTurns(1_000);
    void turns.atPace(work(begun, 'a').run);
    await vi.advanceTimersByTimeAsync(0);
    vi.setSystemTime(Date.now() - 86_400_000);
    void turns.atPace(work(begun, 'b').run);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(begun.map(([name]) => name)).toEqual(['a', 'b']);
  });

  test('who gives up while waiting takes no turn', async () => {
    const begun: [string, number][] = [];
    const turns = openTurns(1_000);
    const mind = new AbortController();
    const [a, b, c] = [work(begun, 'a'), work(begun, 'b'), work(begun, 'c')];
    void turns.atPace(a.run);
    const second = turns.atPace(b.run, mind.signal);
    void turns.atPace(c.run);
    await vi.advanceTimersByTimeAsync(500);
    mind.abort();
    expect(await second).toBe(ABORTED);
    await vi.advanceTimersByTimeAsync(500);
    expect(begun.map(([name]) => name)).toEqual(['a', 'c']);
  });
});

describe('products', () => {
  test('one of a product at a time, products side by side', async () => {
    const begun: [string, number][] = [];
    const turns = openTurns(0);
    const [first, second, other] = [work(begun, 'status 1'), work(begun, 'status 2'), work(begun, 'balance')];
    void turns.ofProduct('status', first.run);
    void turns.ofProduct('status', second.run);
    void turns.ofProduct('balance', other.run);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(begun.map(([name]) => name)).toEqual(['status 1', 'balance']);
    first.end();
    await vi.advanceTimersByTimeAsync(0);
    expect(begun.map(([name]) => name)).toEqual(['status 1', 'balance', 'status 2']);
  });

  test('one that fails does not hold up the next', async () => {
    const turns = openTurns(0);
    const failed = turns.ofProduct('status', () => Promise.reject(new Error('a bug')));
    await expect(failed).rejects.toThrow('a bug');
    expect(await turns.ofProduct('status', async () => 'next')).toBe('next');
  });
});

test('the end: what waits is ended at once, what has begun is waited for', async () => {
  const begun: [string, number][] = [];
  const turns = openTurns(1_000);
  const [a, b] = [work(begun, 'a'), work(begun, 'b')];
  const first = turns.ofProduct('status', () => turns.atPace(a.run));
  const second = turns.ofProduct('status', () => turns.atPace(b.run));
  const third = turns.atPace(b.run);
  await vi.advanceTimersByTimeAsync(0);
  let isClosed = false;
  const closing = turns.close().then(() => {
    isClosed = true;
  });
  expect(await second).toBe(ABORTED);
  expect(await third).toBe(ABORTED);
  await vi.advanceTimersByTimeAsync(0);
  expect(isClosed).toBe(false);
  a.end();
  await closing;
  expect(await first).toBe('a');
  expect(await turns.atPace(b.run)).toBe(ABORTED);
  expect(begun).toHaveLength(1);
  // Not a timer is left to hold the process.
  expect(vi.getTimerCount()).toBe(0);
});
