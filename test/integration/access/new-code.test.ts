import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRecoveryFile, writeRecoveryFile } from '#main/access/recovery-file.ts';
import type { App } from '#main/app-types.ts';
import type { Output } from '#shared/ipc/contract.ts';
import {
  ask,
  type FinishedRun,
  finishFirstRun,
  OWNER,
  signInOwner,
  typeBack,
} from '#test/helpers/first-run.ts';
import {
  cutPower,
  freshPlace,
  ledgerIdOf,
  openThere,
  type Place,
  profileOf,
  withDatabase,
} from '#test/helpers/first-run-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';

const NEW_PASSWORD = 'four tall baobab trees';
type Shop = Place & FinishedRun & { app: App };

async function makeShop(): Promise<Shop> {
  const place = freshPlace();
  const app = await openThere(place);
  return { ...place, ...(await finishFirstRun(app, { withTotp: false })), app };
}

/** The password again, as the window asks for it. */
async function confirm(app: App): Promise<void> {
  unwrap(await ask(app, 'access:confirm', { password: OWNER.password, code: null }));
}

async function makeCode(app: App): Promise<Output<'recovery:make-code'>> {
  await confirm(app);
  return unwrap(await ask(app, 'recovery:make-code', {}));
}

function opens(app: App, code: string): Promise<string> {
  return ask(app, 'recovery:reset-owner', { code, name: OWNER.name, password: NEW_PASSWORD }).then(codeOf);
}

function kitFile(place: Place) {
  return readRecoveryFile(profileOf(place));
}

/** Whether the code alone opens a copy of these books on another computer. */
async function opensElsewhere(copy: Place, code: string): Promise<string> {
  const app = await openThere({ folder: copy.folder, vault: freshPlace().vault });
  const answer = codeOf(await ask(app, 'recovery:open', { code }));
  await app.close();
  return answer;
}

describe('a new recovery code', () => {
  it('asks for the password first', async () => {
    const { app } = await makeShop();
    expect(codeOf(await ask(app, 'recovery:make-code', {}))).toBe('ipc/confirm-first');
    const groups = [0, 1].map((index) => ({ index, text: 'ABCD' }));
    expect(codeOf(await ask(app, 'recovery:confirm-code', { groups }))).toBe('ipc/confirm-first');
  });

  it('changes nothing until two of its groups were typed back', async () => {
    const shop = await makeShop();
    const before = kitFile(shop);
    const made = await makeCode(shop.app);
    expect(kitFile(shop)).toEqual(before);
    const wrong = made.ask.map((index) => ({ index, text: 'ZZZZ' }));
    expect(codeOf(await ask(shop.app, 'recovery:confirm-code', { groups: wrong }))).toBe(
      'recovery/wrong-code',
    );
    expect(kitFile(shop)).toEqual(before);
    expect(await opens(shop.app, made.groups.join(' '))).toBe('recovery/wrong-code');
    expect(await opens(shop.app, shop.code)).toBe('ok');
  });

  it('takes the place of the old one', async () => {
    const shop = await makeShop();
    const made = await makeCode(shop.app);
    unwrap(await ask(shop.app, 'recovery:confirm-code', { groups: typeBack(made) }));
    const shown = unwrap(await ask(shop.app, 'recovery:show', {}));
    expect(shown.fingerprint).toBe(made.fingerprint);
    expect(made.fingerprint).not.toBe(shop.fingerprint);
    expect(kitFile(shop)).toMatchObject({ pending: null });
    expect(await opens(shop.app, shop.code)).toBe('recovery/wrong-code');
    expect(await opens(shop.app, made.groups.join(' '))).toBe('ok');
  });

  it('is confirmed once, and only by the session it was shown to', async () => {
    const shop = await makeShop();
    const made = await makeCode(shop.app);
    const groups = typeBack(made);
    unwrap(await ask(shop.app, 'access:sign-out', {}));
    unwrap(await signInOwner(shop.app));
    await confirm(shop.app);
    expect(codeOf(await ask(shop.app, 'recovery:confirm-code', { groups }))).toBe('access/out-of-order');
    const again = typeBack(await makeCode(shop.app));
    expect(codeOf(await ask(shop.app, 'recovery:confirm-code', { groups: again }))).toBe('ok');
    expect(codeOf(await ask(shop.app, 'recovery:confirm-code', { groups: again }))).toBe(
      'access/out-of-order',
    );
  });

  it('leaves old copies of the books to the old code', async () => {
    const shop = await makeShop();
    const backup = cutPower(shop);
    const made = await makeCode(shop.app);
    unwrap(await ask(shop.app, 'recovery:confirm-code', { groups: typeBack(made) }));
    await shop.app.close();
    expect(await opensElsewhere(backup, made.groups.join(' '))).toBe('recovery/wrong-code');
    expect(await opensElsewhere(backup, shop.code)).toBe('ok');
    expect(await opensElsewhere(shop, shop.code)).toBe('recovery/wrong-code');
    expect(await opensElsewhere(shop, made.groups.join(' '))).toBe('ok');
  });

  it('is named in the log under its present key, and says which code it replaces', async () => {
    const shop = await makeShop();
    const made = await makeCode(shop.app);
    unwrap(await ask(shop.app, 'recovery:confirm-code', { groups: typeBack(made) }));
    const file = kitFile(shop);
    if (typeof file === 'string') throw new Error(file);
    const rows = await withDatabase(shop, (db) =>
      db
        .prepare(
          `SELECT action, staff_id AS staffId, details FROM audit_entries
            WHERE action IN ('audit.root-named', 'recovery.code-made') ORDER BY seq`,
        )
        .all(),
    );
    const [named, noted] = (rows as { action: string; staffId: number; details: string }[]).map((row) => ({
      ...row,
      details: JSON.parse(row.details) as Record<string, unknown>,
    }));
    expect(named).toMatchObject({
      action: 'audit.root-named',
      staffId: 1,
      details: { root: file.current?.root },
    });
    expect(noted).toMatchObject({
      action: 'recovery.code-made',
      staffId: 1,
      details: { before: { fingerprint: shop.fingerprint }, after: { fingerprint: made.fingerprint } },
    });
  });

  it('is not taken into use while the key that signs the log is missing: the present code is needed first', async () => {
    const shop = await makeShop();
    await shop.app.close();
    for (const place of [0, 1]) await shop.vault.remove(`${ledgerIdOf(shop)}/audit-key-${place}`);
    const app = await openThere(shop);
    unwrap(await signInOwner(app));
    const before = readFileSync(join(profileOf(shop), 'recovery.json'), 'utf8');
    const made = await makeCode(app);
    expect(await ask(app, 'recovery:confirm-code', { groups: typeBack(made) })).toMatchObject({
      error: { code: 'access/out-of-order', message: { id: 'recovery.no-signing-key' } },
    });
    expect(readFileSync(join(profileOf(shop), 'recovery.json'), 'utf8')).toBe(before);
    expect(await opens(app, shop.code)).toBe('ok');
  });

  it('makes a kit where the file beside the books was lost', async () => {
    const shop = await makeShop();
    writeRecoveryFile(profileOf(shop), {
      format: 1,
      ledger: ledgerIdOf(shop),
      current: null,
      pending: null,
    });
    expect(codeOf(await ask(shop.app, 'recovery:show', {}))).toBe('recovery/no-kit');
    const made = await makeCode(shop.app);
    unwrap(await ask(shop.app, 'recovery:confirm-code', { groups: typeBack(made) }));
    expect(await opens(shop.app, made.groups.join(' '))).toBe('ok');
  });
});

describe('a power cut while a new code is taken into use', () => {
  /** The file with both kits, as it lies there for a moment, beside books that name one of them. */
  async function leaveBoth(namesNew: boolean) {
    const shop = await makeShop();
    const old = kitFile(shop);
    const before = cutPower(shop);
    const made = await makeCode(shop.app);
    unwrap(await ask(shop.app, 'recovery:confirm-code', { groups: typeBack(made) }));
    const fresh = kitFile(shop);
    if (typeof old === 'string' || typeof fresh === 'string') throw new Error('no kit');
    const left = namesNew ? cutPower(shop) : before;
    writeRecoveryFile(profileOf(left), { ...old, pending: fresh.current });
    // On a keychain of its own: the shop that goes on must not be disturbed.
    const elsewhere = { folder: left.folder, vault: freshPlace().vault };
    return { left: elsewhere, oldCode: shop.code, newCode: made.groups.join(' ') };
  }

  it.each([
    { state: 'before the log names it, the old one goes on', namesNew: false },
    { state: 'after the log has named it, the new one holds', namesNew: true },
  ])('$state', async ({ namesNew }) => {
    const { left, oldCode, newCode } = await leaveBoth(namesNew);
    const [holds, ended] = namesNew ? [newCode, oldCode] : [oldCode, newCode];
    const app = await openThere(left);
    // Either opens the books at this moment; nobody who wrote one down is shut out.
    unwrap(await ask(app, 'recovery:open', { code: ended }));
    expect(kitFile(left)).toMatchObject({ pending: null });
    expect(await opens(app, ended)).toBe('recovery/wrong-code');
    expect(await opens(app, holds)).toBe('ok');
  });

  it('never lets a copy of older books throw away the kit of newer ones', async () => {
    const shop = await makeShop();
    const older = cutPower(shop);
    const made = await makeCode(shop.app);
    unwrap(await ask(shop.app, 'recovery:confirm-code', { groups: typeBack(made) }));
    await shop.app.close();
    const newer = kitFile(shop);
    for (const name of ['ledger.db', 'ledger.db-wal'])
      cpSync(join(profileOf(older), name), join(profileOf(shop), name));
    const app = await openThere(shop);
    expect(kitFile(shop)).toEqual(newer);
    await app.close();
  });
});
