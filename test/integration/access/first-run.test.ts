import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRecoveryFile } from '#main/access/recovery-file.ts';
import { totpAt } from '#main/access/totp.ts';
import { fingerprintOf } from '#main/audit/ed25519.ts';
import { silentLog } from '#main/log/log.ts';
import { openCore } from '#main/open-core.ts';
import { startSetUpSession } from '#main/services/set-up-session.ts';
import { claimNumber } from '#main/services/tills.ts';
import { ask, finishFirstRun, OWNER, SHOP, signInOwner, typeBack } from '#test/helpers/first-run.ts';
import { freshPlace, hasFile, openThere, profileOf, withDatabase } from '#test/helpers/first-run-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { WORKER } from '#test/helpers/worker-url.ts';

describe('the first run', () => {
  it('begins with an empty sheet in the language of the books', async () => {
    const app = await openThere(freshPlace());
    expect(unwrap(await ask(app, 'access:state', {})).phase).toBe('first-run');
    expect(unwrap(await ask(app, 'setup:show', {}))).toEqual({
      step: 'shop',
      language: 'en',
      shopName: '',
      tills: [],
      dayStartMinutes: 0,
      statementsFrom: 'unknown',
    });
  });

  it('can be left after the shop and gone on with, and until then nothing of it is usable', async () => {
    const place = freshPlace();
    const first = await openThere(place);
    unwrap(await ask(first, 'setup:save-shop', SHOP));
    unwrap(await ask(first, 'setup:make-owner', OWNER));
    await first.close();
    expect(hasFile(place, 'recovery.json')).toBe(false);

    const app = await openThere(place);
    const state = unwrap(await ask(app, 'access:state', {}));
    expect(state).toMatchObject({ phase: 'first-run', shopName: '', person: null });
    expect(unwrap(await ask(app, 'setup:show', {}))).toEqual({ step: 'owner', ...SHOP });
    expect(codeOf(await signInOwner(app))).toBe('access/refused');
    expect(codeOf(await ask(app, 'app:state', {}))).toBe('ipc/signed-out');
    // What was in memory is gone, so its code can put nothing into use.
    const groups = [0, 1].map((index) => ({ index, text: 'ABCD' }));
    expect(codeOf(await ask(app, 'setup:finish', { groups, totpCode: null, refusesTotp: true }))).toBe(
      'access/out-of-order',
    );
    await app.close();
    expect(await withDatabase(place, (db) => db.prepare('SELECT count(*) AS n FROM tills').get())).toEqual({
      n: 0,
    });
  });

  it('ends with everything in use at once and the owner signed in', async () => {
    const place = freshPlace();
    const app = await openThere(place);
    const { recoveryCodes, totpSecret } = await finishFirstRun(app, { withTotp: true });
    expect(new Set(recoveryCodes).size).toBe(10);
    const state = unwrap(await ask(app, 'access:state', {}));
    expect(state).toMatchObject({
      phase: 'open',
      language: 'sw',
      shopName: SHOP.shopName,
      person: { name: OWNER.name, role: 'owner', hasTotp: true, mustLengthen: false },
    });
    const books = unwrap(await ask(app, 'app:state', {}));
    expect(books.tills.map(({ name, numbers }) => ({ name, numbers }))).toEqual([
      { name: 'Counter', numbers: ['1234567'] },
      { name: '7654321', numbers: ['7654321'] },
    ]);
    expect(books.dayStarts).toEqual([{ fromDay: '2007-01-01', minutes: 180 }]);
    await app.close();

    const again = await openThere(place);
    expect(unwrap(await ask(again, 'access:state', {})).phase).toBe('signed-out');
    expect(unwrap(await signInOwner(again))).toEqual({ next: 'code' });
    const next = totpAt(totpSecret, Date.now() + 30_000);
    expect(unwrap(await signInOwner(again, OWNER.password, next))).toEqual({ next: 'open' });
  });

  it('takes the code of the second factor once: the one it was set up with opens nothing more', async () => {
    const app = await openThere(freshPlace());
    const { totpSecret } = await finishFirstRun(app, { withTotp: true });
    unwrap(await ask(app, 'access:sign-out', {}));
    const before = totpAt(totpSecret, Date.now() - 30_000);
    expect(codeOf(await signInOwner(app, OWNER.password, before))).toBe('access/refused');
  });

  it('goes without a second factor only when that is said', async () => {
    const app = await openThere(freshPlace());
    unwrap(await ask(app, 'setup:save-shop', SHOP));
    const { kit, totp } = unwrap(await ask(app, 'setup:make-owner', OWNER));
    const groups = typeBack(kit);
    const finish = (totpCode: string | null, refusesTotp: boolean) =>
      ask(app, 'setup:finish', { groups, totpCode, refusesTotp });
    expect(codeOf(await finish(null, false))).toBe('access/refused');
    // A refusal that comes with a code is not one: the code counts.
    expect(codeOf(await finish('000000', true))).toBe('access/refused');
    expect(codeOf(await finish(totpAt(totp.secret, Date.now() - 120_000), false))).toBe('access/refused');
    expect(unwrap(await finish(null, true)).recoveryCodes).toEqual([]);
    expect(unwrap(await ask(app, 'access:state', {})).person?.hasTotp).toBe(false);
  });

  it('checks the second factor against the time last learnt, and against no time that nobody knows of', async () => {
    const place = freshPlace();
    const app = await openThere(place);
    const ahead = 7 * 60_000;
    await withDatabase(place, (db) =>
      db.prepare(`INSERT INTO settings (name, value) VALUES ('clock-offset-ms', ?)`).run(String(ahead)),
    );
    unwrap(await ask(app, 'setup:save-shop', SHOP));
    const { kit, totp } = unwrap(await ask(app, 'setup:make-owner', OWNER));
    const finish = (at: number) =>
      ask(app, 'setup:finish', {
        groups: typeBack(kit),
        totpCode: totpAt(totp.secret, at),
        refusesTotp: false,
      });
    expect(codeOf(await finish(Date.now() - ahead))).toBe('access/refused');
    expect(codeOf(await finish(Date.now() + ahead))).toBe('ok');
  });

  it('needs the two groups that were asked for', async () => {
    const app = await openThere(freshPlace());
    unwrap(await ask(app, 'setup:save-shop', SHOP));
    const { kit } = unwrap(await ask(app, 'setup:make-owner', OWNER));
    const finish = (groups: { index: number; text: string }[]) =>
      ask(app, 'setup:finish', { groups, totpCode: null, refusesTotp: true });
    const right = typeBack(kit);
    const others = [0, 1, 2, 3, 4, 5, 6, 7].filter((index) => !kit.ask.includes(index)).slice(0, 2);
    const wrong = right.map(({ index }) => ({ index, text: 'ZZZZ' }));
    expect(codeOf(await finish(wrong))).toBe('recovery/wrong-code');
    const notAsked = others.map((index) => ({ index, text: kit.groups[index] ?? '' }));
    expect(codeOf(await finish(notAsked))).toBe('recovery/wrong-code');
    expect(unwrap(await ask(app, 'access:state', {})).phase).toBe('first-run');
    expect(codeOf(await finish(right))).toBe('ok');
  });

  it('counts the newest code when the owner was named twice', async () => {
    const place = freshPlace();
    const app = await openThere(place);
    unwrap(await ask(app, 'setup:save-shop', SHOP));
    const first = unwrap(await ask(app, 'setup:make-owner', OWNER));
    const { fingerprint } = first.kit;
    const finished = await finishFirstRun(app, { withTotp: false });
    expect(finished.fingerprint).not.toBe(fingerprint);
    unwrap(await ask(app, 'access:sign-out', {}));
    const reset = (code: string) =>
      ask(app, 'recovery:reset-owner', { code, name: OWNER.name, password: 'four tall baobab trees' });
    expect(codeOf(await reset(first.kit.groups.join('-')))).toBe('recovery/wrong-code');
    expect(codeOf(await reset(finished.code))).toBe('ok');
  });

  it('is refused once the books have people, signed in or not', async () => {
    const app = await openThere(freshPlace());
    await finishFirstRun(app, { withTotp: false });
    const groups = [0, 1].map((index) => ({ index, text: 'ABCD' }));
    for (const isSignedIn of [true, false]) {
      if (!isSignedIn) unwrap(await ask(app, 'access:sign-out', {}));
      expect(codeOf(await ask(app, 'setup:show', {}))).toBe('access/out-of-order');
      expect(codeOf(await ask(app, 'setup:save-shop', SHOP))).toBe('access/out-of-order');
      expect(codeOf(await ask(app, 'setup:make-owner', { ...OWNER, name: 'Mallory' }))).toBe(
        'access/out-of-order',
      );
      expect(codeOf(await ask(app, 'setup:finish', { groups, totpCode: null, refusesTotp: true }))).toBe(
        'access/out-of-order',
      );
    }
  });

  it('asks for the shop before the owner', async () => {
    const app = await openThere(freshPlace());
    expect(codeOf(await ask(app, 'setup:make-owner', OWNER))).toBe('access/out-of-order');
  });

  it.each([
    ['a short one', 'shortish'],
    ['a common one', 'password1234'],
    ['the name of the shop that is only drafted', 'Duka la Mfano 1'],
    ['a number that is only drafted', 'x1234567y!!'],
    ['the person’s own name', 'wanjiku-wanjiku'],
  ])('refuses %s as the password', async (_, password) => {
    const app = await openThere(freshPlace());
    unwrap(await ask(app, 'setup:save-shop', SHOP));
    expect(codeOf(await ask(app, 'setup:make-owner', { name: OWNER.name, password }))).toBe(
      'access/weak-password',
    );
  });

  it('refuses the name of the program itself, and a number that is listed twice', async () => {
    const app = await openThere(freshPlace());
    const tills = [SHOP.tills[0] ?? { number: '', name: '' }, { number: '1234567', name: 'Again' }];
    expect(codeOf(await ask(app, 'setup:save-shop', { ...SHOP, tills }))).toBe('ledger/bad-input');
    unwrap(await ask(app, 'setup:save-shop', SHOP));
    expect(codeOf(await ask(app, 'setup:make-owner', { ...OWNER, name: 'daftari' }))).toBe(
      'access/name-taken',
    );
  });

  it('refuses more than can be kept, and keeps what was there', async () => {
    const app = await openThere(freshPlace());
    unwrap(await ask(app, 'setup:save-shop', SHOP));
    const tills = Array.from({ length: 20 }, (_, index) => ({
      number: String(100_000_000 + index),
      name: '"'.repeat(80),
    }));
    const shopName = '"'.repeat(80);
    expect(codeOf(await ask(app, 'setup:save-shop', { ...SHOP, shopName, tills }))).toBe('ledger/bad-input');
    expect(unwrap(await ask(app, 'setup:show', {})).shopName).toBe(SHOP.shopName);
  });

  it('makes the owner of books in which the command line has worked, with all that is in them', async () => {
    const place = freshPlace();
    const opened = await openCore({
      profile: profileOf(place),
      host: 'cli',
      keys: place.vault,
      version: '0.0.0-test',
      environment: 'production',
      language: 'en',
      workerUrl: WORKER,
      log: silentLog,
      tell: () => undefined,
    });
    if (!opened.ok) throw new Error(opened.error.code);
    const { core, close } = opened.value;
    const session = startSetUpSession(core, 'cli');
    claimNumber(core, session.actor, '1234567', 'DEMO DUKA', 'statement.csv');
    session.end();
    await close();

    const app = await openThere(place);
    expect(unwrap(await ask(app, 'setup:show', {})).tills).toEqual([
      { number: '1234567', name: 'DEMO DUKA' },
    ]);
    await finishFirstRun(app, { withTotp: false });
    const { tills, actor } = unwrap(await ask(app, 'app:state', {}));
    expect(actor).toEqual({ name: OWNER.name, role: 'owner' });
    expect(tills.map(({ name, numbers }) => [name, numbers])).toEqual([
      ['Counter', ['1234567']],
      ['7654321', ['7654321']],
    ]);
    await app.close();
    const claimed = await withDatabase(place, (db) =>
      db
        .prepare(`SELECT s.name FROM audit_entries a JOIN staff s ON s.id = a.staff_id WHERE a.action = ?`)
        .get('till.number-added'),
    );
    expect(claimed).toEqual({ name: OWNER.name });
  });

  it('begins a log that the code of the kit signs', async () => {
    const place = freshPlace();
    const app = await openThere(place);
    const { fingerprint } = await finishFirstRun(app, { withTotp: false });
    expect(unwrap(await ask(app, 'recovery:show', {})).fingerprint).toBe(fingerprint);
    await app.close();
    const begun = await withDatabase(place, (db) =>
      db
        .prepare(`SELECT json_extract(details, '$.root') AS root FROM audit_entries WHERE action = ?`)
        .get('audit.begun'),
    );
    const file = readRecoveryFile(profileOf(place));
    expect(file).toMatchObject({ current: begun, pending: null });
    expect(fingerprintOf((begun as { root: string }).root)).toBe(fingerprint);
  });

  it('leaves neither the password, the code nor the second factor in clear anywhere on the disk', async () => {
    const place = freshPlace();
    const app = await openThere(place);
    const { code, totpSecret, recoveryCodes } = await finishFirstRun(app, { withTotp: true });
    await app.close();
    const written = ['ledger.db', 'ledger.json', 'recovery.json', 'logs/daftari.log']
      .filter((name) => hasFile(place, name))
      .map((name) => readFileSync(join(profileOf(place), name), 'latin1'))
      .join('\n');
    expect(written.length).toBeGreaterThan(10_000);
    const secrets = [
      OWNER.password,
      OWNER.name,
      totpSecret,
      code,
      code.replaceAll(' ', ''),
      ...recoveryCodes,
    ];
    for (const secret of secrets) expect(written).not.toContain(secret);
    const log = await withDatabase(place, (db) =>
      JSON.stringify(db.prepare('SELECT action, subject, details FROM audit_entries').all()),
    );
    for (const secret of [...secrets, SHOP.shopName]) expect(log).not.toContain(secret);
  });
});
