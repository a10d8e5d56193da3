import type { CallState } from '#shared/domain/daraja/call-state.ts';
import type { Message } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../ledger.ts';

/** How the question stands that was put with a new secret. */
export type RotationCheck = {
  readonly state: CallState;
  readonly at: UtcMs;
  readonly code: string | null;
  readonly text: string | null;
  readonly why: Message | null;
};

export function selectRotationCheck(db: ReadDb, callId: number): RotationCheck {
  const found = db.get<Omit<RotationCheck, 'why'> & { why: string | null }>(
    'SELECT state, state_at AS at, code, text, why FROM api_calls WHERE id = ?',
    callId,
  );
  if (!found) throw new Error('a question that was put is not in the books');
  return { ...found, why: found.why === null ? null : (JSON.parse(found.why) as Message) };
}
