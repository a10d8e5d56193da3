import { z } from 'zod';
import { cents as toCents } from '#shared/domain/money.ts';
import type { ReversalLimits } from '#shared/domain/reversal/request-problems.ts';
import type { Input, Output } from '#shared/ipc/contract.ts';
import { cents } from '#shared/ipc/fields.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { Actor, ReadDb } from '../../db/ledger.ts';
import { readSetting, writeSetting } from '../../db/queries/settings.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Core } from '../core.ts';

export type ReversalSettings = ReversalLimits & {
  /** So long after sending a statement must reach, without the reversal, before the owner may say that it was not done. */
  readonly notBackAfterHours: number;
};

/** For a small shop that sends a few payments back a week. */
export const USUAL_LIMITS: ReversalSettings = {
  oldestDays: 30,
  dayCount: 10,
  dayCents: toCents(50_000_00),
  personDayCount: 5,
  personDayCents: toCents(20_000_00),
  mayBePart: false,
  notBackAfterHours: 72,
};

const most = z.number().int().positive().nullable();
const stored = z.object({
  oldestDays: most,
  dayCount: most,
  dayCents: cents.nullable(),
  personDayCount: most,
  personDayCents: cents.nullable(),
  mayBePart: z.boolean(),
  notBackAfterHours: z.number().int().min(24),
});

export function readLimits(db: ReadDb): ReversalSettings {
  const text = readSetting(db, 'reversal-limits');
  if (text === null) return USUAL_LIMITS;
  return stored.parse(JSON.parse(text));
}

export function showLimits(core: Pick<Core, 'ledger'>): Result<Output<'reversal:limits'>> {
  return succeed(readLimits(core.ledger.read));
}

/** The owner's limits. What is asked for already is held to them again when it is approved. */
export function saveLimits(
  core: Core,
  actor: Actor,
  limits: Input<'reversal:save-limits'>,
): Result<Output<'reversal:limits'>> {
  const saved = core.ledger.act(actor, 'reversal.limits-set', 'settings', (db) => {
    const before = readLimits(db);
    writeSetting(db, 'reversal-limits', JSON.stringify(limits));
    return succeed({
      value: limits,
      details: recordChange(db, 'settings', fieldsOf(before), fieldsOf(limits)),
    });
  });
  if (saved.ok) core.tell('ledger:changed', { areas: ['settings', 'reversals'] });
  return saved;
}

/** As `AUDIT_FIELDS` names them. */
function fieldsOf(limits: ReversalSettings) {
  const { oldestDays, dayCount, dayCents, personDayCount, personDayCents, mayBePart, notBackAfterHours } =
    limits;
  return {
    oldestDays,
    dayCount,
    dayCents,
    personDayCount,
    personDayCents,
    mayBePart,
    notBackAfterHours,
  };
}
