import { createHash, X509Certificate } from 'node:crypto';
import type { UtcMs } from '#shared/domain/time.ts';
import { KNOWN_KEYS, TLS_HOSTS } from './known-certificates.ts';

/** What a certificate is for, as far as it shows: `tls` secures a connection and encrypts no password. */
export type CertificateUse = 'sandbox' | 'production' | 'tls' | 'unknown';

export type CertificateFacts = {
  readonly pem: string;
  /** The common name, or the whole subject where there is none. */
  readonly subject: string;
  readonly issuer: string;
  readonly from: UtcMs;
  readonly to: UtcMs;
  /** SHA-256 over the DER, lower-case hex. */
  readonly fingerprint: string;
  /** SHA-256 over the public key (SPKI), lower-case hex. */
  readonly keyFingerprint: string;
  readonly keyBits: number;
  readonly use: CertificateUse;
};

export type CertificateProblem =
  | 'not-a-certificate'
  /** A private key, or a file with one in it: it must not be loaded anywhere. */
  | 'private-key'
  /** Its key is not RSA: passwords are encrypted with nothing else. */
  | 'not-rsa'
  | 'key-too-short'
  | 'too-large';

export type ReadCertificate =
  | { readonly ok: true; readonly value: CertificateFacts }
  | { readonly ok: false; readonly problem: CertificateProblem };

const LARGEST = 15_000;
const LEAST_BITS = 2_048;

/** Reads a certificate as PEM or DER; of several in a PEM, the first. Its dates and its issuer are not judged. */
export function readCertificate(bytes: Uint8Array): ReadCertificate {
  const file = Buffer.from(bytes);
  if (file.length > LARGEST) return { ok: false, problem: 'too-large' };
  const text = file.toString('latin1');
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return { ok: false, problem: 'private-key' };
  const pem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(text)?.[0];
  const certificate = parse(pem ?? file);
  if (certificate === null) return { ok: false, problem: 'not-a-certificate' };
  const { publicKey } = certificate;
  if (publicKey.asymmetricKeyType !== 'rsa') return { ok: false, problem: 'not-rsa' };
  const keyBits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (keyBits < LEAST_BITS) return { ok: false, problem: 'key-too-short' };
  const subject = commonName(certificate.subject);
  const keyFingerprint = sha256(publicKey.export({ type: 'spki', format: 'der' }));
  return {
    ok: true,
    value: {
      pem: toPem(certificate.raw),
      subject,
      issuer: commonName(certificate.issuer),
      from: Date.parse(certificate.validFrom) as UtcMs,
      to: Date.parse(certificate.validTo) as UtcMs,
      fingerprint: sha256(certificate.raw),
      keyFingerprint,
      keyBits,
      use: KNOWN_KEYS[keyFingerprint] ?? (TLS_HOSTS.includes(subject.toLowerCase()) ? 'tls' : 'unknown'),
    },
  };
}

/** Null for anything that is no certificate, and for one whose key nobody can read. */
function parse(source: string | Buffer): X509Certificate | null {
  try {
    const certificate = new X509Certificate(source);
    // Read here: a key of an unknown kind throws only when it is looked at.
    return certificate.publicKey ? certificate : null;
  } catch {
    return null;
  }
}

/** Node gives a name as lines, `CN=…` among them. */
function commonName(name: string): string {
  return /^CN=(.*)$/m.exec(name)?.[1] ?? name.replaceAll('\n', ', ');
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
