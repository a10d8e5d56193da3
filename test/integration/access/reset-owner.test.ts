import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { App } from '#main/app-types.ts';
import { ask, type FinishedRun, finishFirstRun, OWNER, signInOwner } from '#test/helpers/first-run.ts';
import { freshPlace, openThere, type Place, profileOf, withDatabase } from '#test/helpers/first-run-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';

const NEW_PASSWORD = 'four tall baobab trees';
const WRONG = 'ABCD ABCD ABCD ABCD ABCD ABCD ABCD ABCD';
type Shop = Place & FinishedRun & { app: App };

async function makeShop(options = { withTotp: false }): Promise<Shop> {
  const place = freshPlace();
  const app = await openThere(place);
  return { ...place, ...(await finishFirstRun(app, options)), app };
}

function reset({ app, code }: Pick<Shop, 'app' | 'code'>, change: { name?: string; password?: string } = {}) {
  return ask(app, 'recovery:reset-owner', {
    code,
    name: OWNER.name,
    password: NEW_PASSWORD,
    ...change,
  });
}

async function settingsOf(shop: Shop): Promise<Record<string, string>> {
  const rows = await withDatabase(shop, (db) => db.prepare('SELECT name, value FROM settings').all());
  return Object.fromEntries(
    (rows as { name: string; value: string }[]).map(({ name, value }) => [name, value]),
  );
}

async function entriesOf(shop: Shop, action: string) {
  const rows = await withDatabase(shop, (db) =>
    db
      .prepare('SELECT staff_id AS staffId, subject, details FROM audit_entries WHERE action = ?')
      .all(action),
  );
  return (rows as { staffId: number | null; subject: string; details: string }[]).map((row) => ({
    ...row,
    details: JSON.parse(row.details) as Record<string, unknown>,
  }));
}

describe('an owner who has forgotten the password', () => {
  it('sets another with the recovery code, without the second factor, whose telephone may be lost too', async () => {
    const shop = await makeShop({ withTotp: true });
    unwrap(await ask(shop.app, 'access:sign-out', {}));
    expect(codeOf(await reset(shop))).toBe('ok');
    expect(codeOf(await signInOwner(shop.app))).toBe('access/refused');
    expect(unwrap(await signInOwner(shop.app, NEW_PASSWORD))).toEqual({ next: 'open' });
    expect(unwrap(await ask(shop.app, 'account:show', {}))).toMatchObject({
      totpSince: null,
      recoveryCodesLeft: 0,
    });
  });

  it('finds it on the record, for the next close, and reversals off for a day', async () => {
    const shop = await makeShop({ withTotp: true });
    const from = Date.now();
    unwrap(await reset(shop));
    const settings = await settingsOf(shop);
    const at = Number(settings['owner-reset-at']);
    expect(at).toBeGreaterThanOrEqual(from);
    expect(Number(settings['reversals-off-until'])).toBe(at + 24 * 3_600_000);
    expect(await entriesOf(shop, 'recovery.owner-reset')).toEqual([
      {
        staffId: null,
        subject: 'staff:1',
        // No key was made yet: she had not given her password since the first run.
        details: { hadTotp: true, lostApproverKey: false, reversalsOffUntil: at + 86_400_000 },
      },
    ]);
  });

  it('loses the key that only the forgotten password opened', async () => {
    const shop = await makeShop();
    unwrap(await ask(shop.app, 'access:sign-out', {}));
    unwrap(await signInOwner(shop.app));
    unwrap(await reset(shop));
    expect(await entriesOf(shop, 'recovery.owner-reset')).toMatchObject([
      { details: { lostApproverKey: true } },
    ]);
    expect(await withDatabase(shop, (db) => db.prepare('SELECT 1 FROM approver_keys').all())).toEqual([]);
    unwrap(await signInOwner(shop.app, NEW_PASSWORD));
    expect(await withDatabase(shop, (db) => db.prepare('SELECT 1 FROM approver_keys').all())).toHaveLength(1);
  });

  it('ends the session that was open, and can use the code again', async () => {
    const shop = await makeShop();
    const told: unknown[] = [];
    shop.app.subscribe((event, payload) => told.push([event, payload]));
    unwrap(await reset(shop));
    expect(unwrap(await ask(shop.app, 'access:state', {})).phase).toBe('signed-out');
    expect(told).toContainEqual(['session:ended', { reason: 'changed', isLocked: false }]);
    expect(codeOf(await reset(shop, { password: 'six slow old tortoises' }))).toBe('ok');
    expect(codeOf(await signInOwner(shop.app, NEW_PASSWORD))).toBe('access/refused');
    expect(codeOf(await signInOwner(shop.app, 'six slow old tortoises'))).toBe('ok');
  });

  it('does not wait for the tries that were made with the old password', async () => {
    const shop = await makeShop();
    unwrap(await ask(shop.app, 'access:sign-out', {}));
    for (let n = 0; n < 3; n += 1) await signInOwner(shop.app, 'not this one at all');
    expect(codeOf(await signInOwner(shop.app))).toBe('access/wait');
    unwrap(await reset(shop));
    const left = await withDatabase(shop, (db) => db.prepare('SELECT scope FROM sign_in_delays').all());
    expect(left).toEqual([{ scope: 'computer' }]);
  });

  it('is not let in by a wrong code, which is recorded and waits longer each time', async () => {
    const shop = await makeShop();
    const wrong = { app: shop.app, code: WRONG };
    for (let n = 0; n < 3; n += 1) expect(codeOf(await reset(wrong))).toBe('recovery/wrong-code');
    expect(await entriesOf(shop, 'recovery.code-refused')).toHaveLength(3);
    const waiting = await reset(shop);
    expect(waiting).toMatchObject({
      error: { code: 'access/wait', message: { id: 'access.wait', values: { seconds: 1 } } },
    });
    expect(codeOf(await signInOwner(shop.app))).toBe('ok');
    expect(await settingsOf(shop)).not.toHaveProperty('owner-reset-at');
  });

  it('keeps counting over a restart', async () => {
    const shop = await makeShop();
    for (let n = 0; n < 9; n += 1) {
      await reset({ app: shop.app, code: WRONG });
      await withDatabase(shop, (db) =>
        db.prepare('UPDATE sign_in_delays SET last_at = last_at - 61000').run(),
      );
    }
    await reset({ app: shop.app, code: WRONG });
    await shop.app.close();
    const again = await openThere(shop);
    expect(codeOf(await reset({ app: again, code: shop.code }))).toBe('access/wait');
  });

  it('is told what is wrong with the name or the password, and keeps the old one', async () => {
    const shop = await makeShop();
    expect(await reset(shop, { name: 'Mallory' })).toMatchObject({
      error: { code: 'access/refused', message: { id: 'recovery.no-such-owner' } },
    });
    expect(codeOf(await reset(shop, { password: 'short' }))).toBe('access/weak-password');
    expect(codeOf(await reset(shop, { name: `  ${OWNER.name.toUpperCase()} ` }))).toBe('ok');
  });

  it('resets nobody but an owner', async () => {
    const shop = await makeShop();
    unwrap(await ask(shop.app, 'access:confirm', { password: OWNER.password, code: null }));
    unwrap(await ask(shop.app, 'staff:add', { name: 'Otieno', role: 'manager' }));
    expect(await reset(shop, { name: 'Otieno' })).toMatchObject({
      error: { message: { id: 'recovery.no-such-owner' } },
    });
  });

  it('is told when there is no kit beside the books', async () => {
    const shop = await makeShop();
    rmSync(join(profileOf(shop), 'recovery.json'));
    expect(codeOf(await reset(shop))).toBe('recovery/no-kit');
    expect(codeOf(await ask(shop.app, 'recovery:show', {}))).toBe('recovery/no-kit');
  });
});
