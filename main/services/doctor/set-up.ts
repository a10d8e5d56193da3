import { judgeReview } from '#shared/domain/doctor/access-review.ts';
import { judgeCertificate } from '#shared/domain/doctor/certificate.ts';
import type { Check } from '#shared/domain/doctor/check.ts';
import { judgeClockSkew } from '#shared/domain/doctor/clock-skew.ts';
import { noCredentials } from '#shared/domain/doctor/credentials.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { nameOfCertificate, readCertificate } from '../../daraja/certificate.ts';
import { SHIPPED_CERTIFICATES } from '../../daraja/known-certificates.ts';
import type { DarajaLine } from '../../daraja/line.ts';
import type { ReadDb } from '../../db/ledger.ts';
import { readUsedCertificate } from '../../db/queries/asking.ts';
import { type CredentialRow, selectCredentials } from '../../db/queries/credentials.ts';
import { readCertificateLoadedAt, selectLeavers } from '../../db/queries/doctor.ts';
import { readSetting } from '../../db/queries/settings.ts';
import type { Core } from '../core.ts';
import { checkCode } from './codes.ts';
import { checkRelay } from './relay.ts';
import type { SecretStates } from './secrets.ts';

/** What is set up with Safaricom, as the books have it now. Nobody is asked, and nothing is written. */
export function checkSetUp(
  { core, line }: { readonly core: Core; readonly line: Pick<DarajaLine, 'clockGap'> },
  secrets: SecretStates | null,
): Check[] {
  const db = core.ledger.read;
  const rows = selectCredentials(db);
  const codes = [...new Set(rows.map(({ shortCode }) => shortCode))];
  return [
    ...(codes.length === 0 ? [noCredentials()] : codes.flatMap((code) => checkCode(core, code, secrets))),
    ...(codes.length === 0 ? [] : [checkCertificate(core, rows), checkReview(core, rows)]),
    ...checkRelay(core, codes),
    judgeClockSkew(line.clockGap()),
  ];
}

function checkCertificate({ ledger }: Core, rows: readonly CredentialRow[]): Check {
  const { environment, read } = ledger;
  const operators = rows.filter(({ kind, form }) => isOperator(kind) && form === 'plain');
  const pem =
    readUsedCertificate(read) ?? (environment === 'demo' ? null : SHIPPED_CERTIFICATES[environment]);
  const certificate = pem === null ? null : readCertificate(Buffer.from(pem, 'utf8'));
  const used = certificate?.ok
    ? {
        commonName: nameOfCertificate(certificate.value),
        fingerprint: certificate.value.fingerprint,
        belongsTo: certificate.value.use,
      }
    : null;
  const loadedAt = readCertificateLoadedAt(read) ?? 0;
  return judgeCertificate({
    environment,
    isNeeded: operators.length > 0,
    used,
    isProven: operators.some(({ state, stateAt }) => state === 'working' && (stateAt ?? 0) >= loadedAt),
  });
}

function isOperator(kind: CredentialRow['kind']): boolean {
  return kind === 'look-up-operator' || kind === 'reversal-operator';
}

function checkReview(core: Core, rows: readonly CredentialRow[]): Check {
  const db = core.ledger.read;
  const reviewed = readReviewed(db);
  const firstSet = Math.min(...rows.map(({ setAt }) => setAt)) as UtcMs;
  // Who left after a secret was set knew it, unless the owner has gone through it since.
  const left = selectLeavers(db).filter(({ at }) => at >= firstSet && (reviewed === null || at > reviewed));
  return judgeReview(
    { since: reviewed !== null && reviewed > firstSet ? reviewed : firstSet, left },
    core.now(),
  );
}

function readReviewed(db: ReadDb): UtcMs | null {
  const kept = readSetting(db, 'access-reviewed-at');
  return kept !== null && /^\d{1,16}$/.test(kept) ? (Number(kept) as UtcMs) : null;
}
