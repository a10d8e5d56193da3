import { type Message, say } from '../message.ts';
import { toNairobi, type UtcMs } from '../time.ts';
import { type Check, line } from './check.ts';

/** The first Node that runs TypeScript sources without a flag. */
const OLDEST_NODE = [22, 18] as const;
const EARLIEST_YEAR = 2026;
/** Beyond, signing in feels broken. */
const LONGEST_PASSWORD_CHECK_MS = 2_000;

/** `isBuiltIn`: it came with the window's own runtime, and the program in it was made for it. */
export function judgeNode(version: string, isBuiltIn = false): Check {
  if (isBuiltIn) return line('node', 'ok', say('doctor.node.built-in', { found: version }));
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  if (isNew) return line('node', 'ok', say('doctor.node.ok', { found: version }));
  const needed = OLDEST_NODE.join('.');
  return line('node', 'failure', say('doctor.node.old', { found: version, needed }), {
    mend: say('doctor.node.mend'),
  });
}

export function judgeClock(now: UtcMs): Check {
  const { year } = toNairobi(now);
  if (year >= EARLIEST_YEAR) return line('clock', 'ok', say('doctor.clock.ok', { now: { at: now } }));
  return line('clock', 'failure', say('doctor.clock.wrong', { year: String(year) }), {
    mend: say('doctor.clock.mend'),
  });
}

/** What was tried in a folder of its own. `cause`: what it threw; null = it went well. */
export type Trial = { readonly name: 'temp-folder' | 'cipher' | 'workers'; readonly cause: string | null };

/** `folder`: where it was tried, for those who may be told; null for a window. */
export function judgeTrial({ name, cause }: Trial, folder: string | null): Check {
  if (cause === null) return line(name, 'ok', FINE[name]);
  return line(name, 'failure', describeFailure(name, cause, folder), { mend: MEND[name] });
}

const FINE: Readonly<Record<Trial['name'], Message>> = {
  'temp-folder': say('doctor.temp-folder.ok'),
  cipher: say('doctor.cipher.ok'),
  workers: say('doctor.workers.ok'),
};

const MEND: Readonly<Record<Trial['name'], Message>> = {
  'temp-folder': say('doctor.temp-folder.mend'),
  cipher: say('doctor.cipher.mend'),
  workers: say('doctor.workers.mend'),
};

function describeFailure(name: Trial['name'], cause: string, folder: string | null): Message {
  if (name === 'cipher') return say('doctor.cipher.failed', { cause });
  if (name === 'workers') return say('doctor.workers.failed', { cause });
  return folder === null
    ? say('doctor.temp-folder.failed-here', { cause })
    : say('doctor.temp-folder.failed', { cause, folder });
}

/** `ms`: how long the last check of a password took; null before the first. */
export function judgePasswordTime(ms: number | null): Check {
  if (ms === null) return line('password-time', 'not-checked', say('doctor.password-time.unknown'));
  if (ms <= LONGEST_PASSWORD_CHECK_MS) return line('password-time', 'ok', say('doctor.password-time.ok'));
  return line(
    'password-time',
    'warning',
    say('doctor.password-time.slow', { seconds: Math.round(ms / 1_000) }),
    {
      mend: say('doctor.password-time.mend'),
    },
  );
}
