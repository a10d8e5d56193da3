import { type Cents, parseAmount, toReadable } from '#shared/domain/money.ts';
import type { Input } from '#shared/ipc/contract.ts';

export type Limits = Input<'reversal:save-limits'>;

/** The limits as they are typed; nothing in a field = no limit. */
export type LimitFields = {
  readonly oldestDays: string;
  readonly dayCount: string;
  readonly dayAmount: string;
  readonly personDayCount: string;
  readonly personDayAmount: string;
  readonly notBackAfterHours: string;
  readonly mayBePart: boolean;
};

export type LimitField = keyof Omit<LimitFields, 'mayBePart'>;
export type LimitsRead =
  | { readonly ok: true; readonly limits: Limits }
  | { readonly ok: false; readonly wrong: readonly LimitField[] };

const MOST = 10_000;
const LEAST_HOURS = 24;
const MOST_HOURS = 24 * 30;

export function asFields(limits: Limits): LimitFields {
  const number = (value: number | null) => (value === null ? '' : String(value));
  const money = (value: Cents | null) => (value === null ? '' : toReadable(value));
  return {
    oldestDays: number(limits.oldestDays),
    dayCount: number(limits.dayCount),
    dayAmount: money(limits.dayCents),
    personDayCount: number(limits.personDayCount),
    personDayAmount: money(limits.personDayCents),
    notBackAfterHours: number(limits.notBackAfterHours),
    mayBePart: limits.mayBePart,
  };
}

/** The limits that were typed, or which fields cannot be read. */
export function readLimits(fields: LimitFields): LimitsRead {
  const wrong: LimitField[] = [];
  const whole = (name: LimitField, least = 1, most = MOST): number | null => {
    const text = fields[name].trim();
    if (text === '') return null;
    const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    wrong.push(name);
    return null;
  };
  const money = (name: LimitField): Cents | null => {
    const text = fields[name].trim();
    if (text === '') return null;
    const parsed = parseAmount(text);
    if (parsed.ok && parsed.cents > 0) return parsed.cents;
    wrong.push(name);
    return null;
  };
  const limits = {
    oldestDays: whole('oldestDays'),
    dayCount: whole('dayCount'),
    dayCents: money('dayAmount'),
    personDayCount: whole('personDayCount'),
    personDayCents: money('personDayAmount'),
    mayBePart: fields.mayBePart,
  };
  const notBackAfterHours = whole('notBackAfterHours', LEAST_HOURS, MOST_HOURS);
  // This one always has a limit: without it nobody could ever decide.
  if (notBackAfterHours === null && !wrong.includes('notBackAfterHours')) wrong.push('notBackAfterHours');
  if (wrong.length > 0 || notBackAfterHours === null) return { ok: false, wrong };
  return { ok: true, limits: { ...limits, notBackAfterHours } };
}
