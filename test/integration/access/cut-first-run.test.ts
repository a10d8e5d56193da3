import { describe, expect, it, onTestFinished } from 'vitest';
import { type Access, openAccess } from '#main/access/access.ts';
import { readRecoveryFile } from '#main/access/recovery-file.ts';
import { openRecoveryKits } from '#main/access/recovery-kit.ts';
import type { OpenLedger } from '#main/db/open.ts';
import { silentLog } from '#main/log/log.ts';
import { type OpenedCore, openCore } from '#main/open-core.ts';
import type { Core } from '#main/services/core.ts';
import { openOwnerSetup } from '#main/services/set-up-owner.ts';
import { saveShopDraft } from '#main/services/set-up-shop.ts';
import { ask, finishFirstRun, OWNER, SHOP, signInOwner, typeBack } from '#test/helpers/first-run.ts';
import {
  cutPower,
  freshPlace,
  hasFile,
  openThere,
  type Place,
  profileOf,
  withDatabase,
} from '#test/helpers/first-run-shop.ts';
import { quickPasswords } from '#test/helpers/prepare-profile.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { WEAK_COST } from '#test/helpers/weak-cost.ts';
import { WORKER } from '#test/helpers/worker-url.ts';

/** The steps of `setup:finish`, and what is there when the power goes just then. */
const CUTS = [
  { when: 'before the kit is written', at: 'start', isFinished: false },
  { when: 'when the kit is written and the books do not name it yet', at: 'before-act', isFinished: false },
  { when: 'when the books name the owner and the kit still waits', at: 'after-act', isFinished: true },
  { when: 'when the kit is in use and the log is not signed yet', at: 'before-begin', isFinished: true },
  { when: 'when the log is signed and the owner not signed in yet', at: 'after-begin', isFinished: true },
] as const;
type Cut = (typeof CUTS)[number]['at'];

/** Goes through the wizard and takes what the disk holds at one moment of its last step. */
async function cutAt(cut: Cut): Promise<{ place: Place; code: string }> {
  const place = freshPlace();
  const { core, close } = await openHere(place);
  onTestFinished(close);
  const cuts: Place[] = [];
  const passing = (here: Cut) => {
    if (here === cut) cuts.push(cutPower(place));
  };
  const watched = watchSteps(core, passing);
  const access = accessOf(core);
  unwrap(saveShopDraft(core, SHOP));
  const owner = openOwnerSetup(watched, access);
  const { kit } = unwrap(await owner.makeOwner(OWNER));
  passing('start');
  unwrap(await owner.finish({ groups: typeBack(kit), totpCode: null, refusesTotp: true }, 'main'));
  const [left, ...more] = cuts;
  if (!left || more.length > 0) throw new Error(`the moment came ${cuts.length} times`);
  return { place: left, code: kit.groups.join(' ') };
}

async function openHere(place: Place): Promise<OpenedCore> {
  const opened = await openCore({
    profile: profileOf(place),
    host: 'preview',
    keys: place.vault,
    version: '0.0.0-test',
    environment: 'production',
    language: 'en',
    workerUrl: WORKER,
    log: silentLog,
    tell: () => undefined,
  });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

function accessOf({ ledger, now }: Core): Access {
  const kits = openRecoveryKits(WEAK_COST);
  return openAccess({ host: 'preview', read: ledger.read, now, passwords: quickPasswords(), kits });
}

function watchSteps(core: Core, passing: (here: Cut) => void): Core {
  const act: OpenLedger['act'] = (actor, action, subject, write) => {
    const isStep = action === 'setup.finished';
    if (isStep) passing('before-act');
    const done = core.ledger.act(actor, action, subject, write);
    if (isStep) passing('after-act');
    return done;
  };
  const begin: Core['audit']['begin'] = async (actor, root) => {
    passing('before-begin');
    const begun = await core.audit.begin(actor, root);
    passing('after-begin');
    return begun;
  };
  return { ...core, ledger: { ...core.ledger, act }, audit: { ...core.audit, begin } };
}

describe('a power cut in the last step of the first run', () => {
  it.each(CUTS.filter((cut) => !cut.isFinished))('$when: the wizard goes on', async ({ at }) => {
    const { place, code } = await cutAt(at);
    const app = await openThere(place);
    expect(unwrap(await ask(app, 'access:state', {})).phase).toBe('first-run');
    expect(unwrap(await ask(app, 'setup:show', {}))).toEqual({ step: 'owner', ...SHOP });
    // The sheet that was printed meanwhile is for nothing.
    expect(hasFile(place, 'recovery.json')).toBe(false);
    expect(codeOf(await signInOwner(app))).toBe('access/refused');

    const finished = await finishFirstRun(app, { withTotp: false });
    expect(finished.code).not.toBe(code);
    expect(unwrap(await ask(app, 'access:state', {})).phase).toBe('open');
    expect(readRecoveryFile(profileOf(place))).toMatchObject({ pending: null });
  });

  it.each(CUTS.filter((cut) => cut.isFinished))('$when: it is finished', async ({ at }) => {
    const { place, code } = await cutAt(at);
    const app = await openThere(place);
    expect(unwrap(await ask(app, 'access:state', {}))).toMatchObject({
      phase: 'signed-out',
      shopName: SHOP.shopName,
    });
    expect(codeOf(await ask(app, 'setup:show', {}))).toBe('access/out-of-order');
    expect(readRecoveryFile(profileOf(place))).toMatchObject({ pending: null });
    expect(codeOf(await signInOwner(app))).toBe('ok');
    unwrap(await ask(app, 'access:sign-out', {}));
    // The code on the sheet is the one that counts.
    const password = 'four tall baobab trees';
    expect(codeOf(await ask(app, 'recovery:reset-owner', { code, name: OWNER.name, password }))).toBe('ok');
    expect(codeOf(await signInOwner(app, password))).toBe('ok');
  });

  const written = CUTS.filter((cut) => cut.at !== 'start');
  it.each(written)('$when: with the keychain lost too, the code opens it', async ({ at, isFinished }) => {
    const { place, code } = await cutAt(at);
    const elsewhere: Place = { folder: place.folder, vault: freshPlace().vault };
    const app = await openThere(elsewhere);
    expect(unwrap(await ask(app, 'access:state', {})).phase).toBe('recovery');
    expect(codeOf(await ask(app, 'recovery:open', { code }))).toBe('ok');
    expect(unwrap(await ask(app, 'access:state', {})).phase).toBe(isFinished ? 'signed-out' : 'first-run');
    expect(hasFile(place, 'recovery.json')).toBe(isFinished);
  });

  it('before the log is signed: the code that the owner has begins it, and answers an alarm', async () => {
    const { place, code } = await cutAt('before-begin');
    const app = await openThere(place);
    unwrap(await signInOwner(app));
    // The keychain of this test went on with the shop that lost no power.
    const unsigned = unwrap(await ask(app, 'audit:head', {}));
    expect(unsigned).toMatchObject({ rootFingerprint: null, alarm: { kind: 'rolled-back' } });
    unwrap(await ask(app, 'access:confirm', { password: OWNER.password, code: null }));
    const begun = unwrap(await ask(app, 'audit:restart', { code }));
    const { fingerprint } = unwrap(await ask(app, 'recovery:show', {}));
    expect(begun).toMatchObject({ rootFingerprint: fingerprint, signedTo: begun.entries, alarm: null });
    await app.close();
  });

  it('before the log is signed: the owner’s next recovery code begins it', async () => {
    const { place } = await cutAt('before-begin');
    const app = await openThere(place);
    unwrap(await signInOwner(app));
    unwrap(await ask(app, 'access:confirm', { password: OWNER.password, code: null }));
    const made = unwrap(await ask(app, 'recovery:make-code', {}));
    expect(codeOf(await ask(app, 'recovery:confirm-code', { groups: typeBack(made) }))).toBe('ok');
    expect(unwrap(await ask(app, 'recovery:show', {})).fingerprint).toBe(made.fingerprint);
    await app.close();
    const begun = await withDatabase(place, (db) =>
      db.prepare('SELECT count(*) AS n FROM audit_entries WHERE action = ?').get('audit.begun'),
    );
    expect(begun).toEqual({ n: 1 });
  });
});
