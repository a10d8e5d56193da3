import { say } from '../message.ts';
import { findBannedWord } from '../relay/callback-url.ts';
import { type Check, line } from './check.ts';

export type RegistrationFacts = {
  readonly kind: 'pull' | 'c2b';
  readonly state: 'registered' | 'elsewhere' | 'unknown';
  /** Where the registered addresses lead, as far as that was noted. */
  readonly origin: string | null;
};

/** Services that lend an address for an hour; Safaricom blocks them, above all in production. */
const LENT = /ngrok|mockbin|requestbin/i;

/** Whether Safaricom would call the relay's address at all. Null = it would. */
export function judgeAddress(origin: string, environment: 'production' | 'sandbox' | 'demo'): Check | null {
  const values = { host: origin };
  const beside = { place: 'set-up', mend: say('doctor.callback-urls.address-mend') } as const;
  const word = findBannedWord(origin);
  if (word !== null)
    return line('callback-urls', 'failure', say('doctor.callback-urls.banned', { ...values, word }), beside);
  if (environment === 'production' && !origin.startsWith('https://'))
    return line('callback-urls', 'failure', say('doctor.callback-urls.not-https', values), beside);
  if (LENT.test(origin))
    return line('callback-urls', 'warning', say('doctor.callback-urls.lent', values), beside);
  return null;
}

/** Whether Safaricom was told where a short code's payments are to be sent. */
export function judgeRegistrations(
  shortCode: string,
  registrations: readonly RegistrationFacts[],
  relayOrigin: string | null,
): Check {
  const about = { about: shortCode, place: 'set-up' } as const;
  const unclear = registrations.find(({ state }) => state === 'unknown');
  if (unclear)
    return line('callback-urls', 'warning', say('doctor.callback-urls.unclear', { kind: unclear.kind }), {
      ...about,
      mend: say('doctor.callback-urls.unclear-mend', { kind: unclear.kind }),
    });
  const c2b = registrations.find(({ kind }) => kind === 'c2b');
  if (
    c2b?.state === 'registered' &&
    c2b.origin !== null &&
    relayOrigin !== null &&
    c2b.origin !== relayOrigin
  )
    return line('callback-urls', 'warning', say('doctor.callback-urls.other-relay', { host: c2b.origin }), {
      ...about,
      mend: say('doctor.callback-urls.other-relay-mend'),
    });
  const hasPull = registrations.some(({ kind, state }) => kind === 'pull' && state === 'registered');
  if (c2b?.state === 'registered' || hasPull)
    return line(
      'callback-urls',
      'ok',
      say('doctor.callback-urls.ok', { c2b: c2b?.state ?? 'none', pull: hasPull ? 'yes' : 'no' }),
      { about: shortCode },
    );
  if (c2b?.state === 'elsewhere')
    return line('callback-urls', 'ok', say('doctor.callback-urls.elsewhere'), { about: shortCode });
  return line('callback-urls', 'warning', say('doctor.callback-urls.none'), {
    ...about,
    mend: say('doctor.callback-urls.none-mend'),
  });
}
