import { createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashRawSync } from '@node-rs/argon2';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { PASSWORD_COST } from '#main/access/passwords.ts';
import {
  kitsOf,
  type RecoveryFile,
  readRecoveryFile,
  writeRecoveryFile,
} from '#main/access/recovery-file.ts';
import { type FreshKit, type Kit, openRecoveryKits } from '#main/access/recovery-kit.ts';
import { publicKeyOf } from '#main/audit/ed25519.ts';
import { readCode } from '#shared/domain/recovery/code.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { WEAK_COST } from '#test/helpers/weak-cost.ts';

const LEDGER = 'a'.repeat(32);
const MADE_AT = Date.UTC(2026, 10, 20) as UtcMs;
const kits = openRecoveryKits(WEAK_COST);
const keys = { 'database-key': randomBytes(32), 'phone-key': randomBytes(32) };

let fresh: FreshKit;
let code: Uint8Array;

beforeAll(async () => {
  fresh = await kits.make(LEDGER, keys, MADE_AT);
  code = bytesOf(fresh.groups);
});

function bytesOf(groups: readonly string[]): Uint8Array {
  const read = readCode(groups.join(' '));
  if (!read.ok) throw new Error(read.problem);
  return read.bytes;
}

describe('a recovery kit', () => {
  it('gives every key back for its code', async () => {
    const opened = await kits.open(LEDGER, fresh.kit, code);
    expect(opened?.keys).toEqual(keys);
  });

  it('makes the same root key again from the code', async () => {
    const opened = await kits.open(LEDGER, fresh.kit, code);
    expect(opened?.root.publicKey).toBe(fresh.root.publicKey);
    expect(opened?.root.publicKey).toBe(fresh.kit.root);
    const x = fresh.kit.root;
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const signature = Buffer.from(opened?.root.sign('the first epoch') ?? '', 'base64url');
    expect(verify(null, Buffer.from('the first epoch'), publicKey, signature)).toBe(true);
    expect(verify(null, Buffer.from('another'), publicKey, signature)).toBe(false);
  });

  it('opens with no other code, also one that differs in one bit', async () => {
    expect(await kits.open(LEDGER, fresh.kit, randomBytes(20))).toBeNull();
    for (const at of [0, 10, 19]) {
      const near = Uint8Array.from(code);
      near[at] = (near[at] ?? 0) ^ 1;
      expect(await kits.open(LEDGER, fresh.kit, near)).toBeNull();
    }
  });

  it('is bound to its ledger, its salt, its root and the name of each key', async () => {
    const other = await kits.make(LEDGER, keys, MADE_AT);
    const { boxes } = fresh.kit;
    const swapped = { 'database-key': boxes['phone-key'] ?? '', 'phone-key': boxes['database-key'] ?? '' };
    const changed: Kit[] = [
      { ...fresh.kit, salt: other.kit.salt },
      { ...fresh.kit, root: other.kit.root },
      { ...fresh.kit, boxes: other.kit.boxes },
      { ...fresh.kit, boxes: swapped },
      { ...fresh.kit, boxes: { 'phone-key': boxes['phone-key'] ?? '' } },
      { ...fresh.kit, boxes: { 'database-key': 'AAAA' } },
      { ...fresh.kit, cost: { ...fresh.kit.cost, passes: 2 } },
    ];
    for (const kit of changed) expect(await kits.open(LEDGER, kit, code)).toBeNull();
    expect(await kits.open('b'.repeat(32), fresh.kit, code)).toBeNull();
  });

  it('shows nothing of the code or the keys', () => {
    const written = JSON.stringify(fresh.kit);
    for (const gap of ['', ' ', '-']) expect(written).not.toContain(fresh.groups.join(gap));
    for (const form of ['hex', 'base64', 'base64url'] as const)
      for (const secret of [...Object.values(keys), Buffer.from(code)])
        expect(written).not.toContain(secret.toString(form));
  });

  it('is new each time, for the same keys too', async () => {
    const again = await kits.make(LEDGER, keys, MADE_AT);
    expect(again.groups).not.toEqual(fresh.groups);
    expect(again.kit.salt).not.toBe(fresh.kit.salt);
    expect(again.kit.root).not.toBe(fresh.kit.root);
  });

  it('costs a guess what a password costs: Argon2id, 64 MiB, three passes', async () => {
    expect(PASSWORD_COST).toMatchObject({ memoryKib: 65_536, passes: 3 });
    const real = await openRecoveryKits().make(LEDGER, keys, MADE_AT);
    expect(real.kit.cost).toEqual(PASSWORD_COST);
    const opened = await kits.open(LEDGER, real.kit, bytesOf(real.groups));
    expect(opened?.keys).toEqual(keys);
    // As the decision record says it, so that a person with the code and another program can open it too.
    const stretched = hashRawSync(bytesOf(real.groups), {
      algorithm: 2,
      memoryCost: 65_536,
      timeCost: 3,
      parallelism: 1,
      outputLen: 32,
      salt: Buffer.from(real.kit.salt, 'hex'),
    });
    const seed = Buffer.from(hkdfSync('sha256', stretched, LEDGER, 'daftari-recovery-1 root', 32));
    expect(publicKeyOf(seed)).toBe(real.kit.root);
  });
});

describe('the file of the kits', () => {
  function folder(): string {
    const dir = mkdtempSync(join(tmpdir(), 'daftari-kit-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    return dir;
  }
  const file = (): RecoveryFile => ({
    format: 1,
    ledger: LEDGER,
    current: fresh.kit,
    pending: null,
    superseded: [],
  });

  it('comes back as it was written, for its owner alone', () => {
    const dir = folder();
    expect(readRecoveryFile(dir)).toBe('missing');
    writeRecoveryFile(dir, file());
    expect(readRecoveryFile(dir)).toEqual(file());
    if (process.platform !== 'win32') expect(statSync(join(dir, 'recovery.json')).mode & 0o077).toBe(0);
  });

  it('names its kits, the valid one first, and none of another ledger', async () => {
    const dir = folder();
    const pending = (await kits.make(LEDGER, keys, MADE_AT)).kit;
    writeRecoveryFile(dir, { ...file(), pending });
    expect(kitsOf(dir, LEDGER)).toEqual([fresh.kit, pending]);
    expect(kitsOf(dir, 'b'.repeat(32))).toEqual([]);
    expect(kitsOf(folder(), LEDGER)).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['half a file', '{"format":1,"ledger":'],
    ['another format', '{"format":2}'],
    ['a list', '[]'],
  ])('is unreadable when it holds %s, and then has no kits', (_, text) => {
    const dir = folder();
    writeFileSync(join(dir, 'recovery.json'), text);
    expect(readRecoveryFile(dir)).toBe('unreadable');
    expect(kitsOf(dir, LEDGER)).toEqual([]);
  });

  it('cannot ask for more memory than a computer has', () => {
    const dir = folder();
    writeRecoveryFile(dir, file());
    const path = join(dir, 'recovery.json');
    const greedy = readFileSync(path, 'utf8').replace('"memoryKib": 8', '"memoryKib": 99999999');
    writeFileSync(path, greedy);
    expect(readRecoveryFile(dir)).toBe('unreadable');
  });
});
