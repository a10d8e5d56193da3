import { onTestFinished } from 'vitest';
import type { Access } from '#main/access/access.ts';
import type { DarajaLine, LineReply } from '#main/daraja/line.ts';
import type { Session } from '#main/ipc/session.ts';
import { actorOf, type Core } from '#main/services/core.ts';
import { type CredentialDesk, openCredentialDesk } from '#main/services/credentials/desk.ts';
import { listCredentials } from '#main/services/credentials/show-credentials.ts';
import type { SafaricomParts } from '#main/services/safaricom/parts.ts';
import { claimNumber } from '#main/services/tills.ts';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import { openSecrets } from '#main/vault/secrets.ts';
import type { Vault, VaultProblem } from '#main/vault/vault.ts';
import type { Role } from '#shared/domain/access/permissions.ts';
import type { Input } from '#shared/ipc/contract.ts';
import type { ShortCodeView } from '#shared/ipc/credential-channels.ts';
import { unwrap } from './results.ts';
import { openStaffedShop } from './staffed-shop.ts';

export const CODE = '174379';
export const NAME = 'mfanolook';
export const PASSWORD = 'Karibu#2026';

export const APP = { kind: 'app', key: 'KeyOfTheApp', secret: 'SecretOfTheApp' } as const;
export const LOOK_UP = operator('look-up-operator', NAME, PASSWORD);
export const REVERSAL = operator('reversal-operator', 'mfanoback', 'Rudisha%2026');
export const PASSKEY = { kind: 'passkey', passkey: 'bfb279f9aa9bdbcf158e97dd71a467cd' } as const;

export function operator<K extends 'look-up-operator' | 'reversal-operator'>(
  kind: K,
  name: string,
  password: string,
) {
  const secret = { form: 'plain', password } as const;
  return { kind, name, secret, since: null, acceptsOneOperator: false };
}

/** A keychain that fails when it is told to. */
export type FaultyVault = Vault & {
  readonly items: () => Promise<Record<string, string>>;
  fail: Partial<Record<'read' | 'write' | 'remove', VaultProblem>>;
};

export type CredentialShop = {
  readonly core: Core;
  readonly access: Access;
  readonly parts: SafaricomParts;
  readonly desk: CredentialDesk;
  readonly vault: FaultyVault;
  readonly owner: Session;
  readonly signInAs: (role: Role) => Promise<Session>;
  readonly set: (
    credential: Input<'credential:set'>['credential'],
    shortCode?: string,
  ) => ReturnType<CredentialDesk['set']>;
  readonly view: (shortCode?: string) => Promise<ShortCodeView>;
  /** What the books and the log hold of credentials, as text. */
  readonly everything: () => string;
  /** What the line answers to a check of keys. */
  reply: LineReply;
};

/** A shop with people and one number, and no Safaricom behind it. */
export async function openCredentialShop(): Promise<CredentialShop> {
  const { shop, access, signInAs } = await openStaffedShop();
  onTestFinished(shop.close);
  const { core } = shop;
  claimNumber(core, shop.actor, CODE, 'Counter', 'settings');
  const vault = openFaultyVault();
  const line: DarajaLine = {
    send: () => Promise.reject(new Error('nothing is sent here')),
    checkKeys: async () => opened.reply,
    clockGap: () => null,
    close: async () => undefined,
  };
  const secrets = openSecrets(vault, core.ledger.file.id);
  const parts: SafaricomParts = { core, line, secrets, pause: async () => false, finish: (work) => work };
  const desk = openCredentialDesk(parts);
  const owner = await signInAs('owner');
  const opened: CredentialShop = {
    core,
    access,
    parts,
    desk,
    vault,
    owner,
    signInAs,
    set: (credential, shortCode = CODE) => desk.set(actorOf(owner), { shortCode, credential }),
    view: async (shortCode = CODE) => {
      const { codes } = unwrap(await listCredentials(parts));
      const found = codes.find((code) => code.shortCode === shortCode);
      if (!found) throw new Error(`${shortCode} is not listed`);
      return found;
    },
    everything: () =>
      JSON.stringify([
        core.ledger.read.all('SELECT * FROM credentials'),
        core.ledger.read.all('SELECT * FROM audit_entries'),
        core.ledger.read.all('SELECT * FROM settings'),
      ]),
    reply: { type: 'answered', status: 200, body: {} },
  };
  return opened;
}

function openFaultyVault(): FaultyVault {
  const real = openMemoryVault();
  const names = new Set<string>();
  const vault: FaultyVault = {
    fail: {},
    read: async (name) => (vault.fail.read ? { ok: false, problem: vault.fail.read } : real.read(name)),
    write: async (name, secret) => {
      if (vault.fail.write) return { ok: false, problem: vault.fail.write };
      names.add(name);
      return real.write(name, secret);
    },
    remove: async (name) =>
      vault.fail.remove ? { ok: false, problem: vault.fail.remove } : real.remove(name),
    items: async () => {
      const found: Record<string, string> = {};
      for (const name of names) {
        const kept = await real.read(name);
        if (kept.ok && kept.value !== null) found[name.split('/').slice(1).join('/')] = kept.value;
      }
      return found;
    },
  };
  return vault;
}
