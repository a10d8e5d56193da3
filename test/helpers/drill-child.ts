import { join } from 'node:path';
import { openKeychain } from '#main/vault/keychain-vault.ts';
import { fillShop } from './drill.ts';
import { ask, openTestApp } from './first-run.ts';
import { loseKey } from './lose-key.ts';
import { codeOf } from './results.ts';

/*
 * One act of the drill in a process of its own, with this session's real keychain:
 * `make FOLDER` prints the recovery code; `lose FOLDER` takes the key out of the keychain;
 * `open FOLDER [CODE]` prints the phase before and after, and the answer to the code.
 */
const [act, folder, code] = process.argv.slice(2);
if (folder === undefined) throw new Error('which folder?');
const vault = openKeychain();

if (act === 'lose') await loseKey(join(folder, 'profile'), vault);
else {
  const app = await openTestApp(folder, vault);
  if (act === 'make') process.stdout.write(await fillShop(app, folder));
  else {
    const phaseNow = async () => {
      const state = await ask(app, 'access:state', {});
      return state.ok ? state.value.phase : state.error.code;
    };
    const before = await phaseNow();
    const answer = code === undefined ? null : codeOf(await ask(app, 'recovery:open', { code }));
    process.stdout.write(JSON.stringify({ before, answer, after: await phaseNow() }));
  }
  await app.close();
}
// A keychain that still holds on must not keep the drill waiting.
process.exit();
