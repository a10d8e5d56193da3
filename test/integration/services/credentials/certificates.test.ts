import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SHIPPED_CERTIFICATES } from '#main/daraja/known-certificates.ts';
import type { Environment } from '#main/db/ledger-file.ts';
import type { Session } from '#main/ipc/session.ts';
import {
  chooseCertificate,
  listCertificates,
  loadCertificate,
} from '#main/services/credentials/certificates.ts';
import { type FileTokens, openFileTokens } from '#main/services/file-tokens.ts';
import { usedCertificate } from '#main/services/safaricom/used-certificate.ts';
import type { CertificateView } from '#shared/ipc/credential-channels.ts';
import { makeCertificate } from '#test/daraja-simulator/certificate.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';

const DATES = { from: new Date('2025-01-01T00:00:00Z'), to: new Date('2027-01-01T00:00:00Z') };
const OWN = makeCertificate({ commonName: 'new.safaricom.example', ...DATES });
const printOf = (pem: string) => new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-certificate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Opened = { shop: TestShop; files: FileTokens; session: Session };

async function open(environment: Environment): Promise<Opened> {
  const shop = await openShop(undefined, { environment });
  const { staffId, session } = shop.actor;
  const files = openFileTokens(shop.core.now);
  return {
    shop,
    files,
    session: {
      id: session ?? '',
      staffId,
      name: 'Amina',
      role: 'owner',
      window: 'main',
      confirmedUntil: null,
    },
  };
}

async function load({ shop, files, session }: Opened, content: string | Buffer) {
  const path = join(folder, 'certificate.cer');
  writeFileSync(path, content);
  const { token } = unwrap(await files.admit(session, path));
  return loadCertificate(shop.core, files, session, token);
}

const list = ({ shop }: Opened): readonly CertificateView[] =>
  unwrap(listCertificates(shop.core)).certificates;
const used = ({ shop }: Opened) => usedCertificate(shop.core.ledger.read, shop.core.ledger.environment);

describe.each(['sandbox', 'production'] as const)('books for %s', (environment) => {
  const other = environment === 'sandbox' ? 'production' : 'sandbox';

  test('use the certificate that came with Daftari, and say which it is', async () => {
    const opened = await open(environment);
    const [certificate, ...rest] = list(opened);
    expect(rest).toEqual([]);
    expect(certificate).toMatchObject({
      fingerprint: printOf(SHIPPED_CERTIFICATES[environment]),
      knownFor: environment,
      origin: 'shipped',
      isUsed: true,
      bits: 2048,
    });
    await opened.shop.close();
  });

  test('take a public key alone, and refuse that of the other environment', async () => {
    const opened = await open(environment);
    const keyOf = (pem: string) =>
      new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const refused = await load(opened, keyOf(SHIPPED_CERTIFICATES[other]));
    expect(codeOf(refused)).toBe('credential/bad-input');
    unwrap(await load(opened, keyOf(OWN.pem)));
    expect(list(opened)[0]).toMatchObject({ subject: null, from: null, to: null, bits: 2048, isUsed: true });
    expect(used(opened)).toBe(keyOf(OWN.pem));
    await opened.shop.close();
  });

  test('refuse the one of the other environment, from a file and from the books', async () => {
    const opened = await open(environment);
    const answer = await load(opened, SHIPPED_CERTIFICATES[other]);
    expect(answer).toMatchObject({
      error: { message: { id: 'certificate.other-environment', values: { use: other, environment } } },
    });
    expect(list(opened)).toHaveLength(1);
    await opened.shop.close();
  });

  test('take another one, as PEM or DER, and go back', async () => {
    const opened = await open(environment);
    unwrap(await load(opened, OWN.der));
    expect(list(opened)).toMatchObject([
      { subject: 'new.safaricom.example', knownFor: null, origin: 'loaded', isUsed: true },
      { origin: 'shipped', isUsed: false },
    ]);
    expect(printOf(used(opened) ?? '')).toBe(printOf(OWN.pem));
    unwrap(chooseCertificate(opened.shop.core, opened.session, null));
    expect(used(opened)).toBe(SHIPPED_CERTIFICATES[environment]);
    expect(list(opened).find(({ isUsed }) => isUsed)?.origin).toBe('shipped');
    // The same again, now as PEM: it is there already.
    unwrap(await load(opened, OWN.pem));
    expect(list(opened)).toHaveLength(2);
    unwrap(chooseCertificate(opened.shop.core, opened.session, null));
    unwrap(chooseCertificate(opened.shop.core, opened.session, printOf(OWN.pem)));
    expect(printOf(used(opened) ?? '')).toBe(printOf(OWN.pem));
    const acts = opened.shop.core.ledger.read.all<{ action: string }>(
      `SELECT action FROM audit_entries WHERE action LIKE 'certificate.%' ORDER BY seq`,
    );
    expect(acts.map(({ action }) => action)).toEqual([
      'certificate.loaded',
      'certificate.chosen',
      'certificate.loaded',
      'certificate.chosen',
      'certificate.chosen',
    ]);
    await opened.shop.close();
  });

  test('know the shipped one when it comes from a file', async () => {
    const opened = await open(environment);
    unwrap(await load(opened, OWN.pem));
    unwrap(await load(opened, SHIPPED_CERTIFICATES[environment]));
    expect(list(opened)).toMatchObject([
      { origin: 'shipped', isUsed: true },
      { origin: 'loaded', isUsed: false },
    ]);
    await opened.shop.close();
  });
});

describe('a file', () => {
  test.each<[string, string | Buffer, string]>([
    ['that is no certificate', 'time,amount\n', 'certificate.not-a-certificate'],
    ['that is empty', '', 'certificate.not-a-certificate'],
    ['that is cut', OWN.der.subarray(0, 400), 'certificate.not-a-certificate'],
    ['that is far too large', Buffer.alloc(100_000, 65), 'certificate.too-large'],
    [
      'with a private key',
      `${OWN.pem}\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n`,
      'certificate.private-key',
    ],
    [
      'with the certificate of a website',
      makeCertificate({ commonName: 'api.safaricom.co.ke', ...DATES }).pem,
      'certificate.tls',
    ],
  ])('%s is refused in words of its own', async (_, content, id) => {
    const opened = await open('production');
    const answer = await load(opened, content);
    expect(answer).toMatchObject({ error: { code: 'credential/bad-input', message: { id } } });
    expect(list(opened)).toMatchObject([{ origin: 'shipped', isUsed: true }]);
    await opened.shop.close();
  });

  test('that is gone, or belongs to another session, is said to be', async () => {
    const opened = await open('production');
    const { shop, files, session } = opened;
    expect(codeOf(await loadCertificate(shop.core, files, session, 'a'.repeat(64)))).toBe('file/gone');
    const path = join(folder, 'gone.cer');
    writeFileSync(path, OWN.pem);
    const { token } = unwrap(await files.admit(session, path));
    expect(codeOf(await loadCertificate(shop.core, files, { ...session, id: 'x' }, token))).toBe('file/gone');
    rmSync(path);
    expect(codeOf(await loadCertificate(shop.core, files, session, token))).toBe('file/gone');
    await shop.close();
  });
});

test('a demo has none of its own, and takes neither of Safaricom’s', async () => {
  const opened = await open('demo');
  expect(list(opened)).toEqual([]);
  expect(used(opened)).toBeNull();
  for (const pem of Object.values(SHIPPED_CERTIFICATES))
    expect(codeOf(await load(opened, pem))).toBe('credential/bad-input');
  unwrap(await load(opened, OWN.pem));
  expect(list(opened)).toMatchObject([{ origin: 'loaded', isUsed: true }]);
  expect(codeOf(chooseCertificate(opened.shop.core, opened.session, null))).toBe('ledger/not-found');
  expect(codeOf(chooseCertificate(opened.shop.core, opened.session, 'b'.repeat(64)))).toBe(
    'ledger/not-found',
  );
  await opened.shop.close();
});
