import { expect, test } from 'vitest';
import { silentLog } from '#main/log/log.ts';
import { openLineFor, originFor } from '#main/open-line.ts';
import type { UtcMs } from '#shared/domain/time.ts';

const LOCAL = 'http://127.0.0.1:4321';

test('each environment has its own host, and neither can be swapped for another', () => {
  expect(originFor('production', undefined)).toBe('https://api.safaricom.co.ke');
  expect(originFor('sandbox', undefined)).toBe('https://sandbox.safaricom.co.ke');
  expect(() => originFor('production', LOCAL)).toThrow('only a demo');
  expect(() => originFor('sandbox', LOCAL)).toThrow('only a demo');
});

test('a demo speaks with this computer or with nobody', async () => {
  expect(originFor('demo', LOCAL)).toBe(LOCAL);
  expect(originFor('demo', undefined)).toBeNull();
  for (const elsewhere of ['https://api.safaricom.co.ke', 'http://10.0.0.2:80', 'https://relay.example'])
    expect(() => originFor('demo', elsewhere)).toThrow('this computer only');
  const line = openLineFor({ environment: 'demo', now: () => 0 as UtcMs, log: silentLog });
  const keys = { key: 'a', secret: 'b' };
  expect(await line.send({ product: 'balance', keys, body: {} })).toEqual({
    type: 'not-sent',
    reason: 'offline',
  });
  expect(await line.checkKeys(keys)).toEqual({ type: 'not-sent', reason: 'offline' });
  expect(line.clockGap()).toBeNull();
});
