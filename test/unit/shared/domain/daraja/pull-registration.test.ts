import { expect, test } from 'vitest';
import { readNominatedNumber, readPullRegistration } from '#shared/domain/daraja/pull-registration.ts';

test.each<[unknown, boolean, string | null]>([
  [{ ResponseStatus: '1000', ResponseDescription: 'Success' }, true, 'Success (1000)'],
  [
    { 'Response Status': '1001', ResponseDescription: 'Already registered' },
    true,
    'Already registered (1001)',
  ],
  [{ ResponseCode: 1000, ResponseMessage: 'Success' }, true, 'Success (1000)'],
  [{ ResponseStatus: '1005' }, false, '1005'],
  [{ ResponseDescription: 'Nothing' }, false, 'Nothing'],
  [{}, false, null],
  [null, false, null],
  ['1000', false, null],
  [[], false, null],
])('%j: registered %s', (body, isRegistered, said) => {
  expect(readPullRegistration(body)).toEqual({ isRegistered, said });
});

test.each([
  ['0722000404', '254722000404'],
  ['0722 000-404', '254722000404'],
  ['+254 722 000 404', '254722000404'],
  ['254110000404', '254110000404'],
  ['722000404', '254722000404'],
  ['0222000404', null],
  ['07220004040', null],
  ['+0722000404', null],
  ['', null],
])('%j is %s', (typed, number) => {
  expect(readNominatedNumber(typed)).toBe(number);
});
