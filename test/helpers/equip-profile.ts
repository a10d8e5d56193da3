import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { openPasswords } from '#main/access/passwords.ts';
import type { Actor } from '#main/db/ledger.ts';
import { type Equipment, equipShop } from '#main/demo/equip-shop.ts';
import { inventApprovers } from '#main/demo/invent-approvers.ts';
import { silentLog } from '#main/log/log.ts';
import { openLineFor } from '#main/open-line.ts';
import { openSafaricom } from '#main/open-safaricom.ts';
import type { Core } from '#main/services/core.ts';
import { importFile } from '#main/services/import-file.ts';
import { openJobBook } from '#main/services/job-book.ts';
import { claimNumber } from '#main/services/tills.ts';
import type { Vault } from '#main/vault/vault.ts';
import { succeed } from '#shared/ipc/result.ts';
import { PEOPLE } from './people.ts';
import { prepareProfile } from './prepare-profile.ts';

/** What a shop that can send money back begins with; invented, and written to a file for the program that makes its books. */
export type Preparation = {
  /** Where its Safaricom answers. */
  readonly origin: string;
  readonly equipment: Equipment;
  /** Of what was paid; brought in before anybody signs in. */
  readonly statement: { readonly name: string; readonly text: string };
};

/** Makes books with people, approvers, credentials that have worked, a pairing and a statement. */
export async function prepareEquipped(profile: string, vault: Vault, file: string): Promise<void> {
  const { origin, equipment, statement } = JSON.parse(readFileSync(file, 'utf8')) as Preparation;
  const path = join(dirname(file), `${basename(file)}-statement.csv`);
  writeFileSync(path, statement.text);
  await prepareProfile(profile, vault, {
    environment: 'demo',
    more: async (core, actor) => {
      await inventApprovers(core, { passwords: openPasswords() }, actor, Object.values(PEOPLE));
      for (const { number } of equipment.shop.shortCodes)
        claimNumber(core, actor, number, `Till ${number}`, 'settings');
      await equip(core, actor, { vault, origin, equipment });
      await bringIn(core, actor, { path, name: statement.name });
    },
  });
}

type Surroundings = { readonly vault: Vault; readonly origin: string; readonly equipment: Equipment };

async function equip(core: Core, actor: Actor, { vault, origin, equipment }: Surroundings): Promise<void> {
  const line = openLineFor({ environment: 'demo', demoOrigin: origin, now: core.now, log: silentLog });
  const safaricom = openSafaricom(core, { vault, line });
  await equipShop(equipment, safaricom, actor);
  await safaricom.close();
  // As after the doctor has asked once with each.
  const proved = core.ledger.act(actor, 'test.prepared', 'test', (db) => {
    const kinds = `kind IN ('app', 'look-up-operator')`;
    db.run(`UPDATE credentials SET state = 'working', state_at = ? WHERE ${kinds}`, core.now());
    return succeed({ value: undefined, details: {} });
  });
  if (!proved.ok) throw new Error(`the credentials cannot be prepared: ${proved.error.code}`);
}

async function bringIn(core: Core, actor: Actor, file: { path: string; name: string }): Promise<void> {
  const job = openJobBook({ now: core.now, tell: () => undefined }).open('import', file.name);
  const request = { file, kind: 'statement', everyNumberIsOurs: true, matchAfter: true } as const;
  const outcome = await importFile(core, actor, request, job);
  if (outcome.type !== 'done') throw new Error(`the statement was not taken: ${outcome.type}`);
}
