import { say } from '../message.ts';
import { type Check, line } from './check.ts';

export type CertificateFacts = {
  readonly environment: 'production' | 'sandbox' | 'demo';
  /** False where no operator is set up, or only ready-made SecurityCredentials. */
  readonly isNeeded: boolean;
  /** What passwords are encrypted with. `belongsTo`: whose key it is, as far as that is known. */
  readonly used: {
    readonly commonName: string;
    readonly fingerprint: string;
    /** `tls`: it secures connections, and encrypts no password. */
    readonly belongsTo: 'production' | 'sandbox' | 'tls' | 'unknown';
  } | null;
  /** An operator of the shop was accepted with it. */
  readonly isProven: boolean;
};

/** Whether passwords are encrypted for the environment that they go to. */
export function judgeCertificate({ environment, isNeeded, used, isProven }: CertificateFacts): Check {
  if (!isNeeded) return line('certificate', 'ok', say('doctor.certificate.not-needed'));
  if (used === null)
    return line('certificate', 'failure', say('doctor.certificate.none'), {
      place: 'set-up',
      mend: say('doctor.certificate.mend'),
    });
  const { commonName, belongsTo, fingerprint } = used;
  const values = { name: commonName, print: fingerprint.slice(0, 16).toUpperCase() };
  const isForeign = belongsTo !== 'unknown' && environment !== 'demo' && belongsTo !== environment;
  if (isForeign)
    return line('certificate', 'failure', say('doctor.certificate.wrong', { ...values, belongsTo }), {
      place: 'set-up',
      mend: say('doctor.certificate.mend'),
    });
  if (belongsTo === 'unknown' && environment !== 'demo' && !isProven)
    return line('certificate', 'not-checked', say('doctor.certificate.unknown', values), { place: 'set-up' });
  return line('certificate', 'ok', say('doctor.certificate.ok', values));
}
