import { ageOf } from '../daraja/credential-age.ts';
import type { CredentialKind } from '../daraja/product.ts';
import { say } from '../message.ts';
import { businessDayOf, type UtcMs } from '../time.ts';
import { type Check, line } from './check.ts';

/** One row of what is set up, and whether its secret still lies where it should. */
export type CredentialFacts = {
  readonly kind: CredentialKind;
  readonly dueAt: UtcMs;
  /** `unknown`: the keychain was not asked, or did not answer. A reversal operator's lies sealed in the books. */
  readonly secret: 'kept' | 'missing' | 'unknown';
};

/** What is there for one short code, and what is missing. */
export function judgeCredentials(shortCode: string, credentials: readonly CredentialFacts[]): Check {
  const about = { about: shortCode, place: 'set-up' } as const;
  const has = (kind: CredentialKind) => credentials.some((credential) => credential.kind === kind);
  const missing = credentials.filter(({ secret }) => secret === 'missing');
  const lost = missing.find(({ kind }) => kind !== 'reversal-operator') ?? missing[0];
  if (lost?.kind === 'reversal-operator')
    return line('credentials', 'warning', say('doctor.credentials.unsealed'), {
      ...about,
      mend: say('doctor.credentials.unsealed-mend'),
    });
  if (lost)
    return line('credentials', 'failure', say('doctor.credentials.lost', { kind: selector(lost.kind) }), {
      ...about,
      mend: say('doctor.credentials.lost-mend'),
    });
  if (!has('app'))
    return line('credentials', 'failure', say('doctor.credentials.no-app'), {
      ...about,
      mend: say('doctor.credentials.no-app-mend'),
    });
  if (!has('look-up-operator'))
    return line('credentials', 'warning', say('doctor.credentials.no-operator'), {
      ...about,
      mend: say('doctor.credentials.no-operator-mend'),
    });
  if (credentials.some(({ secret }) => secret === 'unknown'))
    return line('credentials', 'not-checked', say('doctor.credentials.unknown'), about);
  return line('credentials', 'ok', say('doctor.credentials.ok'), about);
}

/** Before anything is set up: no fault, for statements need nothing of Safaricom. */
export function noCredentials(): Check {
  return line('credentials', 'not-checked', say('doctor.credentials.none'), {
    place: 'set-up',
    mend: say('doctor.credentials.none-mend'),
  });
}

/** A line for each secret that is due; one good line when none is. */
export function judgeDueDates(
  shortCode: string,
  credentials: readonly CredentialFacts[],
  now: UtcMs,
): Check[] {
  const due = credentials.flatMap((credential) => judgeDue(shortCode, credential, now) ?? []);
  const first = Math.min(...credentials.map(({ dueAt }) => dueAt)) as UtcMs;
  if (due.length > 0 || credentials.length === 0) return due;
  return [
    line('due-dates', 'ok', say('doctor.due-dates.ok', { day: { day: businessDayOf(first) } }), {
      about: shortCode,
    }),
  ];
}

function judgeDue(shortCode: string, { kind, dueAt }: CredentialFacts, now: UtcMs): Check | null {
  const { days, standing } = ageOf(kind, dueAt, now);
  if (standing === 'fresh') return null;
  const values = { kind: selector(kind), days, day: { day: businessDayOf(dueAt) } };
  const mend = say('doctor.due-dates.mend', { kind: selector(kind) });
  const beside = { about: shortCode, place: 'set-up', mend } as const;
  const isOver = standing === 'overdue';
  // What Safaricom ends by itself stops everything; the rest is our own advice.
  if (kind === 'look-up-operator' || kind === 'reversal-operator')
    return isOver
      ? line('due-dates', 'failure', say('doctor.due-dates.over', values), beside)
      : line('due-dates', 'warning', say('doctor.due-dates.soon', values), beside);
  return line(
    'due-dates',
    'warning',
    say('doctor.due-dates.yearly', { ...values, when: isOver ? 'past' : 'soon' }),
    beside,
  );
}

/** As the choices of a sentence are written: they know no hyphen. */
function selector(kind: CredentialKind): string {
  return kind.replaceAll('-', '_');
}
