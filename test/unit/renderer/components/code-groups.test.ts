import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  fillGroups,
  GROUP_COUNT,
  isWholeCode,
  NO_GROUPS,
  nextGroup,
  numberGroups,
} from '#renderer/components/code-groups.ts';
import { readCode, writeCode } from '#shared/domain/recovery/code.ts';

const CODE = ['7KQ2', 'M9XA', '0RTP', '4H1Z', 'WB6C', 'Q8ND', '53VF', 'JE2Y'];

test('a whole code fills every group, in whichever it was pasted', () => {
  for (let index = 0; index < GROUP_COUNT; index += 1)
    expect(fillGroups(NO_GROUPS, index, ` ${CODE.join('-').toLowerCase()} `)).toEqual(CODE);
});

test('what does not fit goes on into the next groups and leaves the rest alone', () => {
  expect(fillGroups(CODE, 2, 'AAAABB')).toEqual([...CODE.slice(0, 2), 'AAAA', 'BB', ...CODE.slice(4)]);
});

test('emptying one group leaves the others', () => {
  expect(fillGroups(CODE, 3, '')).toEqual([...CODE.slice(0, 3), '', ...CODE.slice(4)]);
});

test('too much is cut off at the last group', () => {
  expect(fillGroups(NO_GROUPS, 7, 'AAAABBBB')).toEqual([...NO_GROUPS.slice(0, 7), 'AAAA']);
});

test('the cursor goes where there is room, and stays when there is none', () => {
  expect(nextGroup(NO_GROUPS, 0)).toBe(0);
  expect(nextGroup(['AAAA', 'BB', '', '', '', '', '', ''], 0)).toBe(1);
  expect(nextGroup(['AAAA', 'BB', 'CCCC', '', '', '', '', ''], 2)).toBe(3);
  expect(nextGroup(CODE, 0)).toBeNull();
});

test('a code is whole when no group lacks a sign', () => {
  expect(isWholeCode(CODE)).toBe(true);
  expect(isWholeCode([...CODE.slice(0, 7), 'JE2'])).toBe(false);
});

test('groups are counted from 1', () => {
  expect(numberGroups(['A', 'B'])).toEqual([
    { number: 1, text: 'A' },
    { number: 2, text: 'B' },
  ]);
});

test('whatever code was made can be pasted and is read as the same', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 20, maxLength: 20 }),
      fc.constantFrom(' ', '-', '', ' - '),
      fc.nat(GROUP_COUNT - 1),
      (bytes, gap, index) => {
        const groups = fillGroups(NO_GROUPS, index, writeCode(bytes).join(gap));
        expect(isWholeCode(groups)).toBe(true);
        expect(readCode(groups.join('-'))).toEqual({ ok: true, bytes });
      },
    ),
  );
});
