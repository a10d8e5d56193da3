import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCertificate } from '#main/daraja/certificate.ts';
import { SHIPPED_CERTIFICATES } from '#main/daraja/known-certificates.ts';
import { encryptPassword, stkPassword } from '#main/daraja/security-credential.ts';
import { certificateOf, makeCertificate } from '#test/daraja-simulator/certificate.ts';
import { openCredential } from '#test/daraja-simulator/credential.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const mine = certificateOf('sandbox');
const KEY = mine.publicKey.export({ type: 'spki', format: 'pem' }).toString();

describe('the two that are known', () => {
  test.each([
    [
      'sandbox',
      'apicrypt.safaricom.co.ke',
      'a542c3c67b598a337a1cc741e5434c70de565081e5c853e05a51c843764766f0',
      'bc1aba1eb634213496663c5e5b69dcda742acc8d5c2bd25eccb16e1caf66e8dc',
      '2014-11-12T07:12:45.000Z',
    ],
    [
      'production',
      'apigee.apicaller.safaricom.co.ke',
      '9417915212ac708d3ac82b710e71d976fa0eb783f467b159c15ad7216ef2c16b',
      '085bf508c873dd7d69361796925d10f87b59d3f0147d148f46103c1df6464c45',
      '2017-04-25T16:07:24.000Z',
    ],
  ] as const)('%s', (use, subject, fingerprint, keyFingerprint, from) => {
    const read = readCertificate(bytes(SHIPPED_CERTIFICATES[use]));
    expect(read).toMatchObject({
      ok: true,
      value: {
        use,
        subject,
        issuer: 'Safaricom Internal Issuing CA 02',
        fingerprint,
        keyFingerprint,
        keyBits: 2048,
      },
    });
    if (read.ok) expect(new Date(read.value.from ?? 0).toISOString()).toBe(from);
  });

  test.each(['sandbox', 'production'] as const)('a password can be encrypted for %s', (use) => {
    expect(encryptPassword(SHIPPED_CERTIFICATES[use], 'Look#Up2026')).toHaveLength(344);
  });
});

describe('a file', () => {
  test('PEM and DER, with whatever stands around the PEM, give the same', () => {
    const plain = readCertificate(bytes(mine.pem));
    expect(plain).toMatchObject({
      ok: true,
      value: { subject: 'sandbox.simulator.invalid', use: 'unknown' },
    });
    expect(readCertificate(mine.der)).toEqual(plain);
    for (const around of [
      `\uFEFF${mine.pem}`,
      mine.pem.replaceAll('\n', '\r\n'),
      `Bag Attributes\n  name\n${mine.pem}\n\n`,
      mine.pem.trim(),
    ])
      expect(readCertificate(bytes(around))).toEqual(plain);
  });

  test('a public key alone, PEM or DER, states neither name nor dates, and encrypts all the same', () => {
    const der = mine.publicKey.export({ type: 'spki', format: 'der' });
    const read = readCertificate(bytes(KEY));
    const print = createHash('sha256').update(der).digest('hex');
    expect(read).toEqual({
      ok: true,
      value: {
        pem: KEY,
        subject: null,
        issuer: null,
        from: null,
        to: null,
        fingerprint: print,
        keyFingerprint: print,
        keyBits: 2048,
        use: 'unknown',
      },
    });
    expect(readCertificate(der)).toEqual(read);
    expect(readCertificate(bytes(`key\n${KEY.replaceAll('\n', '\r\n')}`))).toEqual(read);
    const sealed = encryptPassword(KEY, 'Look#Up2026') ?? '';
    expect(openCredential(mine.privateKey, sealed)).toBe('Look#Up2026');
  });

  test('the key of a known certificate is known by itself', () => {
    const { publicKey } = new X509Certificate(SHIPPED_CERTIFICATES.sandbox);
    const read = readCertificate(publicKey.export({ type: 'spki', format: 'der' }));
    expect(read).toMatchObject({ ok: true, value: { use: 'sandbox', subject: null } });
  });

  test('of a chain, the first', () => {
    const read = readCertificate(bytes(mine.pem + certificateOf('production').pem));
    expect(read).toMatchObject({ ok: true, value: { subject: 'sandbox.simulator.invalid' } });
  });

  test('the fingerprint is that of the whole certificate', () => {
    const read = readCertificate(bytes(mine.pem));
    const known = new X509Certificate(mine.pem).fingerprint256.replaceAll(':', '').toLowerCase();
    expect(read).toMatchObject({ ok: true, value: { fingerprint: known } });
  });

  test('what secures a connection is told apart from what encrypts passwords', () => {
    const dates = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2027-01-01T00:00:00Z') };
    for (const commonName of ['sandbox.safaricom.co.ke', 'API.safaricom.co.ke', '*.safaricom.co.ke'])
      expect(readCertificate(makeCertificate({ commonName, ...dates }).der)).toMatchObject({
        ok: true,
        value: { use: 'tls' },
      });
  });

  test.each([
    ['nothing', Buffer.alloc(0), 'not-a-certificate'],
    ['a page', bytes('<html>Sign in</html>'), 'not-a-certificate'],
    ['a PEM that is cut', bytes(mine.pem.slice(0, 600)), 'not-a-certificate'],
    [
      'a PEM with another inside',
      bytes('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
      'not-a-certificate',
    ],
    ['half a DER', mine.der.subarray(0, 300), 'not-a-certificate'],
    [
      'a private key',
      bytes(mine.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
      'private-key',
    ],
    [
      'a certificate with its private key',
      bytes(mine.pem + mine.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()),
      'private-key',
    ],
    ['a public key that is cut', bytes(KEY.slice(0, 200)), 'not-a-certificate'],
    ['a private key as DER', mine.privateKey.export({ type: 'pkcs8', format: 'der' }), 'not-a-certificate'],
    [
      'a public key of another kind',
      new X509Certificate(CURVE).publicKey.export({ type: 'spki', format: 'der' }),
      'not-rsa',
    ],
    ['a book', Buffer.alloc(100_000, 65), 'too-large'],
  ])('%s: %s', (_, file, problem) => {
    expect(readCertificate(file)).toEqual({ ok: false, problem });
  });

  test('a short RSA key and one that is not RSA are refused', () => {
    const dates = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2027-01-01T00:00:00Z') };
    const pair = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const short = makeCertificate({ commonName: 'short.invalid', ...dates }, pair);
    expect(readCertificate(short.der)).toEqual({ ok: false, problem: 'key-too-short' });
    expect(readCertificate(bytes(CURVE))).toEqual({ ok: false, problem: 'not-rsa' });
  });

  test('no bytes make it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(mine.der.length - 1), (noise, at) => {
        const damaged = Buffer.from(mine.der);
        damaged.set(noise.subarray(0, damaged.length - at), at);
        expect(readCertificate(noise).ok).toBe(false);
        expect(typeof readCertificate(damaged).ok).toBe('boolean');
      }),
    );
  });
});

describe('a password', () => {
  test('opens at the other end, whatever it holds, and never looks the same twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (password) => {
        const sealed = encryptPassword(mine.pem, password) ?? '';
        expect(sealed).toMatch(/^[A-Za-z0-9+/]{342}==$/);
        expect(openCredential(mine.privateKey, sealed)).toBe(password);
        expect(encryptPassword(mine.pem, password)).not.toBe(sealed);
      }),
      { numRuns: 50 },
    );
  });

  test('of nothing, or longer than the key holds, is none', () => {
    expect(encryptPassword(mine.pem, '')).toBeNull();
    expect(encryptPassword(mine.pem, 'x'.repeat(245))).toHaveLength(344);
    expect(encryptPassword(mine.pem, 'x'.repeat(246))).toBeNull();
    expect(encryptPassword(mine.pem, 'é'.repeat(123))).toBeNull();
  });

  test('of an STK query is base64 of its three parts', () => {
    expect(stkPassword('174379', 'passkey', '20261128093000')).toBe(
      Buffer.from('174379passkey20261128093000').toString('base64'),
    );
  });
});

/** A self-signed one on P-256, of nobody: its private half was thrown away. */
const CURVE = `-----BEGIN CERTIFICATE-----
MIIBhjCCASugAwIBAgIUNt3KYd6a/64HP7ZEknO/smu9fbIwCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNY3VydmUuaW52YWxpZDAeFw0yNjExMjgxMzMzMjdaFw0zNjEx
MjUxMzMzMjdaMBgxFjAUBgNVBAMMDWN1cnZlLmludmFsaWQwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAARTxT8yATaUt8aeAX7SnTxI5lFw38T08j0eC+N6ivMPWYN5
GOa9bEH6hRmRbkBWujyvgEIFb0Bs0cfP+kSHN6J+o1MwUTAdBgNVHQ4EFgQUfb2Y
zR5FAI3OmCL6qLFGsYX5+VgwHwYDVR0jBBgwFoAUfb2YzR5FAI3OmCL6qLFGsYX5
+VgwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAriKu/exR7s+3
bucZjE1Xy6f6aSZ+j3jewQ7SpuQn+fMCIQCjOyHxxKHrdeUNCE0LlumoTymFNa3E
DSu9qbOHq898zg==
-----END CERTIFICATE-----
`;
