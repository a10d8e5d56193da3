import { open } from 'node:fs/promises';
import { say } from '#shared/domain/message.ts';
import type { Output } from '#shared/ipc/contract.ts';
import type { CertificateView } from '#shared/ipc/credential-channels.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import {
  type CertificateFacts,
  type CertificateProblem,
  nameOfCertificate,
  readCertificate,
} from '../../daraja/certificate.ts';
import { SHIPPED_CERTIFICATES } from '../../daraja/known-certificates.ts';
import type { Environment } from '../../db/ledger-file.ts';
import { insertCertificate, selectCertificates, useCertificate } from '../../db/queries/certificates.ts';
import type { Session } from '../../ipc/session.ts';
import { actorOf, type Core } from '../core.ts';
import type { FileTokens } from '../file-tokens.ts';

type Listed = Result<Output<'certificate:list'>>;
/** More than any that is taken. */
const MOST_BYTES = 20_000;

const PROBLEMS = {
  'not-a-certificate': say('certificate.not-a-certificate'),
  'private-key': say('certificate.private-key'),
  'not-rsa': say('certificate.not-rsa'),
  'key-too-short': say('certificate.key-too-short'),
  'too-large': say('certificate.too-large'),
} as const satisfies Record<CertificateProblem, ReturnType<typeof say>>;

/** The certificates that operators' passwords can be encrypted with, the one in use first. */
export function listCertificates({ ledger }: Pick<Core, 'ledger'>): Listed {
  const loaded = selectCertificates(ledger.read).flatMap((row) => {
    const facts = factsOf(row.pem);
    const { loadedAt, loadedBy, isUsed } = row;
    return facts ? [viewOf(facts, { origin: 'loaded', loadedAt, loadedBy, isUsed })] : [];
  });
  const shipped = shippedFor(ledger.environment);
  const isShippedUsed = !loaded.some(({ isUsed }) => isUsed);
  const all = shipped
    ? [
        ...loaded,
        viewOf(shipped, { origin: 'shipped', loadedAt: null, loadedBy: null, isUsed: isShippedUsed }),
      ]
    : loaded;
  return succeed({ certificates: all.toSorted((a, b) => Number(b.isUsed) - Number(a.isUsed)) });
}

/** Takes a certificate from a file and uses it from now on. One that cannot be right here is refused, in words. */
export async function loadCertificate(
  core: Core,
  files: FileTokens,
  session: Session,
  token: string,
): Promise<Listed> {
  const file = files.look(session, token);
  const bytes = file && (await readStart(file.path));
  if (!file || !bytes) return fail('file/gone', say('certificate.file-gone'));
  const read = readCertificate(bytes);
  if (!read.ok) return fail('credential/bad-input', PROBLEMS[read.problem]);
  const facts = read.value;
  const unfit = refuseUnfit(core.ledger.environment, facts);
  if (unfit) return unfit;
  files.spend(token);
  if (facts.fingerprint === shippedFor(core.ledger.environment)?.fingerprint)
    return chooseCertificate(core, session, null);
  const { fingerprint, pem } = facts;
  const loaded = core.ledger.act(actorOf(session), 'certificate.loaded', subjectOf(fingerprint), (db) => {
    insertCertificate(db, { fingerprint, pem, at: core.now(), staffId: session.staffId });
    useCertificate(db, fingerprint);
    return succeed({ value: undefined, details: { fingerprint } });
  });
  return loaded.ok ? tellAndList(core) : loaded;
}

/** Uses another of those that are there; null = the one that came with Daftari. */
export function chooseCertificate(core: Core, session: Session, fingerprint: string | null): Listed {
  const row = selectCertificates(core.ledger.read).find((each) => each.fingerprint === fingerprint);
  const facts = fingerprint === null ? shippedFor(core.ledger.environment) : factsOf(row?.pem ?? '');
  if (!facts) return fail('ledger/not-found', say('certificate.not-there'));
  const unfit = refuseUnfit(core.ledger.environment, facts);
  if (unfit) return unfit;
  const subject = subjectOf(facts.fingerprint);
  const chosen = core.ledger.act(actorOf(session), 'certificate.chosen', subject, (db) => {
    useCertificate(db, fingerprint);
    const origin = fingerprint === null ? 'shipped' : 'loaded';
    return succeed({ value: undefined, details: { fingerprint: facts.fingerprint, origin } });
  });
  return chosen.ok ? tellAndList(core) : chosen;
}

function tellAndList(core: Core): Listed {
  core.tell('ledger:changed', { areas: ['safaricom'] });
  return listCertificates(core);
}

/** The one of the other environment encrypts a password that nobody here can read, and each try counts. */
function refuseUnfit(environment: Environment, facts: CertificateFacts): Result<never> | null {
  const { use } = facts;
  if (use === 'unknown' || use === environment) return null;
  const subject = nameOfCertificate(facts);
  if (use === 'tls') return fail('credential/bad-input', say('certificate.tls', { subject }));
  return fail('credential/bad-input', say('certificate.other-environment', { subject, use, environment }));
}

/** A demo has only what it was given. */
function shippedFor(environment: Environment): CertificateFacts | null {
  return environment === 'demo' ? null : factsOf(SHIPPED_CERTIFICATES[environment]);
}

function factsOf(pem: string): CertificateFacts | null {
  const read = readCertificate(Buffer.from(pem, 'utf8'));
  return read.ok ? read.value : null;
}

function viewOf(
  { fingerprint, subject, issuer, from, to, keyBits, use }: CertificateFacts,
  about: Pick<CertificateView, 'origin' | 'loadedAt' | 'loadedBy' | 'isUsed'>,
): CertificateView {
  const knownFor = use === 'sandbox' || use === 'production' ? use : null;
  return { fingerprint, subject, issuer, from, to, bits: keyBits, knownFor, ...about };
}

/** The beginning of a file: a certificate is short, whatever else was chosen. Null when it is gone. */
async function readStart(path: string): Promise<Buffer | null> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

function subjectOf(fingerprint: string): string {
  return `certificate:${fingerprint.slice(0, 16)}`;
}
