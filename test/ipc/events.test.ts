import { describe, expect, test } from 'vitest';
import { createEvents } from '#main/ipc/events.ts';
import type { Session } from '#main/ipc/session.ts';
import { isAllowed, type Role } from '#shared/domain/access/permissions.ts';
import { ALL_EVENTS } from '#shared/ipc/channels.ts';
import { type EventName, events, type Payload } from '#shared/ipc/contract.ts';
import { sessionOf } from '#test/helpers/router.ts';

const job: Payload<'job:progress'> = {
  id: 'job-1',
  kind: 'import',
  fileName: 'november.csv',
  state: 'running',
  stage: 'reading',
  rows: 1_000,
  fraction: 0.5,
  secondsLeft: 2,
  importId: null,
  failure: null,
  question: null,
  outcome: null,
  undo: null,
  file: null,
};
const payloads: { [E in EventName]: Payload<E> } = {
  'job:progress': job,
  'ledger:changed': { areas: ['imports'] },
  'approval:changed': {},
  'session:ended': { reason: 'idle', isLocked: true },
  'alert:raised': { reviewId: 4 },
};
const ROLES: readonly Role[] = ['owner', 'manager', 'clerk', 'auditor'];

function openWith(session: Session | null) {
  const heard: unknown[][] = [];
  const logged: string[] = [];
  const bus = createEvents({
    sessionFor: (window) => (session?.window === window ? session : null),
    log: { error: (what) => logged.push(what) },
  });
  const stop = bus.subscribe((...event) => heard.push(event));
  return { bus, heard, logged, stop };
}

describe.each(ALL_EVENTS)('%s', (name) => {
  const { to, needs } = events[name];

  test.each(ROLES)('reaches the declared window of a person who may see it: %s', (role) => {
    const { bus, heard } = openWith(sessionOf(role, to));
    bus.emit(name, payloads[name]);
    expect(heard).toEqual(needs === null || isAllowed(role, needs) ? [[name, payloads[name], to]] : []);
  });

  test('reaches nobody when nobody is signed in, unless it is for everybody', () => {
    const { bus, heard } = openWith(null);
    bus.emit(name, payloads[name]);
    expect(heard.length).toBe(needs === null ? 1 : 0);
  });

  test('loses undeclared values, and a payload of another shape is a bug', () => {
    const { bus, heard } = openWith(sessionOf('owner', to));
    bus.emit(name, Object.assign({ path: '/home/amina' }, payloads[name]));
    expect(heard).toEqual([[name, payloads[name], to]]);
    expect(() => bus.emit(name, ['wrong'] as never)).toThrow();
    expect(heard.length).toBe(1);
  });
});

test.each([
  ['import', ROLES],
  ['verify', ['owner', 'manager', 'auditor']],
  ['export', ['owner', 'auditor']],
] as const)('how a job goes is told to whoever may see its kind: %s', (kind, allowed) => {
  const told = ROLES.filter((role) => {
    const { bus, heard } = openWith(sessionOf(role));
    bus.emit('job:progress', { ...job, kind });
    return heard.length === 1;
  });
  expect(told).toEqual(allowed);
});

test('a listener that fails does not keep the others from hearing', () => {
  const { bus, heard, logged } = openWith(sessionOf('owner'));
  bus.subscribe(() => {
    throw new Error('the socket is gone');
  });
  bus.subscribe((...event) => heard.push(event));
  bus.emit('ledger:changed', { areas: ['sales'] });
  expect(heard.length).toBe(2);
  expect(logged).toEqual(['bug']);
});

test('whoever stops listening hears nothing more', () => {
  const { bus, heard, stop } = openWith(sessionOf('owner'));
  stop();
  bus.emit('ledger:changed', { areas: ['sales'] });
  expect(heard).toEqual([]);
});
