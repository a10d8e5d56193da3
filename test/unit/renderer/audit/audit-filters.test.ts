import { describe, expect, it } from 'vitest';
import { auditPath } from '#renderer/app/routes.ts';
import { askFor, isNarrowed, NO_FILTERS, readSubject } from '#renderer/screens/audit/audit-filters.ts';
import type { BusinessDay } from '#shared/domain/time.ts';

const DAY = '2026-11-20' as BusinessDay;

describe('the filters of the audit log', () => {
  it('ask for everything when nothing is chosen', () => {
    expect(askFor(NO_FILTERS, '', null)).toEqual({
      search: '',
      staffId: null,
      areas: [],
      subject: null,
      from: null,
      to: null,
      limit: 100,
    });
  });

  it('ask for who, what, when, about what, and the settled search', () => {
    const filters = { search: 'typing', staffId: 0, area: 'sale', from: DAY, to: DAY } as const;
    expect(askFor(filters, '  UKJ4 ', 'sale:12')).toMatchObject({
      search: 'UKJ4',
      staffId: 0,
      areas: ['sale'],
      subject: 'sale:12',
      from: DAY,
      to: DAY,
    });
  });

  it.each([
    [NO_FILTERS, null, false],
    [NO_FILTERS, 'sale:12', true],
    [{ ...NO_FILTERS, staffId: 0 }, null, true],
    [{ ...NO_FILTERS, search: 'x' }, null, true],
    [{ ...NO_FILTERS, to: DAY }, null, true],
  ] as const)('%j about %j narrow: %j', (filters, subject, expected) => {
    expect(isNarrowed(filters, subject)).toBe(expected);
  });
});

describe('the subject in an address', () => {
  it.each(['sale:12', 'till-number:174379', 'finding:9', 'a/b c?d#e'])('%s comes back', (subject) => {
    const part = auditPath(subject).split('/').slice(2).join('/');
    expect(readSubject(part)).toBe(subject);
  });

  it.each([undefined, '', '%', '%E0%A4%A', 'x'.repeat(61)])('%j is none', (text) => {
    expect(readSubject(text)).toBeNull();
  });
});
