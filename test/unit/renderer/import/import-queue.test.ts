import { describe, expect, test } from 'vitest';
import {
  countStates,
  EMPTY_QUEUE,
  type ImportQueue,
  jobOf,
  nextToStart,
  type QueueAction,
  type QueueItem,
  reduceQueue,
  stateOf,
} from '#renderer/screens/import/import-queue.ts';
import { say } from '#shared/domain/message.ts';
import type { Job } from '#shared/ipc/views.ts';

function aJob(id: string, changes: Partial<Job> = {}): Job {
  return {
    id,
    kind: 'import',
    fileName: null,
    state: 'running',
    stage: 'reading',
    rows: 0,
    fraction: null,
    secondsLeft: null,
    importId: null,
    failure: null,
    question: null,
    outcome: null,
    undo: null,
    file: null,
    ...changes,
  };
}

function queueAfter(...actions: QueueAction[]): ImportQueue {
  return actions.reduce(reduceQueue, EMPTY_QUEUE);
}

function addFiles(...names: string[]): QueueAction {
  return { type: 'add', kind: 'auto', files: names.map((name) => new File(['x'], name)) };
}

function itemOf(queue: ImportQueue, key: string): QueueItem {
  const item = queue.items.find((one) => one.key === key);
  if (item === undefined) throw new Error(`no ${key} in the queue`);
  return item;
}

const begin = (key: string): QueueAction => ({ type: 'begin', key });
const started = (key: string, job: Job): QueueAction => ({ type: 'started', key, job });
const progress = (job: Job): QueueAction => ({ type: 'progress', job });

describe('turns', () => {
  test('files start one after another, in the order they came', () => {
    const two = queueAfter(addFiles('a.csv', 'b.csv'));
    expect(nextToStart(two)?.fileName).toBe('a.csv');
    const running = reduceQueue(reduceQueue(two, begin('file-0')), started('file-0', aJob('j1')));
    expect(nextToStart(running)).toBeNull();
    const done = reduceQueue(running, progress(aJob('j1', { state: 'done', stage: 'finished' })));
    expect(nextToStart(done)?.fileName).toBe('b.csv');
  });

  test('nothing starts while a file is between the window and main', () => {
    expect(nextToStart(queueAfter(addFiles('a.csv', 'b.csv'), begin('file-0')))).toBeNull();
  });

  test.each(['asking', 'failed', 'cancelled'] as const)('a file that is %s holds nobody up', (state) => {
    const queue = queueAfter(
      addFiles('a.csv', 'b.csv'),
      begin('file-0'),
      started('file-0', aJob('j1', { state })),
    );
    expect(nextToStart(queue)?.fileName).toBe('b.csv');
  });

  test('files added later get keys of their own', () => {
    const queue = queueAfter(
      addFiles('a.csv'),
      { type: 'dismiss', key: 'file-0' },
      addFiles('a.csv', 'a.csv'),
    );
    expect(queue.items.map((item) => item.key)).toEqual(['file-1', 'file-2']);
  });
});

describe('answers and events that cross on the way', () => {
  test('an event that comes before the answer of import:start is not lost', () => {
    const done = aJob('j1', { state: 'done', stage: 'finished', rows: 222 });
    const queue = queueAfter(
      addFiles('a.csv'),
      begin('file-0'),
      progress(done),
      started('file-0', aJob('j1')),
    );
    expect(jobOf(queue, itemOf(queue, 'file-0'))).toEqual(done);
    expect(stateOf(queue, itemOf(queue, 'file-0'))).toBe('done');
  });

  test('an older picture of a running job does not turn it back', () => {
    const writing = aJob('j1', { stage: 'writing', rows: 900 });
    const queue = queueAfter(
      addFiles('a.csv'),
      begin('file-0'),
      progress(writing),
      started('file-0', aJob('j1', { rows: 100 })),
    );
    expect(jobOf(queue, itemOf(queue, 'file-0'))).toEqual(writing);
  });

  test('a later stage counts even when it has fewer rows', () => {
    const matching = aJob('j1', { stage: 'matching', rows: 0 });
    const queue = queueAfter(
      addFiles('a.csv'),
      started('file-0', aJob('j1', { rows: 900 })),
      progress(matching),
    );
    expect(jobOf(queue, itemOf(queue, 'file-0'))).toEqual(matching);
  });
});

describe('questions', () => {
  const asks = aJob('j1', { state: 'asking', question: { ask: 'short-code' } });

  test('an answer puts the file back into the line with what is now known, and keeps its token', () => {
    const token = 'a'.repeat(64);
    const queue = queueAfter(
      addFiles('a.csv'),
      begin('file-0'),
      { type: 'admitted', key: 'file-0', token },
      started('file-0', asks),
      { type: 'answered', key: 'file-0', answers: { shortCode: '522533' } },
    );
    expect(nextToStart(queue)).toMatchObject({
      token,
      jobId: null,
      answers: { kind: 'auto', shortCode: '522533' },
    });
    expect(queue.jobs).toEqual({});
  });

  test('a second answer adds to the first', () => {
    const queue = queueAfter(
      addFiles('a.csv'),
      started('file-0', asks),
      { type: 'answered', key: 'file-0', answers: { kind: 'statement' } },
      started('file-0', asks),
      { type: 'answered', key: 'file-0', answers: { dates: 'dmy' } },
    );
    expect(itemOf(queue, 'file-0').answers).toEqual({ kind: 'statement', dates: 'dmy' });
  });

  test('a file that was refused can be tried again', () => {
    const failure = { code: 'file/gone' as const, message: say('error.bug') };
    const refused = queueAfter(addFiles('a.csv'), begin('file-0'), {
      type: 'refused',
      key: 'file-0',
      failure,
    });
    expect(stateOf(refused, itemOf(refused, 'file-0'))).toBe('failed');
    const again = reduceQueue(refused, { type: 'answered', key: 'file-0', answers: {} });
    expect(nextToStart(again)).toMatchObject({ fileName: 'a.csv', failure: null });
  });
});

describe('the list', () => {
  test('a job from before the page was loaded gets one line, however often it is told', () => {
    const undo = aJob('j9', { kind: 'undo' });
    const queue = queueAfter(
      { type: 'track', job: undo, fileName: 'old.csv' },
      { type: 'track', job: undo, fileName: 'old.csv' },
    );
    expect(queue.items).toHaveLength(1);
    expect(queue.items[0]).toMatchObject({ fileName: 'old.csv', file: null });
  });

  test('clearing keeps what is not finished', () => {
    const queue = queueAfter(
      addFiles('done.csv', 'asks.csv', 'waits.csv'),
      started('file-0', aJob('j1', { state: 'done' })),
      started('file-1', aJob('j2', { state: 'asking' })),
      { type: 'dismiss-finished' },
    );
    expect(queue.items.map((item) => item.fileName)).toEqual(['asks.csv', 'waits.csv']);
  });

  test('counts every state once', () => {
    const queue = queueAfter(
      addFiles('a', 'b', 'c', 'd'),
      started('file-0', aJob('j1', { state: 'done' })),
      started('file-1', aJob('j2', { state: 'asking' })),
      begin('file-2'),
    );
    expect(countStates(queue)).toEqual({
      waiting: 1,
      running: 1,
      asking: 1,
      done: 1,
      failed: 0,
      cancelled: 0,
    });
  });
});

describe('the password of a locked file', () => {
  const answered = (): QueueAction[] => [
    addFiles('a.pdf'),
    { type: 'answered', key: 'file-0', answers: { password: '1234' } },
    { type: 'started', key: 'file-0', job: aJob('j1') },
  ];
  const passwordAfter = (...actions: QueueAction[]) =>
    queueAfter(...answered(), ...actions).items[0]?.answers.password;

  test('stays at hand while another question may need the file again', () => {
    expect(passwordAfter({ type: 'progress', job: aJob('j1', { state: 'asking' }) })).toBe('1234');
  });
  test.each(['done', 'failed', 'cancelled'] as const)('is forgotten once the file is %s', (state) => {
    expect(passwordAfter({ type: 'progress', job: aJob('j1', { state }) })).toBeUndefined();
  });
});
