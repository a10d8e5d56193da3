import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, randomInt } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { CODE_BYTES, chooseGroups, writeCode } from '#shared/domain/recovery/code.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { publicKeyOf, signWith } from '../audit/ed25519.ts';
import { PASSWORD_COST, type PasswordCost } from './passwords.ts';

/** The keychain item without which nothing opens. Further keys of a ledger are wrapped beside it by their names. */
export const DATABASE_KEY = 'database-key';
const KIT_FORMAT = 'daftari-recovery-1';
/** Argon2id. A `const enum` of the package cannot be imported as a value. */
const ARGON2ID = 2;
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The keys of a ledger by the purpose in the name of their keychain item. */
export type LedgerKeys = Readonly<Record<string, Buffer>>;

/** What lies beside the database for one recovery code. Without the code it opens nothing. */
export type Kit = {
  readonly madeAt: UtcMs;
  readonly cost: PasswordCost;
  /** 16 bytes, hex. */
  readonly salt: string;
  /** The public half of the root key that the code makes: raw Ed25519, base64url. */
  readonly root: string;
  /** Each key of the ledger under the code: nonce, tag and text, base64. */
  readonly boxes: Readonly<Record<string, string>>;
};

/** What is kept of a kit whose code is valid no more: enough to know that code again, and nothing that it opens. */
export type SupersededKit = Omit<Kit, 'boxes'>;

/** Signs the first epoch of the log, and each new beginning of it. Lives only as long as the typed code. */
export type RootKey = {
  /** Raw Ed25519, base64url. */
  readonly publicKey: string;
  /** Ed25519 over the text, base64url. */
  readonly sign: (text: string) => string;
};

export type FreshKit = {
  /** The code, in eight groups. Shown once, kept nowhere. */
  readonly groups: readonly string[];
  /** Which two must be typed back, counted from 0. */
  readonly ask: readonly [number, number];
  readonly kit: Kit;
  readonly root: RootKey;
};

export type OpenedKit = { readonly keys: LedgerKeys; readonly root: RootKey };

/** The port to recovery codes. What is slow runs on a thread of its own. */
export type RecoveryKits = {
  /** A new code and what it wraps. */
  readonly make: (ledgerId: string, keys: LedgerKeys, madeAt: UtcMs) => Promise<FreshKit>;
  /** The keys, or null when the code is not this kit's, or the kit not this ledger's. */
  readonly open: (ledgerId: string, kit: Kit, code: Uint8Array) => Promise<OpenedKit | null>;
  /** The root key of a superseded code, or null when the code is not that one. */
  readonly recall: (ledgerId: string, kit: SupersededKit, code: Uint8Array) => Promise<RootKey | null>;
};

/** Argon2id at today's cost. Only tests ask for another. */
export function openRecoveryKits(cost: PasswordCost = PASSWORD_COST): RecoveryKits {
  return {
    make: async (ledgerId, keys, madeAt) => {
      const code = randomBytes(CODE_BYTES);
      const salt = randomBytes(16).toString('hex');
      const { wrapKey, root } = await derive(code, { ledgerId, salt, cost });
      const bound = { ledgerId, salt, root: root.publicKey };
      const boxes = Object.fromEntries(
        Object.entries(keys).map(([name, key]) => [name, wrap(wrapKey, key, { ...bound, name })]),
      );
      const kit: Kit = { madeAt, cost, salt, root: root.publicKey, boxes };
      return { groups: writeCode(code), ask: chooseGroups((below) => randomInt(below)), kit, root };
    },
    open: async (ledgerId, kit, code) => {
      const { salt, cost: madeWith, boxes } = kit;
      const { wrapKey, root } = await derive(code, { ledgerId, salt, cost: madeWith });
      const keys: Record<string, Buffer> = {};
      for (const [name, box] of Object.entries(boxes)) {
        const key = unwrap(wrapKey, box, { ledgerId, salt, root: kit.root, name });
        if (key === null) return null;
        keys[name] = key;
      }
      return keys[DATABASE_KEY] === undefined || root.publicKey !== kit.root ? null : { keys, root };
    },
    recall: async (ledgerId, { salt, cost: madeWith, root: known }, code) => {
      const { root } = await derive(code, { ledgerId, salt, cost: madeWith });
      return root.publicKey === known ? root : null;
    },
  };
}

/** Two keys of one code that tell nothing about each other: the wrapping key, and the seed of the root key. */
async function derive(
  code: Uint8Array,
  { ledgerId, salt, cost }: { ledgerId: string; salt: string; cost: PasswordCost },
): Promise<{ wrapKey: Buffer; root: RootKey }> {
  const stretched = await hashRaw(code, {
    algorithm: ARGON2ID,
    memoryCost: cost.memoryKib,
    timeCost: cost.passes,
    parallelism: cost.lanes,
    outputLen: 32,
    salt: Buffer.from(salt, 'hex'),
  });
  const part = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', stretched, ledgerId, `${KIT_FORMAT} ${purpose}`, 32));
  const seed = part('root');
  return {
    wrapKey: part('wrap'),
    root: { publicKey: publicKeyOf(seed), sign: (text) => signWith(seed, text) },
  };
}

/** What a box is bound to: moved to another ledger, kit or name it does not open. */
type Bound = {
  readonly ledgerId: string;
  readonly salt: string;
  readonly root: string;
  readonly name: string;
};

function boundTo({ ledgerId, salt, root, name }: Bound): Buffer {
  return Buffer.from(JSON.stringify([KIT_FORMAT, ledgerId, salt, root, name]));
}

function wrap(wrapKey: Buffer, key: Buffer, bound: Bound): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, wrapKey, nonce).setAAD(boundTo(bound));
  const text = Buffer.concat([cipher.update(key), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
}

function unwrap(wrapKey: Buffer, wrapped: string, bound: Bound): Buffer | null {
  const box = Buffer.from(wrapped, 'base64');
  if (box.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv(CIPHER, wrapKey, box.subarray(0, NONCE_BYTES))
    .setAAD(boundTo(bound))
    .setAuthTag(box.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const key = decipher.update(box.subarray(NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([key, decipher.final()]);
  } catch {
    // Node says only that the tag does not fit: another code, another ledger, or a changed box.
    return null;
  }
}
