import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openApp } from '#main/app.ts';
import { openLog } from '#main/log/log.ts';
import { startPreviewHost } from '#main/preview/host.ts';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import { prepareEquipped } from './equip-profile.ts';
import { loseKey } from './lose-key.ts';
import { prepareProfile } from './prepare-profile.ts';
import { WORKER } from './worker-url.ts';

/*
 * The preview host for the journeys: its keys outlive a restart, which `npm start` rightly does not offer. Prints
 * "ADDRESS …" when ready; the line "restart" closes everything and opens it again, "lose-key" takes the key out of the
 * keychain in between; the end of input ends it.
 */
const { values } = parseArgs({
  options: {
    profile: { type: 'string' },
    demo: { type: 'boolean' },
    'no-people': { type: 'boolean' },
    'demo-safaricom': { type: 'string' },
    preparation: { type: 'string' },
  },
});
if (values.profile === undefined) throw new Error('--profile is missing');
const profile = values.demo === true ? mkdtempSync(join(tmpdir(), 'daftari-demo-')) : values.profile;
mkdirSync(profile, { recursive: true });

const root = fileURLToPath(new URL('../..', import.meta.url));
const vault = openMemoryVault();
const log = openLog(null);

const demoOrigin = values['demo-safaricom'];
const isPrepared = values.demo !== true && values['no-people'] !== true;
if (isPrepared && values.preparation !== undefined) await prepareEquipped(profile, vault, values.preparation);
else if (isPrepared)
  await prepareProfile(profile, vault, demoOrigin === undefined ? {} : { environment: 'demo' });
let close = await open();
for await (const line of createInterface({ input: process.stdin })) {
  if (line !== 'restart' && line !== 'lose-key') throw new Error(`unknown command ${line}`);
  await close();
  if (line === 'lose-key') await loseKey(profile, vault);
  close = await open();
}
await close();
if (values.demo === true) rmSync(profile, { recursive: true, force: true });

async function open(): Promise<() => Promise<void>> {
  const core = await openApp({
    profile,
    host: 'preview',
    vault,
    workerUrl: WORKER,
    demo: values.demo === true,
    ...(demoOrigin === undefined ? {} : { demoOrigin }),
    isPackaged: false,
    version: '0.0.0-test',
  });
  const host = await startPreviewHost({
    core,
    pages: join(root, 'out/renderer'),
    port: 0,
    log,
    onSpent: (address) => log.warn('an address was used twice', { address }),
  });
  process.stdout.write(`ADDRESS ${host.address()}\n`);
  return async () => {
    await host.close();
    await core.close();
  };
}
