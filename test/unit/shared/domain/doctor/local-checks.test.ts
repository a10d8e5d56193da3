import { expect, test } from 'vitest';
import { judgeAuditLog, judgeCopies, judgeDatabase, judgeDisk } from '#shared/domain/doctor/books.ts';
import { judgeClockSkew } from '#shared/domain/doctor/clock-skew.ts';
import { judgeClock, judgeNode, judgePasswordTime, judgeTrial } from '#shared/domain/doctor/computer.ts';
import { judgeKeychain, type KeychainFacts } from '#shared/domain/doctor/keychain.ts';
import { say } from '#shared/domain/message.ts';
import { DAY, MINUTE, SECOND, type UtcMs } from '#shared/domain/time.ts';

const NOW = Date.parse('2026-11-28T11:00:00Z') as UtcMs;
const MB = 1024 * 1024;
const GB = 1024 * MB;

/** Level and sentence of a line, and whether it says how to mend it. */
function told({ level, finding, mend }: { level: string; finding: { id: string }; mend: unknown }): string {
  return `${level} ${finding.id}${mend === null ? '' : ' +'}`;
}

test.each([
  ['24.18.0', 'ok doctor.node.ok'],
  ['22.18.0', 'ok doctor.node.ok'],
  ['22.17.9', 'failure doctor.node.old +'],
  ['20.20.0', 'failure doctor.node.old +'],
  ['', 'failure doctor.node.old +'],
])('Node %s', (version, expected) => {
  expect(told(judgeNode(version))).toBe(expected);
});

test('the Node of the window came with it, whatever its age', () => {
  expect(told(judgeNode('20.18.3', true))).toBe('ok doctor.node.built-in');
  expect(told(judgeNode('20.18.3', false))).toBe('failure doctor.node.old +');
});

test('a clock of another year is found', () => {
  expect(told(judgeClock(NOW))).toBe('ok doctor.clock.ok');
  expect(told(judgeClock(0 as UtcMs))).toBe('failure doctor.clock.wrong +');
});

test('what was tried says where, but only to whom may be told', () => {
  const failed = { name: 'temp-folder', cause: 'ENOSPC' } as const;
  expect(judgeTrial({ ...failed, cause: null }, '/t')).toMatchObject({ level: 'ok', mend: null });
  expect(judgeTrial(failed, '/t').finding.values).toEqual({ cause: 'ENOSPC', folder: '/t' });
  expect(judgeTrial(failed, null).finding.values).toEqual({ cause: 'ENOSPC' });
  for (const name of ['cipher', 'workers'] as const)
    expect(told(judgeTrial({ name, cause: 'x' }, '/t'))).toBe(`failure doctor.${name}.failed +`);
});

test.each([
  [null, 'not-checked doctor.password-time.unknown'],
  [300, 'ok doctor.password-time.ok'],
  [2_000, 'ok doctor.password-time.ok'],
  [2_001, 'warning doctor.password-time.slow +'],
])('a password that takes %s ms', (ms, expected) => {
  expect(told(judgePasswordTime(ms))).toBe(expected);
});

test.each<[KeychainFacts, string]>([
  [{ state: 'ok' }, 'ok doctor.keychain.ok'],
  [{ state: 'locked' }, 'failure doctor.keychain.locked +'],
  [{ state: 'unavailable' }, 'failure doctor.keychain.none +'],
  [{ state: 'not-kept' }, 'failure doctor.keychain.forgets +'],
  [{ state: 'library', cause: 'MODULE_NOT_FOUND' }, 'failure doctor.keychain.library +'],
])('a keychain that answers %o', (facts, expected) => {
  expect(told(judgeKeychain(facts))).toBe(expected);
});

test('a ledger file is well only when all of it was read', () => {
  expect(told(judgeDatabase(null))).toBe('not-checked doctor.database.unknown');
  expect(told(judgeDatabase({ problems: [], tables: 40 }))).toBe('ok doctor.database.ok');
  expect(told(judgeDatabase({ problems: ['row 3 missing'], tables: 2 }))).toBe(
    'failure doctor.database.damaged +',
  );
});

test('an alarm of the log is a failure in its own words', () => {
  const alarm = say('audit.alarm.no-signing-key');
  expect(told(judgeAuditLog({ alarm, entries: 9, signedTo: 4 }))).toBe(`failure ${alarm.id} +`);
  expect(told(judgeAuditLog({ alarm: null, entries: 9, signedTo: 4 }))).toBe('ok doctor.audit-log.ok');
  expect(told(judgeAuditLog({ alarm: null, entries: 9, signedTo: 0 }))).toBe('ok doctor.audit-log.unsigned');
});

test.each([
  ['not said', null, 'not-checked doctor.disk-space.unknown'],
  ['plenty', { free: 40 * GB, books: 30 * MB }, 'ok doctor.disk-space.ok'],
  ['less than a GB', { free: GB - 1, books: 30 * MB }, 'warning doctor.disk-space.low +'],
  ['less than 200 MB', { free: 200 * MB - 1, books: 30 * MB }, 'failure doctor.disk-space.full +'],
  ['no room for a copy of large books', { free: 2 * GB, books: 3 * GB }, 'failure doctor.disk-space.full +'],
  ['room for one copy of large books', { free: 4 * GB, books: 3 * GB }, 'warning doctor.disk-space.low +'],
  ['nothing', { free: 0, books: 0 }, 'failure doctor.disk-space.full +'],
])('a disk with %s', (_, facts, expected) => {
  expect(told(judgeDisk(facts))).toBe(expected);
});

test.each([
  ['none known', null, 'warning doctor.copies.none +'],
  ['of today', 0, 'ok doctor.copies.ok'],
  ['a week old', 8 * DAY, 'ok doctor.copies.ok'],
  ['older than a week', 8 * DAY + 1, 'warning doctor.copies.old +'],
  ['older than a month', 36 * DAY, 'failure doctor.copies.old +'],
])('a copy: %s', (_, age, expected) => {
  expect(told(judgeCopies(age === null ? null : ((NOW - age) as UtcMs), NOW))).toBe(expected);
});

test.each([
  [null, 'not-checked doctor.clock-skew.unknown'],
  [0, 'ok doctor.clock-skew.ok'],
  [59 * SECOND, 'ok doctor.clock-skew.ok'],
  [-59 * SECOND, 'ok doctor.clock-skew.ok'],
  [2 * MINUTE, 'warning doctor.clock-skew.off +'],
  [-2 * MINUTE, 'warning doctor.clock-skew.off +'],
  [5 * MINUTE, 'failure doctor.clock-skew.off +'],
  [-180 * MINUTE, 'failure doctor.clock-skew.off +'],
])('a clock that is %s ms off', (ms, expected) => {
  expect(told(judgeClockSkew(ms === null ? null : { ms, at: NOW }))).toBe(expected);
});

test('a clock that is slow is behind', () => {
  expect(judgeClockSkew({ ms: 7 * MINUTE, at: NOW }).finding.values).toMatchObject({
    way: 'behind',
    by: { minutes: 7 },
  });
  expect(judgeClockSkew({ ms: -7 * MINUTE, at: NOW }).finding.values).toMatchObject({ way: 'ahead' });
});
