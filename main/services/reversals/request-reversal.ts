import { say } from '#shared/domain/message.ts';
import type { Cents } from '#shared/domain/money.ts';
import { DAY, type UtcMs } from '#shared/domain/time.ts';
import type { Input, Output } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { WriteDb } from '../../db/ledger.ts';
import { areLive } from '../../db/queries/live-items.ts';
import { insertReversal } from '../../db/queries/move-reversal.ts';
import { payingNumber } from '../../db/queries/paying-number.ts';
import { insertAttachment } from '../../db/queries/reversal-attachments.ts';
import { readAskedPayment, salesOfPayment } from '../../db/queries/reversal-facts.ts';
import { seal } from '../../db/queries/sealed.ts';
import type { Session } from '../../ipc/session.ts';
import { actorOf, type Core } from '../core.ts';
import type { FileTokens } from '../file-tokens.ts';
import { problemsOf } from './gather-facts.ts';
import { readLimits } from './limits.ts';
import { type ReadAttachment, readAttachment } from './read-attachment.ts';
import { tellReversals } from './tell.ts';

/** A request waits so long for an approver. */
export const REQUEST_LIVES = 7 * DAY;

type Asked = Input<'reversal:request'>;

/** What asking for this payment would meet: every reason why not, and what the form begins with. */
export function checkReversal(
  core: Core,
  session: Session,
  { paymentId, method }: Input<'reversal:check'>,
): Result<Output<'reversal:check'>> {
  const db = core.ledger.read;
  const payment = readAskedPayment(db, paymentId);
  const amountCents = payment?.amountCents ?? (0 as Cents);
  const now = core.now();
  const [saleId = null] = payment === null ? [] : salesOfPayment(db, payment.id);
  const asking = {
    payment,
    amountCents,
    requestedBy: session.staffId,
    exceptId: null,
    shortCode: null,
    saleId,
    now,
  };
  return succeed({
    problems: problemsOf(db, { ...asking, method }),
    amountCents,
    mayBePart: readLimits(db).mayBePart,
    saleId,
    // Where Safaricom cannot be asked, the same money can go back by hand.
    byHand: problemsOf(db, { ...asking, method: 'by-hand' }).length === 0,
  });
}

/** Somebody asks that a payment be sent back. Refused at once, with the reason, where it may not be. */
export async function requestReversal(
  core: Core,
  files: FileTokens,
  session: Session,
  asked: Asked,
): Promise<Result<Output<'reversal:request'>>> {
  const attachment = await takeAttachment(files, session, asked.attachment);
  if (!attachment.ok) return attachment;
  const actor = actorOf(session);
  const requested = core.ledger.act(actor, 'reversal.requested', 'reversals', (db) =>
    write(db, session, asked, attachment.value, core.now()),
  );
  if (!requested.ok) return requested;
  if (asked.attachment !== null) files.spend(asked.attachment);
  tellReversals(core);
  return requested;
}

function write(db: WriteDb, session: Session, asked: Asked, attachment: ReadAttachment | null, now: UtcMs) {
  const { paymentId, method, reason, note } = asked;
  const payment = readAskedPayment(db, paymentId);
  if (asked.saleId !== null && !areLive(db, [], [asked.saleId]))
    return fail('ledger/not-found', say('reconcile.item-not-found'));
  const saleId = asked.saleId ?? (payment === null ? null : (salesOfPayment(db, payment.id)[0] ?? null));
  const amountCents = asked.amountCents ?? payment?.amountCents ?? (0 as Cents);
  const requestedBy = session.staffId;
  const [problem] = problemsOf(db, {
    payment,
    method,
    amountCents,
    requestedBy,
    exceptId: null,
    shortCode: null,
    saleId,
    now,
  });
  if (problem !== undefined) return fail('reversal/refused', problem);
  const shortCode = payment === null ? null : payingNumber(db, payment);
  if (payment === null || shortCode === null) throw new Error('a payment without problems is not there');
  const id = insertReversal(
    db,
    {
      movementId: payment.id,
      receipt: payment.receipt,
      tillId: payment.tillId,
      shortCode,
      amountCents,
      method,
      reason,
      note,
      saleId,
      at: now,
      staffId: session.staffId,
      expiresAt: (now + REQUEST_LIVES) as UtcMs,
    },
    say('reversal.step.requested', { name: session.name }),
  );
  if (attachment !== null) insertAttachment(db, id, attachment);
  const subject = `reversal:${id}`;
  return succeed({
    value: { reversalId: id },
    subject,
    details: {
      payment: payment.id,
      receipt: payment.receipt,
      amountCents,
      method,
      reason,
      note: note === '' ? null : seal(db, subject, note),
      sale: saleId,
      attachment: attachment?.sha256 ?? null,
    },
  });
}

async function takeAttachment(
  files: FileTokens,
  session: Session,
  token: string | null,
): Promise<Result<ReadAttachment | null>> {
  if (token === null) return succeed(null);
  const file = files.look(session, token);
  if (file === null) return fail('file/unknown-token', say('import.token-unknown'));
  return readAttachment(file);
}
