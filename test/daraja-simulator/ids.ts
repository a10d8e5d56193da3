import type { Chance } from '#main/demo/random.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { pad, toStamp } from './stamps.ts';

/** The ids that Safaricom gives, in the forms of today; the same seed gives the same ids. */
export type Ids = {
  /** `94fc-460e-a970-797968bf6a851272619` */
  readonly request: () => string;
  /** `AG_20260928_0100101002hi3i67m6ml` */
  readonly conversation: (at: UtcMs) => string;
  /** 28 characters. */
  readonly token: () => string;
};

const HEX = '0123456789abcdef';
const LOWER = '0123456789abcdefghijklmnopqrstuvwxyz';
const MIXED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function openIds(chance: Chance): Ids {
  const letters = (from: string, many: number) =>
    Array.from({ length: many }, () => from[chance.between(0, from.length - 1)] ?? '').join('');
  return {
    request: () =>
      `${letters(HEX, 4)}-${letters(HEX, 4)}-${letters(HEX, 4)}-${letters(HEX, 12)}${pad(chance.between(0, 999_999), 6)}`,
    conversation: (at) => `AG_${toStamp(at).slice(0, 8)}_0100101${letters(LOWER, 13)}`,
    token: () => letters(MIXED, 28),
  };
}
