import { generateKeyPair, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import * as der from './der.ts';

/** A key of our own making and the certificate that carries its public half. */
export type Certificate = {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly pem: string;
  readonly der: Buffer;
};

export type CertificateWords = {
  readonly commonName: string;
  readonly from: Date;
  readonly to: Date;
  /** The addresses that a server with this certificate may have: `127.0.0.1`, `localhost`. */
  readonly hosts?: readonly string[];
};

const RSA_WITH_SHA256 = '1.2.840.113549.1.1.11';
const COMMON_NAME = '2.5.4.3';
const SUBJECT_ALT_NAME = '2.5.29.17';
const DNS = 2;
const IP = 7;

type KeyPair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
const RSA = { modulusLength: 2048 };

/** A new RSA key of 2,048 bits with a certificate that it signs itself. */
export function makeCertificate(
  words: CertificateWords,
  { publicKey, privateKey }: KeyPair = generateKeyPairSync('rsa', RSA),
): Certificate {
  const algorithm = der.sequence(der.objectId(RSA_WITH_SHA256), der.empty());
  const name = der.sequence(der.set(der.sequence(der.objectId(COMMON_NAME), der.utf8(words.commonName))));
  const body = der.sequence(
    der.tagged(0, der.whole(2)),
    der.whole(1),
    algorithm,
    name,
    der.sequence(der.utcTime(words.from), der.utcTime(words.to)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    ...extensionsFor(words.hosts ?? []),
  );
  const whole = der.sequence(body, algorithm, der.bits(sign('sha256', body, privateKey)));
  return { privateKey, publicKey, der: whole, pem: toPem(whole) };
}

function extensionsFor(hosts: readonly string[]): Buffer[] {
  if (hosts.length === 0) return [];
  const names = hosts.map((host) =>
    /^[\d.]+$/.test(host)
      ? der.tagBytes(IP, Buffer.from(host.split('.').map(Number)))
      : der.tagBytes(DNS, Buffer.from(host, 'ascii')),
  );
  const alternative = der.sequence(der.objectId(SUBJECT_ALT_NAME), der.octets(der.sequence(...names)));
  return [der.tagged(3, der.sequence(alternative))];
}

function toPem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

export type Environment = 'sandbox' | 'production';

/** Past their dates, as Safaricom's own are: only the public key counts. */
const WORDS: Readonly<Record<Environment, CertificateWords>> = {
  sandbox: {
    commonName: 'sandbox.simulator.invalid',
    from: new Date('2014-11-12T00:00:00Z'),
    to: new Date('2016-11-11T00:00:00Z'),
  },
  production: {
    commonName: 'production.simulator.invalid',
    from: new Date('2017-04-25T00:00:00Z'),
    to: new Date('2018-03-21T00:00:00Z'),
  },
};

const made = new Map<Environment, Certificate>();

/** The certificate that passwords are sealed with, made once a process: a key takes a good part of a second. */
export function certificateOf(environment: Environment): Certificate {
  return made.get(environment) ?? keep(environment, makeCertificate(WORDS[environment]));
}

/** Makes that certificate in the background, so that a window can open meanwhile. */
export async function prepareCertificate(environment: Environment): Promise<void> {
  const keys = await promisify(generateKeyPair)('rsa', RSA);
  if (!made.has(environment)) keep(environment, makeCertificate(WORDS[environment], keys));
}

function keep(environment: Environment, certificate: Certificate): Certificate {
  made.set(environment, certificate);
  return certificate;
}
