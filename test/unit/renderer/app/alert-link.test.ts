import { expect, test } from 'vitest';
import { alertLink } from '#renderer/app/alert-link.ts';
import type { BusinessDay } from '#shared/domain/time.ts';

const day = '2026-11-20' as BusinessDay;

test.each([
  ['callback:4', null, '/callbacks/4', 'callbacks.read'],
  ['callbacks:2026-11-20', null, '/callbacks', 'callbacks.read'],
  ['movement:12', day, '/reconcile/2026-11-20', 'ledger.read'],
  ['movement:12', null, '/reconcile', 'ledger.read'],
  ['import:3', null, '/statements/files/3', 'ledger.read'],
  ['receipt:SJK4H7L2QP', null, '/look-up/SJK4H7L2QP', 'payments.look-up'],
  ['relay', null, '/safaricom', 'safaricom.read'],
  ['relay:gap:4', null, '/safaricom', 'safaricom.read'],
  ['credential:174379/app', null, '/safaricom', 'safaricom.read'],
])('an alert about %s leads to it', (subject, about, path, needs) => {
  expect(alertLink({ subject, day: about })).toEqual({ path, needs });
});

test.each(['clock', 'call:7', '', 'callback:x'])('an alert about %s leads nowhere', (subject) => {
  expect(alertLink({ subject, day: null })).toBeNull();
});
