import { describe, expect, test } from 'vitest';
import { selectCredential } from '#main/db/queries/credentials.ts';
import { type CredentialDesk, openCredentialDesk } from '#main/services/credentials/desk.ts';
import { readAppKeys, readOperator } from '#main/services/safaricom/kept-secrets.ts';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import { MINUTE } from '#shared/domain/time.ts';
import { posted, spoiled, unreached } from '#test/daraja-simulator/fault.ts';
import { operator } from '#test/helpers/credential-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop } from '#test/helpers/safaricom-shop.ts';

const LOOK_UP = { shortCode: PAYBILL, kind: 'look-up-operator' } as const;
const APP = { shortCode: PAYBILL, kind: 'app' } as const;
const OLD = 'Look#Up2026';
const NEW = 'Mpya#2027';

type Rotating = { readonly shop: SafaricomShop; readonly desk: CredentialDesk };

async function open(options: Parameters<typeof openSafaricomShop>[0] = {}): Promise<Rotating> {
  const shop = await openSafaricomShop({ credentials: 'working', ...options });
  return { shop, desk: openCredentialDesk(shop.parts) };
}

const typed = ({ desk }: Rotating, password: string) =>
  desk.rotations.begin({
    shortCode: PAYBILL,
    credential: operator('look-up-operator', 'mfanolook', password),
  });
const check = ({ shop, desk }: Rotating, of: typeof LOOK_UP | typeof APP = LOOK_UP) =>
  desk.rotations.check(shop.actor, of);
const row = ({ shop }: Rotating, kind: CredentialKind = 'look-up-operator') =>
  selectCredential(shop.core.ledger.read, PAYBILL, kind);
const kept = async ({ shop }: Rotating) => {
  const found = await readOperator(shop.parts.secrets, PAYBILL);
  return found.ok && found.value && 'password' in found.value ? found.value.password : null;
};

async function answer({ shop }: Rotating): Promise<void> {
  await shop.simulator.settle();
  await shop.collect();
}

describe('a new password of an operator', () => {
  test('is tried once while the old one stays, and put into use as working', async () => {
    const rotating = await open();
    const { shop, desk } = rotating;
    shop.simulator.operators.changePassword('mfanolook', NEW);
    expect(unwrap(typed(rotating, NEW))).toMatchObject({ step: 'typed' });
    expect(unwrap(await check(rotating))).toMatchObject({ step: 'asked' });
    // Pressed again, it is still one try.
    expect(unwrap(await check(rotating))).toMatchObject({ step: 'asked' });
    expect(await kept(rotating)).toBe(OLD);
    await answer(rotating);
    expect(desk.rotations.show(LOOK_UP)).toMatchObject({ step: 'good', why: null });
    expect(shop.simulator.journal.calls('balance')).toHaveLength(1);
    const before = row(rotating);
    unwrap(await desk.finish(shop.actor, LOOK_UP));
    expect(await kept(rotating)).toBe(NEW);
    expect(row(rotating)).toMatchObject({ state: 'working', stateAt: expect.any(Number) });
    expect(row(rotating)?.setAt).toBeGreaterThanOrEqual(before?.setAt ?? 0);
    expect(desk.rotations.show(LOOK_UP)).toMatchObject({ step: 'gone' });
    const { details } = shop.core.ledger.read.get<{ details: string }>(
      `SELECT details FROM audit_entries WHERE action = 'credential.set' ORDER BY seq DESC`,
    ) ?? { details: '{}' };
    expect(JSON.parse(details)).toMatchObject({ how: 'rotated', secret: 'look-up-operator' });
  });

  test('that Safaricom refuses leaves the old one in use, and as it stood', async () => {
    const rotating = await open();
    const before = row(rotating);
    unwrap(typed(rotating, 'not it'));
    unwrap(await check(rotating));
    await answer(rotating);
    expect(rotating.desk.rotations.show(LOOK_UP)).toMatchObject({
      step: 'refused',
      why: { id: 'credential.rotate.said', values: { code: '2001' } },
    });
    expect(await kept(rotating)).toBe(OLD);
    expect(row(rotating)).toEqual(before);
    // Typed anew, it may be tried anew.
    unwrap(typed(rotating, OLD));
    expect(unwrap(await check(rotating))).toMatchObject({ step: 'asked' });
  });

  test('may be put into use without a check, and is then untried', async () => {
    const rotating = await open();
    unwrap(typed(rotating, NEW));
    unwrap(await rotating.desk.finish(rotating.shop.actor, LOOK_UP));
    expect(await kept(rotating)).toBe(NEW);
    expect(row(rotating)).toMatchObject({ state: 'untried', stateAt: null });
    expect(rotating.shop.simulator.journal.calls('balance')).toEqual([]);
  });

  test('of which an answer says nothing stays unknown, and a late answer still counts', async () => {
    const rotating = await open();
    const { shop, desk } = rotating;
    shop.simulator.next('balance', posted.answeredWith('26', 'System busy.'));
    unwrap(typed(rotating, OLD));
    unwrap(await check(rotating));
    await answer(rotating);
    expect(desk.rotations.show(LOOK_UP)).toMatchObject({ step: 'no-answer' });
    shop.simulator.next('balance', posted.answeredAfterTimeout(5 * MINUTE));
    unwrap(await check(rotating));
    await answer(rotating);
    expect(desk.rotations.show(LOOK_UP)).toMatchObject({ step: 'no-answer' });
    await shop.simulator.advance(6 * MINUTE);
    await answer(rotating);
    expect(desk.rotations.show(LOOK_UP)).toMatchObject({ step: 'good' });
  });

  test('cannot be checked without a relay, and can be put into use all the same', async () => {
    const rotating = await open({ isPaired: false });
    unwrap(typed(rotating, NEW));
    expect(unwrap(await check(rotating))).toMatchObject({
      step: 'cannot-check',
      why: { id: 'safaricom.no-relay' },
    });
    unwrap(await rotating.desk.finish(rotating.shop.actor, LOOK_UP));
    expect(row(rotating)?.state).toBe('untried');
  });

  test('whose question may have been lost says so', async () => {
    const rotating = await open();
    rotating.shop.simulator.next('balance', spoiled.replyLost());
    unwrap(typed(rotating, OLD));
    expect(unwrap(await check(rotating))).toMatchObject({ step: 'no-answer' });
  });

  test('is forgotten when the dialog closes, after half an hour, and with the program', async () => {
    const rotating = await open();
    const { shop, desk } = rotating;
    unwrap(typed(rotating, NEW));
    desk.rotations.cancel(LOOK_UP);
    expect(desk.rotations.show(LOOK_UP)).toMatchObject({ step: 'gone' });
    expect(codeOf(await desk.finish(shop.actor, LOOK_UP))).toBe('access/out-of-order');
    expect(unwrap(await check(rotating))).toMatchObject({ step: 'gone' });

    unwrap(typed(rotating, NEW));
    await shop.simulator.advance(31 * MINUTE);
    expect(desk.rotations.show(LOOK_UP)).toMatchObject({ step: 'gone' });

    unwrap(typed(rotating, NEW));
    expect(openCredentialDesk(shop.parts).rotations.show(LOOK_UP)).toMatchObject({ step: 'gone' });
    expect(await kept(rotating)).toBe(OLD);
  });

  test('is looked at as it is typed, and has an older one to take the place of', async () => {
    const rotating = await open();
    expect(codeOf(typed(rotating, ' '))).toBe('credential/bad-input');
    const fresh = await open({ credentials: 'none' });
    expect(codeOf(typed(fresh, NEW))).toBe('credential/not-set');
  });
});

describe('new keys of an app', () => {
  const keys = (shop: SafaricomShop, secret?: string) => {
    const [app] = shop.simulator.shop.apps;
    return {
      kind: 'app',
      key: app?.consumerKey ?? '',
      secret: secret ?? app?.consumerSecret ?? '',
    } as const;
  };

  test('are tried by asking for a token, on the record', async () => {
    const rotating = await open();
    const { shop, desk } = rotating;
    unwrap(desk.rotations.begin({ shortCode: PAYBILL, credential: keys(shop) }));
    expect(unwrap(await check(rotating, APP))).toMatchObject({ step: 'good' });
    unwrap(await desk.finish(shop.actor, APP));
    expect(row(rotating, 'app')?.state).toBe('working');
    const tries = shop.core.ledger.read.all<{ details: string }>(
      `SELECT details FROM audit_entries WHERE action = 'credential.tried' ORDER BY seq`,
    );
    expect(tries.map(({ details }) => (JSON.parse(details) as { result: string }).result)).toEqual([
      'asked',
      'good',
    ]);
    const calls = `SELECT subject, staff_id AS staffId, state FROM api_calls WHERE product = 'token'`;
    expect(shop.core.ledger.read.all(calls)).toEqual([
      { subject: `rotation:${PAYBILL}`, staffId: shop.actor.staffId, state: 'answered' },
    ]);
  });

  test('that are wrong are refused, and the old ones stay', async () => {
    const rotating = await open();
    const { shop, desk } = rotating;
    unwrap(desk.rotations.begin({ shortCode: PAYBILL, credential: keys(shop, 'wrong') }));
    expect(unwrap(await check(rotating, APP))).toMatchObject({
      step: 'refused',
      why: { id: 'credential.rotate.keys-refused' },
    });
    expect(await readAppKeys(shop.parts.secrets, PAYBILL)).toMatchObject({
      value: { secret: shop.simulator.shop.apps[0]?.consumerSecret },
    });
    expect(row(rotating, 'app')?.state).toBe('working');
    const calls = shop.core.ledger.read.all(`SELECT state FROM api_calls WHERE product = 'token'`);
    expect(calls).toEqual([{ state: 'refused' }]);
  });

  test('say nothing while Safaricom cannot be asked', async () => {
    const rotating = await open();
    const { shop, desk } = rotating;
    shop.simulator.next('token', unreached.gatewayPage());
    unwrap(desk.rotations.begin({ shortCode: PAYBILL, credential: keys(shop) }));
    expect(unwrap(await check(rotating, APP))).toMatchObject({ step: 'cannot-check' });
  });
});
