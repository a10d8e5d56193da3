import type { Message } from '../message.ts';

/** Everything that is looked at, in the order in which lines of one level stand. */
export const CHECK_NAMES = [
  'profile',
  'database',
  'audit-log',
  'disk-space',
  'keychain',
  'credentials',
  'token',
  'products',
  'certificate',
  'initiator',
  'till-number',
  'relay',
  'callback-urls',
  'clock-skew',
  'due-dates',
  'access-review',
  'copies',
  'node',
  'clock',
  'temp-folder',
  'cipher',
  'workers',
  'password-time',
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

/** `not-checked` is no good news: nobody has looked, or nothing is known yet. */
export type CheckLevel = 'failure' | 'warning' | 'not-checked' | 'ok';

/** Where in the window it is mended. */
export type CheckPlace = 'set-up' | 'staff' | 'audit' | 'callbacks' | 'settings';

/** One line of the doctor. */
export type Check = {
  readonly name: CheckName;
  /** Which of several it is about: a short code. */
  readonly about: string | null;
  readonly level: CheckLevel;
  /** What was found, in one sentence. */
  readonly finding: Message;
  readonly mend: Message | null;
  readonly place: CheckPlace | null;
};

type Beside = {
  readonly about?: string | null;
  readonly mend?: Message;
  readonly place?: CheckPlace;
};

/** One line, with what is not given absent. */
export function line(name: CheckName, level: CheckLevel, finding: Message, beside: Beside = {}): Check {
  const { about = null, mend = null, place = null } = beside;
  return { name, about, level, finding, mend, place };
}

const WORST_FIRST: readonly CheckLevel[] = ['failure', 'warning', 'not-checked', 'ok'];

/** The worst first; lines of one level in the order of `CHECK_NAMES`, then by what they are about. */
export function sortChecks(checks: readonly Check[]): Check[] {
  const rank = ({ level, name }: Check) =>
    WORST_FIRST.indexOf(level) * CHECK_NAMES.length + CHECK_NAMES.indexOf(name);
  return [...checks].sort((a, b) => rank(a) - rank(b) || compareText(a.about ?? '', b.about ?? ''));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** 0 nothing to mend, 1 a warning, 2 a failure. What was not checked changes nothing. */
export function exitCodeOf(checks: readonly Check[]): 0 | 1 | 2 {
  if (checks.some(({ level }) => level === 'failure')) return 2;
  return checks.some(({ level }) => level === 'warning') ? 1 : 0;
}

/** How many lines of each level there are. */
export function tally(checks: readonly Check[]): Readonly<Record<CheckLevel, number>> {
  const counts = { failure: 0, warning: 0, 'not-checked': 0, ok: 0 };
  for (const { level } of checks) counts[level] += 1;
  return counts;
}
