import type { CredentialKind } from '../daraja/product.ts';
import { say } from '../message.ts';
import { DAY, type UtcMs } from '../time.ts';
import { type Check, line } from './check.ts';

/** One row of what is set up, and whether its secret still lies where it should. */
export type CredentialFacts = {
  readonly kind: CredentialKind;
  readonly setAt: UtcMs;
  readonly dueAt: UtcMs;
  /** `unknown`: the keychain was not asked, or did not answer. */
  readonly secret: 'kept' | 'missing' | 'unknown';
};

/** Safaricom ends an operator's password after 90 days: said from day 75 on. */
const WARN_BEFORE = 15 * DAY;

/** What is there for one short code, and what is missing. */
export function judgeCredentials(shortCode: string, credentials: readonly CredentialFacts[]): Check {
  const about = { about: shortCode, place: 'set-up' } as const;
  const has = (kind: CredentialKind) => credentials.some((credential) => credential.kind === kind);
  const lost = credentials.find(({ secret }) => secret === 'missing');
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
  return [line('due-dates', 'ok', say('doctor.due-dates.ok', { at: { at: first } }), { about: shortCode })];
}

function judgeDue(shortCode: string, { kind, setAt, dueAt }: CredentialFacts, now: UtcMs): Check | null {
  const values = { kind: selector(kind), days: Math.floor((now - setAt) / DAY), at: { at: dueAt } };
  const beside = {
    about: shortCode,
    place: 'set-up',
    mend: say('doctor.due-dates.mend', { kind: selector(kind) }),
  } as const;
  if (!isOperator(kind))
    return now < dueAt ? null : line('due-dates', 'warning', say('doctor.due-dates.yearly', values), beside);
  if (now >= dueAt) return line('due-dates', 'failure', say('doctor.due-dates.over', values), beside);
  if (now >= dueAt - WARN_BEFORE)
    return line('due-dates', 'warning', say('doctor.due-dates.soon', values), beside);
  return null;
}

function isOperator(kind: CredentialKind): boolean {
  return kind === 'look-up-operator' || kind === 'reversal-operator';
}

/** As the choices of a sentence are written: they know no hyphen. */
function selector(kind: CredentialKind): string {
  return kind.replaceAll('-', '_');
}
