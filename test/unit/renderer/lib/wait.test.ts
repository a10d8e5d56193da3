import { expect, test } from 'vitest';
import { readWait } from '#renderer/lib/wait.ts';
import { say } from '#shared/domain/message.ts';

test('a wait says how many whole seconds', () => {
  expect(readWait({ code: 'access/wait', message: say('access.wait', { seconds: 12 }) })).toBe(12);
  expect(readWait({ code: 'access/wait', message: say('access.wait', { seconds: 0.2 }) })).toBe(1);
});

test('any other failure lets one try at once', () => {
  expect(readWait({ code: 'access/refused', message: say('access.refused', { seconds: 12 }) })).toBe(0);
  expect(readWait({ code: 'access/wait', message: say('access.wait') })).toBe(0);
});
