import { say } from '../message.ts';
import { businessDayOf, DAY, type UtcMs } from '../time.ts';
import { type Check, line } from './check.ts';

export type ReviewFacts = {
  /** The last time that the owner went through it; before the first, when the first secret was typed. Null = no secret. */
  readonly since: UtcMs | null;
  /** Who could use a secret that is still in use when they left, and when that was. */
  readonly left: readonly { readonly name: string; readonly at: UtcMs }[];
};

const REVIEW_EVERY = 365 * DAY;

/** Whether it is time to go through who can use what is set up with Safaricom. */
export function judgeReview({ since, left }: ReviewFacts, now: UtcMs): Check {
  if (since === null) return line('access-review', 'ok', say('doctor.access-review.nothing'));
  const last = [...left].sort((a, b) => b.at - a.at)[0];
  if (last)
    return line(
      'access-review',
      'warning',
      say('doctor.access-review.left', {
        name: last.name,
        day: { day: businessDayOf(last.at) },
        others: left.length - 1,
      }),
      { place: 'set-up', mend: say('doctor.access-review.left-mend') },
    );
  const next = (since + REVIEW_EVERY) as UtcMs;
  if (now >= next)
    return line(
      'access-review',
      'warning',
      say('doctor.access-review.due', { day: { day: businessDayOf(since) } }),
      {
        place: 'set-up',
        mend: say('doctor.access-review.due-mend'),
      },
    );
  return line('access-review', 'ok', say('doctor.access-review.ok', { day: { day: businessDayOf(next) } }));
}
