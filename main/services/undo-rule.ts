import { z } from 'zod';
import { isAllowed, type Role } from '#shared/domain/access/permissions.ts';
import { say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Actor, WriteDb } from '../db/ledger.ts';
import { readRule, setRuleStand } from '../db/queries/rules.ts';
import type { Touched } from './record-step.ts';

const stand = z.object({
  state: z.enum(['offered', 'active', 'off', 'removed', 'declined']),
  position: z.number().int(),
});

/** The part of a step's record that rules need. */
export const rulesTouched = z.record(z.string(), z.object({ before: stand, after: stand }));

/** Puts rules back where they stood, unless a later step moved one of them. Only for whoever may write rules. */
export function undoRuleStep(
  db: WriteDb,
  actor: Actor,
  rules: NonNullable<Touched['rules']>,
): Result<undefined> {
  const role = db.get<{ role: Role }>('SELECT role FROM staff WHERE id = ?', actor.staffId)?.role;
  if (role === undefined || !isAllowed(role, 'rules.write'))
    return fail('ledger/not-undoable', say('step.rule-needs-manager'));
  for (const [id, { before, after }] of Object.entries(rules)) {
    const now = readRule(db, Number(id));
    if (now?.state !== after.state || now.position !== after.position)
      return fail('ledger/not-undoable', say('step.rule-changed-since'));
    setRuleStand(db, Number(id), before);
  }
  return succeed(undefined);
}
