import { z } from 'zod';
import { type Message, say } from '#shared/domain/message.ts';
import type { AuditAlarm } from '../../audit/keeper.ts';
import { readLastOf } from '../../db/queries/epochs.ts';
import type { Core } from '../core.ts';

const rolledBack = z.object({ anchoredSeq: z.number(), foundSeq: z.number() });

/** What is wrong with the record, since the start or an earlier one; null when nothing is. */
export function describeAlarm(core: Core): { kind: AuditAlarm; words: Message } | null {
  const kind = core.audit.alarm();
  if (kind === null) return null;
  if (kind === 'no-signing-key') return { kind, words: say('audit.alarm.no-signing-key') };
  if (kind === 'anchor-missing') return { kind, words: say('audit.alarm.anchor-missing') };
  const told = readLastOf(core.ledger.read, 'audit.rolled-back');
  const { anchoredSeq: anchored, foundSeq: found } = rolledBack.parse(JSON.parse(told?.details ?? '{}'));
  const words =
    found < anchored
      ? say('audit.alarm.rolled-back', { anchored, found })
      : say('audit.alarm.rewritten', { anchored });
  return { kind, words };
}
