import { expect, test } from 'vitest';
import { openJobBook } from '#main/services/job-book.ts';
import { ROLES } from '#shared/domain/access/permissions.ts';
import type { UtcMs } from '#shared/domain/time.ts';

const openBook = () => openJobBook({ tell: () => undefined, now: () => 0 as UtcMs });

test.each([
  ['import', ['owner', 'manager', 'clerk', 'auditor'], ['owner', 'manager', 'clerk']],
  ['undo', ['owner', 'manager', 'clerk', 'auditor'], ['owner', 'manager']],
  ['verify', ['owner', 'manager', 'auditor'], ['owner', 'manager', 'auditor']],
  ['export', ['owner', 'auditor'], ['owner', 'auditor']],
] as const)('a job is seen and stopped by whoever may: %s', (kind, seers, stoppers) => {
  const book = openBook();
  const { id } = book.open(kind, null);
  expect(ROLES.filter((role) => book.show(id, role) !== null)).toEqual(seers);
  expect(ROLES.filter((role) => book.list(role).length === 1)).toEqual(seers);
  expect(ROLES.filter((role) => book.cancel(id, role) !== null)).toEqual(stoppers);
});

test('a job that may not be stopped goes on', () => {
  const book = openBook();
  const job = book.open('export', null);
  expect(book.cancel(job.id, 'manager')).toBeNull();
  expect(job.signal.aborted).toBe(false);
  book.cancel(job.id, 'owner');
  expect(job.signal.aborted).toBe(true);
});
