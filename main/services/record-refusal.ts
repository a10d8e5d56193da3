import { type Result, succeed } from '#shared/ipc/result.ts';
import type { Refusal } from '../ipc/router.ts';
import type { Core } from './core.ts';
import { recordSafely } from './record-safely.ts';

type Refused = Omit<Refusal, 'session'> & {
  readonly session: { readonly staffId: number; readonly id: string } | null;
};
const NOBODY = { staffId: null, session: null } as const;

/** Writes down one request that was turned away; `times` is how often more it was since the last entry of its kind. */
export function recordRefusal(core: Pick<Core, 'ledger'>, refusal: Refused, times = 0): Result<undefined> {
  const { channel, code, window, session } = refusal;
  const actor = session ? { staffId: session.staffId, session: session.id } : NOBODY;
  return core.ledger.act(actor, 'access.refused', 'router', () =>
    succeed({ value: undefined, details: { channel: channel.slice(0, 60), code, window, times } }),
  );
}

/** Refusals that are alike within this time make two entries at most: the first, and one that counts the others. */
const ALIKE_MS = 60_000;
/** Kinds of refusals that are counted at a time; a flood with more kinds than that is one kind. */
const MOST_KINDS = 200;

/** Keeps the record of what is turned away: who asked for what, and why it was refused. */
export type RefusalRecord = {
  readonly note: (refusal: Refusal) => void;
  /** Writes what has been counted and not told yet. */
  readonly settle: () => void;
};

type Alike = { readonly refusal: Refusal; readonly since: number; times: number };

/** A flood of refusals must not fill the log, nor go unsaid: it is counted. */
export function openRefusalRecord(core: Core): RefusalRecord {
  const counted = new Map<string, Alike>();
  const timer = setInterval(() => tellOlderThan(core.now() - ALIKE_MS), ALIKE_MS).unref();

  const write = (refusal: Refusal, times: number) => {
    recordSafely(core, 'a refusal could not be recorded', () => recordRefusal(core, refusal, times));
  };
  const tellOlderThan = (instant: number) => {
    for (const [key, { refusal, since, times }] of counted) {
      if (since > instant) continue;
      counted.delete(key);
      if (times > 0) write(refusal, times);
    }
  };

  return {
    note: (refusal) => {
      tellOlderThan(core.now() - ALIKE_MS);
      const key = keyOf(refusal);
      const alike =
        counted.get(key) ?? (counted.size >= MOST_KINDS ? [...counted.values()].at(-1) : undefined);
      if (alike) {
        alike.times += 1;
        return;
      }
      counted.set(key, { refusal, since: core.now(), times: 0 });
      write(refusal, 0);
    },
    settle: () => {
      clearInterval(timer);
      tellOlderThan(Number.POSITIVE_INFINITY);
    },
  };
}

/** A name that is no channel may be anything: all such names are alike. */
function keyOf({ channel, code, session }: Refusal): string {
  return [code, session?.id ?? '', code === 'ipc/unknown-channel' ? '' : channel].join('\n');
}
