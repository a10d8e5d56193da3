import { describe, expect, test } from 'vitest';
import { judgePayee, readPayee } from '#shared/domain/look-up/payee.ts';

const SHOP = { names: ['Duka la Mfano', 'Counter'], numbers: ['1234567', '600100'] };

describe('whom a message says was paid', () => {
  test.each([
    ['DUKA LA MFANO', { name: 'DUKA LA MFANO', number: null, phone: null }, 'ours'],
    ['Duka  la mfano 2 Westlands', { name: 'Duka la mfano 2 Westlands', number: null, phone: null }, 'ours'],
    ['MFANO', { name: 'MFANO', number: null, phone: null }, 'like-ours'],
    ['DUKA LA', { name: 'DUKA LA', number: null, phone: null }, 'like-ours'],
    ['COUNTER', { name: 'COUNTER', number: null, phone: null }, 'ours'],
    ['COUNTER HARDWARE', { name: 'COUNTER HARDWARE', number: null, phone: null }, 'like-ours'],
    ['DUKA LA MFANO 987654', { name: 'DUKA LA MFANO', number: '987654', phone: null }, 'another-number'],
    ['DUKA LA MFANO 600100.', { name: 'DUKA LA MFANO', number: '600100', phone: null }, 'ours'],
    ['DUKA LA MFANO 2026', { name: 'DUKA LA MFANO 2026', number: null, phone: null }, 'ours'],
    ['KAMAU HARDWARE', { name: 'KAMAU HARDWARE', number: null, phone: null }, 'another-name'],
    ['1234567 - ANYTHING', { name: 'ANYTHING', number: '1234567', phone: null }, 'ours'],
    ['7654321 - DUKA LA MFANO', { name: 'DUKA LA MFANO', number: '7654321', phone: null }, 'another-number'],
    ['DUKA LA MFANO - 600100', { name: 'DUKA LA MFANO', number: '600100', phone: null }, 'ours'],
    [
      'DUKA LA MFANO Till No. 7654321',
      { name: 'DUKA LA MFANO', number: '7654321', phone: null },
      'another-number',
    ],
    ['7654321', { name: null, number: '7654321', phone: null }, 'another-number'],
    ['JOHN DOE 0712345678', { name: 'JOHN DOE', number: null, phone: '0712345678' }, 'a-person'],
    ['JOHN DOE 2547******78.', { name: 'JOHN DOE', number: null, phone: '2547******78' }, 'a-person'],
    ['', { name: null, number: null, phone: null }, null],
  ])('%s', (text, payee, verdict) => {
    expect(readPayee(text)).toEqual(payee);
    expect(judgePayee(payee, SHOP)).toBe(verdict);
  });

  test('cannot be compared where the shop has no name', () => {
    expect(judgePayee(readPayee('DUKA'), { names: [''], numbers: [] })).toBeNull();
  });
});
