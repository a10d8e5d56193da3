import { PROGRAM } from '#main/db/ledger.ts';
import { saveCredential } from '#main/db/queries/credentials.ts';
import { silentLog } from '#main/log/log.ts';
import { openCore } from '#main/open-core.ts';
import { purposeOf } from '#main/services/safaricom/kept-secrets.ts';
import { openKeychain } from '#main/vault/keychain-vault.ts';
import { openSecrets } from '#main/vault/secrets.ts';
import { dueAt } from '#shared/domain/daraja/credential-age.ts';
import { succeed } from '#shared/ipc/result.ts';

// Makes the books of a demo in the named folder, with the keys of an app in the real keychain of whoever runs it.
const [profile = ''] = process.argv.slice(2);
const vault = openKeychain();
const opened = await openCore({
  profile,
  host: 'cli',
  keys: vault,
  version: '0.0.0-test',
  environment: 'demo',
  language: 'en',
  workerUrl: new URL('../../main/work/worker.ts', import.meta.url),
  log: silentLog,
  tell: () => undefined,
});
if (!opened.ok) throw new Error(opened.error.code);
const { core, close } = opened.value;
const secrets = openSecrets(vault, core.ledger.file.id);
const kept = await secrets.write(
  purposeOf('174379', 'app'),
  JSON.stringify({ key: 'a-key', secret: 'a-secret' }),
);
if (!kept.ok) throw new Error(kept.problem);
core.ledger.act(PROGRAM, 'test.prepared', 'test', (db) => {
  const setAt = core.now();
  saveCredential(db, {
    shortCode: '174379',
    kind: 'app',
    name: null,
    keyMark: null,
    form: 'plain',
    setAt,
    setBy: 0,
    dueAt: dueAt('app', setAt),
  });
  return succeed({ value: undefined, details: {} });
});
await close();
