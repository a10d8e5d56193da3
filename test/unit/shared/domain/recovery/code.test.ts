import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSymbols, splitGroups, tidyTyped, writeSymbols } from '#shared/domain/readable-code.ts';
import {
  areGroupsRight,
  chooseGroups,
  readCode,
  writeCode,
  writeFingerprint,
} from '#shared/domain/recovery/code.ts';

const codeBytes = fc.uint8Array({ minLength: 20, maxLength: 20 });
const KNOWN = Uint8Array.from({ length: 20 }, (_, index) => (index * 37 + 11) % 256);
const GROUPS = writeCode(KNOWN);

describe('symbols', () => {
  it('agree with a value worked out by hand', () => {
    expect(writeSymbols(Uint8Array.from([0, 0, 0, 0, 0]))).toBe('00000000');
    expect(writeSymbols(Uint8Array.from([255, 255, 255, 255, 255]))).toBe('ZZZZZZZZ');
    // 00001 00010 00011 00100 00101 00110 00111 01000
    expect(writeSymbols(Uint8Array.from([0x08, 0x86, 0x42, 0x98, 0xe8]))).toBe('12345678');
  });

  it('come back as the same bytes', () => {
    fc.assert(
      fc.property(fc.array(codeBytes, { minLength: 1, maxLength: 3 }), (parts) => {
        const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
        expect(readSymbols(writeSymbols(bytes))).toEqual(bytes);
      }),
    );
  });

  it('refuse bits that do not fill them, and signs of another alphabet', () => {
    expect(() => writeSymbols(Uint8Array.from([1]))).toThrow(RangeError);
    expect(() => readSymbols('ABCU')).toThrow(RangeError);
  });

  it('keep a short last group', () => {
    expect(splitGroups('ABCDE')).toEqual(['ABCD', 'E']);
  });
});

describe('reading a recovery code', () => {
  it('takes every code back, whatever the case, gaps and look-alikes', () => {
    const gaps = fc.constantFrom(' ', '-', '', '  ', '\n', ' – ', '.', '\t');
    const zeros = fc.constantFrom('0', 'O', 'o');
    const ones = fc.constantFrom('1', 'I', 'i', 'L', 'l');
    fc.assert(
      fc.property(codeBytes, gaps, zeros, ones, fc.boolean(), (bytes, gap, zero, one, isLower) => {
        const written = writeCode(bytes).join(gap);
        const typed = (isLower ? written.toLowerCase() : written).replaceAll('0', zero).replaceAll('1', one);
        expect(readCode(`  ${typed} `)).toEqual({ ok: true, bytes });
      }),
    );
  });

  it('has eight groups of four without letters that are taken for others', () => {
    fc.assert(
      fc.property(codeBytes, (bytes) => {
        const groups = writeCode(bytes);
        expect(groups).toHaveLength(8);
        for (const group of groups) expect(group).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}$/);
      }),
    );
  });

  it('names the group that is too short or too long', () => {
    const typed = (index: number, group: string) => GROUPS.with(index, group).join(' ');
    expect(readCode(typed(2, 'ABC'))).toEqual({ ok: false, problem: 'too-short', group: 3 });
    expect(readCode(typed(7, 'ABCDE'))).toEqual({ ok: false, problem: 'too-long', group: 8 });
  });

  it('names the group with a sign that no code has', () => {
    const typed = GROUPS.with(4, 'AB!D');
    expect(readCode(typed.join(' '))).toEqual({ ok: false, problem: 'not-a-symbol', group: 5 });
    expect(readCode(typed.join(''))).toEqual({ ok: false, problem: 'not-a-symbol', group: 5 });
    expect(readCode(GROUPS.with(0, 'UUUU').join('-'))).toEqual({
      ok: false,
      problem: 'not-a-symbol',
      group: 1,
    });
  });

  it('blames no group where none can be told', () => {
    expect(readCode('')).toEqual({ ok: false, problem: 'too-short', group: null });
    expect(readCode(GROUPS.slice(1).join(' '))).toEqual({ ok: false, problem: 'too-short', group: null });
    expect(readCode([...GROUPS, 'ABCD'].join(' '))).toEqual({ ok: false, problem: 'too-long', group: null });
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 90, unit: 'grapheme' }), (typed) => {
        const read = readCode(typed);
        expect(read.ok ? read.bytes.length : read.problem).toBeTruthy();
      }),
    );
  });
});

describe('the two groups that are typed back', () => {
  it('are two different ones, and every pair can be asked', () => {
    const pairs = new Set<string>();
    for (let first = 0; first < 8; first += 1)
      for (let second = 0; second < 7; second += 1) {
        const picks = [first, second];
        const [low, high] = chooseGroups(() => picks.shift() ?? 0);
        expect(low).toBeLessThan(high);
        expect(high).toBeLessThan(8);
        pairs.add(`${low}-${high}`);
      }
    expect(pairs.size).toBe(28);
  });

  it('are right only when both asked ones are typed as they were written', () => {
    const [second, seventh] = [GROUPS[1] ?? '', GROUPS[6] ?? ''];
    const typed = (...groups: [number, string][]) => groups.map(([index, text]) => ({ index, text }));
    expect(areGroupsRight(GROUPS, [1, 6], typed([1, second.toLowerCase()], [6, ` ${seventh}`]))).toBe(true);
    expect(areGroupsRight(GROUPS, [1, 6], typed([6, seventh], [1, second]))).toBe(true);
    expect(areGroupsRight(GROUPS, [1, 6], typed([1, seventh], [6, second]))).toBe(false);
    expect(areGroupsRight(GROUPS, [1, 6], typed([1, second], [1, second]))).toBe(false);
    expect(areGroupsRight(GROUPS, [1, 6], typed([1, second], [5, GROUPS[5] ?? '']))).toBe(false);
    expect(areGroupsRight(GROUPS, [1, 6], typed([1, second]))).toBe(false);
    expect(areGroupsRight(GROUPS, [1, 6], [])).toBe(false);
  });
});

describe('small parts', () => {
  it('write a fingerprint in four groups of the first 80 bits', () => {
    expect(writeFingerprint(Uint8Array.from({ length: 32 }, () => 0xff))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ');
  });

  it('leave what is not of the alphabet to be pointed at', () => {
    expect(tidyTyped(' ab-cd u!')).toBe('ABCDU!');
  });
});
