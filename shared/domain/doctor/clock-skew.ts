import { say } from '../message.ts';
import { MINUTE, type UtcMs } from '../time.ts';
import { type Check, line } from './check.ts';

/** The relay refuses requests that are signed five minutes off. */
const TOO_FAR = 5 * MINUTE;
const NOTICEABLE = MINUTE;

/** Safaricom's clock minus this computer's, from the last answer that carried a date; null before the first. */
export type ClockGap = { readonly ms: number; readonly at: UtcMs } | null;

export function judgeClockSkew(gap: ClockGap): Check {
  if (gap === null) return line('clock-skew', 'not-checked', say('doctor.clock-skew.unknown'));
  const far = Math.abs(gap.ms);
  const values = { by: { minutes: far / MINUTE }, way: gap.ms > 0 ? 'behind' : 'ahead', at: { at: gap.at } };
  if (far < NOTICEABLE) return line('clock-skew', 'ok', say('doctor.clock-skew.ok', { at: { at: gap.at } }));
  return line('clock-skew', far >= TOO_FAR ? 'failure' : 'warning', say('doctor.clock-skew.off', values), {
    mend: say('doctor.clock-skew.mend'),
  });
}
