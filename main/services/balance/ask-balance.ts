import { say } from '#shared/domain/message.ts';
import type { Output } from '#shared/ipc/contract.ts';
import { fail, type Result } from '#shared/ipc/result.ts';
import type { Actor } from '../../db/ledger.ts';
import { lastCalls } from '../../db/queries/api-calls.ts';
import { selectBalanceCodes } from '../../db/queries/balances.ts';
import { ask } from '../safaricom/ask.ts';
import type { SafaricomParts } from '../safaricom/parts.ts';
import { showBalance } from './show-balance.ts';

/**
 * Asks Safaricom what the accounts of a short code hold. The answer comes later; while one is waited for, asking again
 * asks nothing. What became of the question stands in the answer, whichever way it went.
 */
export async function askBalance(
  parts: SafaricomParts,
  actor: Actor,
  shortCode: string,
): Promise<Result<Output<'balance:show'>>> {
  const { core } = parts;
  const db = core.ledger.read;
  if (!selectBalanceCodes(db).includes(shortCode))
    return fail('ledger/not-found', say('balance.unknown-number'));
  const [last] = lastCalls(db, 'balance', shortCode, 1);
  if (last?.state === 'intended' || last?.state === 'accepted' || last?.state === 'lost')
    return showBalance(core);
  const asked = await ask(parts, actor, { product: 'balance', shortCode }, { subject: 'balance' });
  // Nothing was written, so nothing but this answer can say why.
  if (asked.type === 'cannot-ask') return fail('safaricom/cannot-ask', asked.why);
  core.tell('ledger:changed', { areas: ['balances'] });
  return showBalance(core);
}
