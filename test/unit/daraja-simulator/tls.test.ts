import https from 'node:https';
import { expect, test } from 'vitest';
import { type CertificateWords, makeCertificate } from '#test/daraja-simulator/certificate.ts';
import type { Tls } from '#test/daraja-simulator/wire/listen.ts';
import { openSimulator } from '#test/helpers/simulator.ts';

const VALID = { from: new Date('2020-01-01T00:00:00Z'), to: new Date('2049-01-01T00:00:00Z') };

/** The status of an answer, or the code of what went wrong, for a caller who trusts this certificate and no other. */
async function call(
  words: Partial<CertificateWords>,
  tls: Partial<Tls> = {},
  isTrusted = true,
): Promise<unknown> {
  const made = makeCertificate({
    commonName: 'localhost',
    ...VALID,
    hosts: ['127.0.0.1', 'localhost'],
    ...words,
  });
  const key = made.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const simulator = await openSimulator({ tls: { key, cert: made.pem, ...tls } });
  return new Promise((resolve) => {
    const trust = isTrusted ? { ca: made.pem } : {};
    const request = https.get(
      simulator.origin,
      { ...trust, agent: false, minVersion: 'TLSv1.2' },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    request.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
}

test('over TLS it answers who trusts it, and nobody is fooled by a certificate that is wrong', async () => {
  expect(await call({})).toBe(404);
  expect(await call({}, {}, false)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  expect(await call({ to: new Date('2021-01-01T00:00:00Z') })).toBe('CERT_HAS_EXPIRED');
  expect(await call({ hosts: ['elsewhere.example'] })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  expect(await call({}, { maxVersion: 'TLSv1.1' })).toMatch(/^(?:ERR_SSL|EPROTO|ECONNRESET)/);
});
