import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CHECK_NAMES,
  type Check,
  type CheckLevel,
  exitCodeOf,
  line,
  sortChecks,
  tally,
} from '#shared/domain/doctor/check.ts';
import { say } from '#shared/domain/message.ts';

const LEVELS: readonly CheckLevel[] = ['failure', 'warning', 'not-checked', 'ok'];
const anyCheck: fc.Arbitrary<Check> = fc
  .record({
    name: fc.constantFrom(...CHECK_NAMES),
    level: fc.constantFrom(...LEVELS),
    about: fc.constantFrom(null, '123456', '765432'),
  })
  .map(({ name, level, about }) => line(name, level, say('doctor.keychain.ok'), { about }));

test.each([
  [[], 0],
  [['ok', 'not-checked'], 0],
  [['ok', 'warning'], 1],
  [['warning', 'failure', 'ok'], 2],
  [['failure'], 2],
] as const)('%s exits %i', (levels, code) => {
  const checks = levels.map((level) => line('node', level, say('doctor.keychain.ok')));
  expect(exitCodeOf(checks)).toBe(code);
});

test('the worst stands first, whatever order the lines came in', () => {
  fc.assert(
    fc.property(fc.array(anyCheck, { maxLength: 30 }), fc.nat(), (checks, turn) => {
      const sorted = sortChecks(checks);
      const ranks = sorted.map(({ level }) => LEVELS.indexOf(level));
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      expect(sorted).toHaveLength(checks.length);
      const at = checks.length === 0 ? 0 : turn % checks.length;
      expect(sortChecks([...checks.slice(at), ...checks.slice(0, at)])).toEqual(sorted);
    }),
  );
});

test('within one level the lines keep the order of the names, then of what they are about', () => {
  const ok = say('doctor.keychain.ok');
  const lines = [
    line('node', 'ok', ok),
    line('token', 'ok', ok, { about: '765432' }),
    line('token', 'ok', ok, { about: '123456' }),
    line('database', 'ok', ok),
  ];
  expect(sortChecks(lines).map(({ name, about }) => `${name} ${about ?? ''}`.trim())).toEqual([
    'database',
    'token 123456',
    'token 765432',
    'node',
  ]);
});

test('every line is counted once', () => {
  fc.assert(
    fc.property(fc.array(anyCheck), (checks) => {
      expect(Object.values(tally(checks)).reduce((sum, count) => sum + count, 0)).toBe(checks.length);
    }),
  );
});
