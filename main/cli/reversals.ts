import { type Message, say } from '#shared/domain/message.ts';
import { toDecimal } from '#shared/domain/money.ts';
import { reversalName } from '#shared/domain/reversal/binding.ts';
import { toIsoNairobi, type UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../db/ledger.ts';
import { selectStaffNames } from '../db/queries/audit-log.ts';
import { selectAllReversals } from '../db/queries/reversal-lists.ts';
import type { ReversalRow } from '../db/queries/reversals.ts';
import { sayStanding } from '../services/reversals/describe-reversal.ts';
import { openAnswers } from './answers.ts';
import { writeJson } from './json.ts';
import { exitCodeOf, hasLedger, openBooks } from './open-books.ts';
import type { Command } from './options.ts';
import type { Terminal } from './terminal.ts';

/** `reversals`: every request to send money back and how it stands. Money moves from the window alone. */
export async function listReversals(
  { profile, isJson }: Extract<Command, { name: 'reversals' }>,
  terminal: Terminal,
): Promise<number> {
  const refuse = (message: Parameters<Terminal['render']>[0], code: number): number => {
    terminal.complain(terminal.render(message));
    return code;
  };
  // A throw-away ledger has none: the answer is an empty list, without making one.
  if (profile === null) return print([], new Map(), isJson, terminal);
  if (!hasLedger(profile)) return refuse(say('cli.no-ledger'), 2);
  const purpose = { command: 'reversals', needs: ['reversals.read'] } as const;
  const answers = openAnswers(process.stdin, process.stderr);
  const opened = await openBooks(profile, { purpose, terminal, answers, env: process.env }, () => undefined);
  if (!opened.ok) return refuse(opened.error.message, exitCodeOf(opened.error));
  try {
    const db: ReadDb = opened.books.core.ledger.read;
    return await print(tellAll(db), selectStaffNames(db), isJson, terminal);
  } finally {
    await opened.books.close();
  }
}

/** With how it stands, in words. */
type ToldReversal = ReversalRow & { readonly standing: Message };

export function tellAll(db: ReadDb): ToldReversal[] {
  return selectAllReversals(db).map((row) => ({ ...row, standing: sayStanding(db, row) }));
}

async function print(
  reversals: readonly ToldReversal[],
  names: ReadonlyMap<number, string>,
  isJson: boolean,
  terminal: Terminal,
): Promise<number> {
  await terminal.print(
    isJson
      ? writeJson({ reversals: { items: reversals.map((each) => toJson(each, names, terminal)) } })
      : writeLines(reversals, terminal),
  );
  return 0;
}

/** One of them as scripts read it. */
export function toJson(reversal: ToldReversal, names: ReadonlyMap<number, string>, { render }: Terminal) {
  const { id, state, proof, receipt, shortCode, amountCents, method, reason, requestedAt, sentAt } = reversal;
  // An approval that lapsed is history.
  const isApproved = state !== 'requested' && reversal.approvedBy !== null;
  return {
    name: reversalName(id),
    state,
    proof,
    receipt,
    shortCode,
    amount: toDecimal(amountCents),
    method,
    reason,
    requestedBy: names.get(reversal.requestedBy) ?? '',
    requestedAt: toIsoNairobi(requestedAt),
    approvedBy: isApproved ? (names.get(reversal.approvedBy ?? 0) ?? '') : null,
    approvedAt: isApproved ? time(reversal.approvedAt) : null,
    sentAt: time(sentAt),
    stateAt: toIsoNairobi(reversal.stateAt),
    ownReceipt: reversal.ownReceipt,
    text: render(reversal.standing),
  };
}

function time(at: UtcMs | null): string | null {
  return at === null ? null : toIsoNairobi(at);
}

function* writeLines(reversals: readonly ToldReversal[], { render }: Terminal): Generator<string> {
  if (reversals.length === 0) yield `${render(say('cli.reversals.none'))}\n`;
  for (const reversal of reversals) {
    const { id, receipt, amountCents, requestedAt } = reversal;
    const values = {
      name: reversalName(id),
      receipt,
      amount: { money: amountCents },
      at: { at: requestedAt },
      standing: render(reversal.standing),
    };
    yield `${render(say('cli.reversals.line', values))}\n`;
  }
}
