import { type Party, phonesAgree, visiblePhone } from '../party.ts';
import { DAY, MINUTE, NAIROBI_OFFSET, type TimePrecision, type UtcMs } from '../time.ts';

export type StatedTime = { readonly at: UtcMs; readonly precision: TimePrecision };

const FINENESS: Readonly<Record<TimePrecision, number>> = { day: 0, minute: 1, second: 2 };

/**
 * The time of a payment that a statement settles: the statement's, unless what was reported says the same more exactly.
 * A time that contradicts the statement is never kept.
 */
export function settledTime(reported: StatedTime, stated: StatedTime): StatedTime {
  const isFiner = FINENESS[reported.precision] > FINENESS[stated.precision];
  return isFiner && saysTheSame(reported.at, stated) ? reported : stated;
}

function saysTheSame(at: UtcMs, { at: stated, precision }: StatedTime): boolean {
  const span = precision === 'day' ? DAY : MINUTE;
  const floor = (time: number) => Math.floor((time + NAIROBI_OFFSET) / span);
  return floor(at) === floor(stated);
}

/**
 * Who paid: as the statement says, and what only the report said of the same person. A number in full is kept where the
 * statement masks it and both agree.
 */
export function settledParty(reported: Party, stated: Party): Party {
  if (stated.code !== null) return stated;
  const name = stated.name ?? reported.name;
  if (stated.phone === null) return { ...stated, phone: reported.phone, name };
  const isFuller = visiblePhone(reported.phone ?? '')?.isFull === true;
  const keepsPhone = isFuller && phonesAgree(reported.phone, stated.phone) !== false;
  return { ...stated, phone: keepsPhone ? reported.phone : stated.phone, name };
}
