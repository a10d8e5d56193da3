import { describe, expect, it } from 'vitest';
import { auditAboutPath, auditFindPath } from '#renderer/app/routes.ts';
import {
  askFor,
  isNarrowed,
  isOneThing,
  NO_FILTERS,
  readAddress,
} from '#renderer/screens/audit/audit-filters.ts';
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

describe('what an address asks for', () => {
  const asked = (address: string) => {
    const [, , how, what] = address.split('/');
    return readAddress(how, what);
  };

  it.each(['sale:12', 'till-number:174379', 'a/b c?d#e'])('%s comes back as what it is about', (subject) => {
    expect(asked(auditAboutPath(subject))).toEqual({ subject, search: '' });
  });

  it('a receipt comes back as a search', () => {
    expect(asked(auditFindPath('UKJ4T7O2MX'))).toEqual({ subject: null, search: 'UKJ4T7O2MX' });
  });

  it.each([
    '/audit',
    '/audit/about',
    '/audit/about/%',
    '/audit/other/sale:12',
    `/audit/about/${'x'.repeat(61)}`,
  ])('%s asks for everything', (address) => {
    expect(asked(address)).toEqual({ subject: null, search: '' });
  });
});

it.each([
  ['sale:12', true],
  ['till-number:174379', true],
  ['session', false],
  ['ledger', false],
  ['2026-11-20', false],
])('%s is one thing: %j', (subject, expected) => {
  expect(isOneThing(subject)).toBe(expected);
});
