import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readRecoveryFile, writeRecoveryFile } from '#main/access/recovery-file.ts';
import { openRecoveryKits } from '#main/access/recovery-kit.ts';
import type { App } from '#main/app-types.ts';
import { readCode } from '#shared/domain/recovery/code.ts';
import { ask, finishFirstRun, OWNER, signInOwner, typeBack } from '#test/helpers/first-run.ts';
import {
  cutPower,
  freshPlace,
  ledgerIdOf,
  openThere,
  type Place,
  profileOf,
} from '#test/helpers/first-run-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { WEAK_COST } from '#test/helpers/weak-cost.ts';

const confirm = async (app: App) =>
  unwrap(await ask(app, 'access:confirm', { password: OWNER.password, code: null }));

async function changeCode(app: App): Promise<string> {
  await confirm(app);
  const made = unwrap(await ask(app, 'recovery:make-code', {}));
  unwrap(await ask(app, 'recovery:confirm-code', { groups: typeBack(made) }));
  return made.groups.join(' ');
}

function fileOf(place: Place) {
  const file = readRecoveryFile(profileOf(place));
  if (typeof file === 'string') throw new Error(`recovery.json is ${file}`);
  return file;
}

describe('books of which only ledger.db was put back to before the present code', () => {
  let place: Place;
  let oldCode: string;
  let newCode: string;
  let app: App;
  beforeEach(async () => {
    place = freshPlace();
    const first = await openThere(place);
    oldCode = (await finishFirstRun(first, { withTotp: false })).code;
    await first.close();
    const before = cutPower(place);
    const second = await openThere(place);
    unwrap(await signInOwner(second));
    newCode = await changeCode(second);
    await second.close();
    copyFileSync(join(profileOf(before), 'ledger.db'), join(profileOf(place), 'ledger.db'));
    app = await openThere(place);
    unwrap(await signInOwner(app));
    await confirm(app);
  });

  const restart = (code: string) => ask(app, 'audit:restart', { code });

  it('are taken up by the code that was valid then, and get a new one after it', async () => {
    expect(unwrap(await ask(app, 'audit:head', {})).alarm).not.toBeNull();
    expect(unwrap(await restart(oldCode)).alarm).toBeNull();
    const next = await changeCode(app);
    expect(codeOf(await restart(oldCode))).toBe('recovery/wrong-code');
    expect(codeOf(await restart(next))).toBe('ok');
  });

  it('say which code they ask for when it is the present one', async () => {
    expect(await restart(newCode)).toMatchObject({
      error: { code: 'recovery/wrong-code', message: { id: 'audit.restart-older-code' } },
    });
  });

  it('give the old code nothing else: no password, and no key of the books', async () => {
    const reset = { code: oldCode, name: OWNER.name, password: 'four tall baobab trees' };
    expect(codeOf(await ask(app, 'recovery:reset-owner', reset))).toBe('recovery/no-kit');
    expect(fileOf(place).superseded).toEqual([expect.not.objectContaining({ boxes: expect.anything() })]);
    await app.close();
    const elsewhere = await openThere({ folder: place.folder, vault: freshPlace().vault });
    expect(codeOf(await ask(elsewhere, 'recovery:open', { code: oldCode }))).toBe('recovery/wrong-code');
    expect(codeOf(await ask(elsewhere, 'recovery:open', { code: newCode }))).toBe('ok');
  });

  it('give nothing to somebody without a code, who may write any facts beside them', async () => {
    const [facts] = fileOf(place).superseded;
    if (!facts) throw new Error('nothing was kept of the old code');
    const { groups, kit } = await openRecoveryKits(WEAK_COST).make(ledgerIdOf(place), {}, facts.madeAt);
    const { boxes, ...forged } = kit;
    expect(boxes).toEqual({});
    const invented = groups.join(' ');
    expect(readCode(invented).ok).toBe(true);
    for (const lie of [forged, { ...forged, root: facts.root }]) {
      writeRecoveryFile(profileOf(place), { ...fileOf(place), superseded: [lie] });
      const refused = await restart(invented);
      expect(['recovery/wrong-code', 'recovery/no-kit']).toContain(codeOf(refused));
    }
    expect(unwrap(await ask(app, 'audit:head', {})).alarm).not.toBeNull();
  });
});

it('a superseded code does not start the log of books that name the present one', async () => {
  const place = freshPlace();
  const app = await openThere(place);
  const { code } = await finishFirstRun(app, { withTotp: false });
  const present = await changeCode(app);
  expect(codeOf(await ask(app, 'audit:restart', { code }))).toBe('recovery/wrong-code');
  expect(codeOf(await ask(app, 'audit:restart', { code: present }))).toBe('ok');
});
