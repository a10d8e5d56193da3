import { createHash, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { UtcMs } from '#shared/domain/time.ts';
import { KNOWN_KEYS, TLS_HOSTS } from './known-certificates.ts';

/** What a certificate is for, as far as it shows: `tls` secures a connection and encrypts no password. */
export type CertificateUse = 'sandbox' | 'production' | 'tls' | 'unknown';

export type CertificateFacts = {
  readonly pem: string;
  /** The common name, or the whole subject where there is none. A public key alone has neither this nor the next three. */
  readonly subject: string | null;
  readonly issuer: string | null;
  readonly from: UtcMs | null;
  readonly to: UtcMs | null;
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

/**
 * Reads a certificate, or the public key alone, as PEM or DER; of several in a PEM, the first. Its dates and its issuer are
 * not judged.
 */
export function readCertificate(bytes: Uint8Array): ReadCertificate {
  const file = Buffer.from(bytes);
  if (file.length > LARGEST) return { ok: false, problem: 'too-large' };
  const text = file.toString('latin1');
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return { ok: false, problem: 'private-key' };
  const pem = /-----BEGIN (CERTIFICATE|PUBLIC KEY)-----[\s\S]+?-----END \1-----/.exec(text)?.[0];
  const certificate = parseCertificate(pem ?? file);
  const publicKey = certificate?.publicKey ?? parseKey(pem ?? file);
  if (publicKey === null) return { ok: false, problem: 'not-a-certificate' };
  if (publicKey.asymmetricKeyType !== 'rsa') return { ok: false, problem: 'not-rsa' };
  const keyBits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (keyBits < LEAST_BITS) return { ok: false, problem: 'key-too-short' };
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const keyFingerprint = sha256(key);
  const subject = certificate && commonName(certificate.subject);
  const isTls = subject !== null && TLS_HOSTS.includes(subject.toLowerCase());
  return {
    ok: true,
    value: {
      pem: certificate ? toPem('CERTIFICATE', certificate.raw) : toPem('PUBLIC KEY', key),
      subject,
      issuer: certificate && commonName(certificate.issuer),
      from: certificate && (Date.parse(certificate.validFrom) as UtcMs),
      to: certificate && (Date.parse(certificate.validTo) as UtcMs),
      fingerprint: certificate ? sha256(certificate.raw) : keyFingerprint,
      keyFingerprint,
      keyBits,
      use: KNOWN_KEYS[keyFingerprint] ?? (isTls ? 'tls' : 'unknown'),
    },
  };
}

/** How it is called where it must be named: a key alone says nothing of itself. */
export function nameOfCertificate({ subject, fingerprint }: CertificateFacts): string {
  return subject ?? `SHA-256 ${fingerprint.slice(0, 16).toUpperCase()}`;
}

/** Null for anything that is no certificate, and for one whose key nobody can read. */
function parseCertificate(source: string | Buffer): X509Certificate | null {
  try {
    const certificate = new X509Certificate(source);
    // Read here: a key of an unknown kind throws only when it is looked at.
    return certificate.publicKey ? certificate : null;
  } catch {
    return null;
  }
}

/** SubjectPublicKeyInfo; null for anything else. */
function parseKey(source: string | Buffer): KeyObject | null {
  try {
    return typeof source === 'string'
      ? createPublicKey(source)
      : createPublicKey({ key: source, format: 'der', type: 'spki' });
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

function toPem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
