import { expect, test } from 'vitest';
import { endSession, wordsOfEnding } from '#renderer/app/access-view.ts';
import type { AccessState } from '#shared/ipc/access-channels.ts';

const OPEN: AccessState = {
  phase: 'open',
  environment: 'production',
  host: 'electron',
  version: '1.0.0',
  language: 'sw',
  theme: 'dark',
  shopName: 'Duka',
  person: { name: 'Amina', role: 'owner', hasTotp: true, mustLengthen: false },
  demoPeople: [],
};

test('a locked session keeps its person, and everything else of the frame', () => {
  expect(endSession(OPEN, { isLocked: true })).toEqual({ ...OPEN, phase: 'locked' });
});

test('a session that is over leaves nobody', () => {
  expect(endSession(OPEN, { isLocked: false })).toEqual({ ...OPEN, phase: 'signed-out', person: null });
});

test('without a person nothing can be locked', () => {
  const signedOut = { ...OPEN, phase: 'signed-out', person: null } as const;
  expect(endSession(signedOut, { isLocked: true })).toEqual(signedOut);
});

test.each(['locked', 'signed-out'] as const)('%s needs no word: the person did it', (reason) => {
  expect(wordsOfEnding({ reason, isLocked: reason === 'locked' })).toBeNull();
});

test.each(['idle', 'too-long', 'elsewhere', 'by-owner', 'changed', 'suspended'] as const)(
  '%s is said in a sentence',
  (reason) => {
    expect(wordsOfEnding({ reason, isLocked: false })).toBe(`access.ended-${reason}`);
  },
);

test('before anything has ended there is nothing to say', () => {
  expect(wordsOfEnding(null)).toBeNull();
});
