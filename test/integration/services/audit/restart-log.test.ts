import { expect, test } from 'vitest';
import type { App } from '#main/app-types.ts';
import { render } from '#shared/text/render.ts';
import { ask, finishFirstRun, OWNER, signInOwner } from '#test/helpers/first-run.ts';
import { cutPower, freshPlace, ledgerIdOf, openThere, type Place } from '#test/helpers/first-run-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';

const WRONG = 'ABCD ABCD ABCD ABCD ABCD ABCD ABCD ABCD';
const confirm = async (app: App) =>
  unwrap(await ask(app, 'access:confirm', { password: OWNER.password, code: null }));
const headOf = async (app: App) => unwrap(await ask(app, 'audit:head', {}));

/** A shop whose first run is over, opened again with its owner signed in. */
async function openAgain(place: Place): Promise<App> {
  const app = await openThere(place);
  unwrap(await signInOwner(app));
  return app;
}

test('the first run begins the signed log, with the root key that stands on the kit', async () => {
  const place = freshPlace();
  const app = await openThere(place);
  const { fingerprint } = await finishFirstRun(app, { withTotp: false });
  const head = await headOf(app);
  expect(head).toMatchObject({ rootFingerprint: fingerprint, alarm: null });
  expect(head.signedTo).toBeGreaterThan(0);
});

test('a lost signing key is an alarm until the owner types the recovery code', async () => {
  const place = freshPlace();
  const first = await openThere(place);
  const { code } = await finishFirstRun(first, { withTotp: false });
  await first.close();
  for (const slot of [0, 1]) await place.vault.remove(`${ledgerIdOf(place)}/audit-key-${slot}`);

  const app = await openAgain(place);
  const lost = await headOf(app);
  expect(lost.alarm).toMatchObject({ kind: 'no-signing-key' });
  const { auditAlarm } = unwrap(await ask(app, 'app:state', {}));
  expect(auditAlarm).toEqual(lost.alarm?.words);
  expect(lost.alarm && render(lost.alarm.words, 'sw')).toMatch(/ufunguo/i);
  expect(codeOf(await ask(app, 'audit:restart', { code }))).toBe('ipc/confirm-first');
  await confirm(app);
  expect(codeOf(await ask(app, 'audit:restart', { code: WRONG }))).toBe('recovery/wrong-code');
  const restarted = unwrap(await ask(app, 'audit:restart', { code: code.toLowerCase() }));
  expect(restarted).toMatchObject({ alarm: null, signedTo: restarted.entries });
  expect(unwrap(await ask(app, 'app:state', {})).auditAlarm).toBeNull();
  const { entries } = unwrap(
    await ask(app, 'audit:list', {
      search: '',
      staffId: null,
      areas: ['audit', 'credential'],
      subject: null,
      from: null,
      to: null,
      after: null,
      limit: 10,
    }),
  );
  expect(entries.map(({ action }) => action)).toEqual(
    expect.arrayContaining([
      'audit.restarted',
      'recovery.code-refused',
      'audit.no-signing-key',
      'audit.begun',
    ]),
  );
});

test('S3: books put back to an earlier day are an alarm at the next start, in words', async () => {
  const place = freshPlace();
  const first = await openThere(place);
  await finishFirstRun(first, { withTotp: false });
  await first.close();
  const yesterday = cutPower(place);
  const today = await openAgain(place);
  await today.close();

  const app = await openAgain(yesterday);
  const { alarm } = await headOf(app);
  expect(alarm).toMatchObject({ kind: 'rolled-back' });
  expect(alarm && render(alarm.words, 'en')).toMatch(
    /put back to an earlier state: the log ends at entry \d+/,
  );
});
