import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  makeApproverKey,
  openApproverKey,
  rewrapApproverKey,
  type WrappedKey,
} from '#main/access/approver-key.ts';
import { openPasswords } from '#main/access/passwords.ts';
import { openBox, sealTo } from '#main/access/sealed-box.ts';
import { agree, makeKeyPair, publicHalfOf } from '#main/access/x25519.ts';
import { WEAK_COST } from '#test/helpers/weak-cost.ts';

const passwords = openPasswords(WEAK_COST);
const owner = { ledgerId: 'a'.repeat(32), staffId: 3 };
const place = { ...owner, shortCode: '174379' };
const PASSWORD = 'twelve green mangoes';

/** RFC 7748, section 6.1: Bob's private half, and what it makes. */
const BOB = Buffer.from('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb', 'hex');
const BOB_PUBLIC = 'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f';
const ALICE_PUBLIC = Buffer.from('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a', 'hex');
const SHARED = '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742';

describe('X25519', () => {
  test('holds the vector of RFC 7748', () => {
    expect(publicHalfOf(BOB).toString('hex')).toBe(BOB_PUBLIC);
    expect(agree(BOB, ALICE_PUBLIC)?.toString('hex')).toBe(SHARED);
  });

  test('makes the same halves as the library', () => {
    const pair = generateKeyPairSync('x25519');
    const raw = pair.privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
    const half = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    expect(publicHalfOf(raw).equals(half)).toBe(true);
  });

  test.each([['0'.repeat(64)], [`01${'0'.repeat(62)}`], ['aa']])('agrees on nothing with %s', (half) => {
    expect(agree(makeKeyPair().privateKey, Buffer.from(half, 'hex'))).toBeNull();
  });
});

describe('the key of an approver', () => {
  const open = (key: WrappedKey, password = PASSWORD, whose = owner) =>
    openApproverKey(passwords, whose, { ...key, password });

  test('opens with its password, and is what its public half says', async () => {
    const key = await makeApproverKey(passwords, owner, PASSWORD);
    const privateKey = await open(key);
    expect(privateKey && publicHalfOf(privateKey).equals(key.publicKey)).toBe(true);
    expect(key.salt).toHaveLength(16);
    expect(key.wrapped.includes(privateKey ?? '')).toBe(false);
  });

  test('opens for nobody else: another password, person or ledger', async () => {
    const key = await makeApproverKey(passwords, owner, PASSWORD);
    expect(await open(key, 'twelve green mangos')).toBeNull();
    expect(await open(key, PASSWORD, { ...owner, staffId: 4 })).toBeNull();
    expect(await open(key, PASSWORD, { ...owner, ledgerId: 'b'.repeat(32) })).toBeNull();
  });

  test('opens no more once a single byte was changed', async () => {
    const key = await makeApproverKey(passwords, owner, PASSWORD);
    for (let at = 0; at < key.wrapped.length; at += 1) {
      const wrapped = Buffer.from(key.wrapped);
      // The low bits alone, or a changed cost would make this test long.
      wrapped.writeUInt8(wrapped.readUInt8(at) ^ 1, at);
      expect(await open({ ...key, wrapped })).toBeNull();
    }
    const other = await makeApproverKey(passwords, owner, PASSWORD);
    expect(await open({ ...key, publicKey: other.publicKey })).toBeNull();
    expect(await open({ ...key, salt: other.salt })).toBeNull();
  });

  test.each([
    ['a cost that takes minutes', { memory: 0xffffffff, passes: 3, lanes: 1 }],
    ['passes without end', { memory: 8, passes: 255, lanes: 1 }],
    ['no memory', { memory: 0, passes: 1, lanes: 1 }],
    ['no lane', { memory: 8, passes: 1, lanes: 0 }],
  ])('is not even tried with %s', async (_, { memory, passes, lanes }) => {
    const key = await makeApproverKey(passwords, owner, PASSWORD);
    const wrapped = Buffer.from(key.wrapped);
    wrapped.writeUInt32BE(memory, 1);
    wrapped.writeUInt8(passes, 5);
    wrapped.writeUInt8(lanes, 6);
    expect(await open({ ...key, wrapped })).toBeNull();
    expect(await open({ ...key, wrapped: key.wrapped.subarray(1) })).toBeNull();
  });

  test('follows a change of the password, and its public half stays', async () => {
    const key = await makeApproverKey(passwords, owner, PASSWORD);
    const moved = await rewrapApproverKey(passwords, owner, key, {
      from: PASSWORD,
      to: 'eleven ripe papayas',
    });
    if (moved === null) throw new Error('it did not move');
    expect(moved.publicKey.equals(key.publicKey)).toBe(true);
    expect(await open(moved)).toBeNull();
    expect(await open(moved, 'eleven ripe papayas')).toEqual(await open(key));
    expect(await rewrapApproverKey(passwords, owner, key, { from: 'x', to: 'y' })).toBeNull();
  });

  test('remembers what it cost, and opens when today asks for more', async () => {
    const key = await makeApproverKey(passwords, owner, PASSWORD);
    const dearer = openPasswords({ memoryKib: 16, passes: 2, lanes: 1 });
    expect(await openApproverKey(dearer, owner, { ...key, password: PASSWORD })).not.toBeNull();
  });
});

describe('a sealed box', () => {
  test('gives back whatever was put in, to its approver alone', () => {
    const [approver, other] = [makeKeyPair(), makeKeyPair()];
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (secret) => {
        const box = sealTo(approver.publicKey, place, secret);
        expect(box && openBox(approver.privateKey, place, box)).toBe(secret);
        expect(box && openBox(other.privateKey, place, box)).toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  test('never looks the same twice, and does not show what is in it', () => {
    const { publicKey } = makeKeyPair();
    const [one, two] = [sealTo(publicKey, place, 'Karibu#2026'), sealTo(publicKey, place, 'Karibu#2026')];
    expect(one?.equals(two ?? Buffer.alloc(0))).toBe(false);
    expect(one?.includes('Karibu')).toBe(false);
  });

  test('opens in its own place only', () => {
    const { privateKey, publicKey } = makeKeyPair();
    const box = sealTo(publicKey, place, 'Karibu#2026') ?? Buffer.alloc(0);
    expect(openBox(privateKey, { ...place, shortCode: '174380' }, box)).toBeNull();
    expect(openBox(privateKey, { ...place, staffId: 4 }, box)).toBeNull();
    expect(openBox(privateKey, { ...place, ledgerId: 'b'.repeat(32) }, box)).toBeNull();
  });

  test('does not open once a single byte was changed, or with some missing', () => {
    const { privateKey, publicKey } = makeKeyPair();
    const box = sealTo(publicKey, place, 'Karibu#2026') ?? Buffer.alloc(0);
    for (let at = 0; at < box.length; at += 1) {
      const changed = Buffer.from(box);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(openBox(privateKey, place, changed)).toBeNull();
      expect(openBox(privateKey, place, box.subarray(0, at))).toBeNull();
    }
  });

  test('is not made for a half that gives the secret away', () => {
    expect(sealTo(Buffer.alloc(32), place, 'Karibu#2026')).toBeNull();
  });
});
