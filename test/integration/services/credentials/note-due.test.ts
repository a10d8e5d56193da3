import { expect, test } from 'vitest';
import { noteDueCredentials } from '#main/services/credentials/note-due.ts';
import { DAY, type UtcMs } from '#shared/domain/time.ts';
import {
  APP,
  CODE,
  type CredentialShop,
  LOOK_UP,
  openCredentialShop,
  operator,
} from '#test/helpers/credential-shop.ts';
import { unwrap } from '#test/helpers/results.ts';

const alerts = ({ core }: CredentialShop) =>
  core.ledger.read.all<{ kind: string; subject: string }>('SELECT kind, subject FROM alerts ORDER BY id');
const look = ({ core }: CredentialShop, inDays: number) =>
  noteDueCredentials({ ...core, now: () => (core.now() + inDays * DAY) as UtcMs });

test('a password is spoken of on day 75 and on day 90, once each', async () => {
  const shop = await openCredentialShop();
  unwrap(await shop.set(LOOK_UP));
  unwrap(await shop.set(APP));
  for (const day of [0, 74, 75, 75, 80, 89, 90, 90, 200]) look(shop, day);
  expect(alerts(shop).map(({ kind }) => kind)).toEqual(['credential-due', 'credential-overdue']);
  expect(alerts(shop)[0]?.subject).toMatch(new RegExp(`^credential:${CODE}:look-up-operator:\\d+$`));
  look(shop, 336);
  expect(alerts(shop)).toHaveLength(3);
});

test('the next password is spoken of anew', async () => {
  const shop = await openCredentialShop();
  unwrap(await shop.set(LOOK_UP));
  look(shop, 76);
  unwrap(await shop.set(operator('look-up-operator', 'mfanolook', 'Mpya#2027')));
  look(shop, 0);
  expect(alerts(shop)).toHaveLength(1);
  look(shop, 76);
  expect(alerts(shop)).toHaveLength(2);
});
