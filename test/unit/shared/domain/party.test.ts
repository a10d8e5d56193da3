import { describe, expect, it } from 'vitest';
import {
  findFullPhone,
  hidePhones,
  maskPhone,
  namesAgree,
  parseParty,
  phonesAgree,
} from '#shared/domain/party.ts';

const MASKS = [
  '070****366',
  '25470****366',
  '2547****366',
  '07****366',
  '0700***366',
  '254700***366',
  '2547******366',
  '0700XXX366',
  '+254 700 ••• 366',
];

describe('phonesAgree', () => {
  it.each(MASKS)('finds that %s may be 0700123366', (mask) => {
    expect(phonesAgree(mask, '0700123366')).not.toBe(false);
    expect(phonesAgree('254700123366', mask)).not.toBe(false);
  });

  it.each(MASKS)('finds that %s is not 0711123999', (mask) => {
    expect(phonesAgree(mask, '0711123999')).toBe(false);
  });

  it.each([
    ['07****366', '2547****366', null],
    ['', '0700123366', null],
    ['SP', '0700123366', null],
    ['0700123366', '0700123367', false],
    ['0700123366', '+254700123366', true],
  ])('compares %j and %j: %j', (a, b, expected) => {
    expect(phonesAgree(a, b)).toBe(expected);
  });
});

describe('namesAgree', () => {
  it.each([
    ['SAMUEL **** KIMANI', 'Kimani S.', true],
    ['AMINA EXAMPLE', 'Baraka Sample', false],
    ["EUNICE O'DEMO", "o'demo", true],
    [null, 'Amina', null],
    ['AM', 'AM', null],
  ])('compares %j and %j: %j', (a, b, expected) => {
    expect(namesAgree(a, b)).toBe(expected);
  });
});

describe('parseParty', () => {
  it.each([
    ['2547****111 - ALICE WANJA EXAMPLE', { phone: '2547****111', code: null, name: 'ALICE WANJA EXAMPLE' }],
    ['1234567 - FAKE AUTO TECH', { phone: null, code: '1234567', name: 'FAKE AUTO TECH' }],
    ['400088-CO-OP TO TILL', { phone: null, code: '400088', name: 'CO-OP TO TILL' }],
    [
      '999002 - MOCK BANK LTD - BANK TO TILL',
      { phone: null, code: '999002', name: 'MOCK BANK LTD - BANK TO TILL' },
    ],
    ['SP', { phone: null, code: null, name: 'SP' }],
    ['', { phone: null, code: null, name: null }],
    ['0712345678', { phone: '0712345678', code: null, name: null }],
  ])('splits %j', (text, expected) => {
    expect(parseParty(text)).toEqual(expected);
  });
});

describe('maskPhone', () => {
  it.each([
    ['0712345404', '0712 ••• 404'],
    ['254712345404', '0712 ••• 404'],
    ['25474****404', '074 ••• 404'],
    ['070****101', '070 ••• 101'],
    ['garbage', '•••'],
    [null, null],
  ])('shows %j as %j', (phone, shown) => {
    expect(maskPhone(phone)).toBe(shown);
  });
});

describe('hidePhones', () => {
  it.each([
    ['0712345404', '0712 ••• 404'],
    ['call +254 712-345-404 (wife)', 'call 0712 ••• 404 (wife)'],
    ['0112345404/0712345405', '0112 ••• 404/0712 ••• 405'],
    ['MAMA 254712345404 NJERI', 'MAMA 0712 ••• 404 NJERI'],
    ['INV-100000123', 'INV-100000123'],
    ['100000123', '100000123'],
    ['UKJ0712345404', 'UKJ0712345404'],
    ['07123454040', '07123454040'],
    ['0712 ••• 404', '0712 ••• 404'],
    [null, null],
  ])('shows %j as %j', (text, shown) => {
    expect(hidePhones(text)).toBe(shown);
  });

  it('hides a number that has been hidden before in the same way', () => {
    const once = hidePhones('from 0712345404');
    expect(hidePhones(once)).toBe(once);
  });
});

describe('findFullPhone', () => {
  it.each([
    ['254712345404', [], '0712 345 404'],
    ['712345404', [], '0712 345 404'],
    ['2547****404', ['A. W. EXAMPLE', '0712345404'], '0712 345 404'],
    [null, ['shop of +254 112 345 404', null], '0112 345 404'],
    ['2547****404', ['A. W. EXAMPLE', 'INV-12', null], null],
    [null, [], null],
  ])('reads %j and %j as %j', (phone, texts, expected) => {
    expect(findFullPhone(phone, texts)).toBe(expected);
  });
});
