import { type Message, say } from '#shared/domain/message.ts';
import { hidePhones, maskPhone } from '#shared/domain/party.ts';
import { reversalName } from '#shared/domain/reversal/binding.ts';
import { spellOut } from '#shared/domain/reversal/odd-text.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ApprovalPage, ApprovalView } from '#shared/ipc/approval-channels.ts';
import { type Language, render } from '#shared/text/render.ts';
import type { ReadDb } from '../../db/ledger.ts';
import { readSaleFields } from '../../db/queries/edit-sale.ts';
import { findAttachment } from '../../db/queries/reversal-attachments.ts';
import {
  type AskedPayment,
  lastBalance,
  livePaymentOf,
  readAskedPayment,
} from '../../db/queries/reversal-facts.ts';
import { type ReversalRow, readReversal } from '../../db/queries/reversals.ts';
import { selectPerson } from '../../db/queries/staff.ts';
import type { Core } from '../core.ts';
import type { ApprovalDesk } from './approval-desk.ts';
import { frameOf, tellOnly } from './approval-page.ts';
import { operatorName } from './bind-approval.ts';
import { sayStanding } from './describe-reversal.ts';
import { gatherWarnings } from './gather-warnings.ts';
import { APPROVAL_LIVES } from './send-reversal.ts';
import { problemsNow } from './show-reversals.ts';
import { viewHashOf } from './view-hash.ts';

type Fact = { readonly label: Message; readonly value: Message | string };

/** What the approval window shows of the reversal that it was opened for: read from the books, rendered here. */
export function showApproval(
  core: Pick<Core, 'ledger' | 'now'>,
  desk: Pick<ApprovalDesk, 'about' | 'notePage'>,
): ApprovalPage {
  const db = core.ledger.read;
  const reversalId = desk.about();
  const reversal = reversalId === null ? null : readReversal(db, reversalId);
  if (reversal === null)
    return tellOnly(core, {
      tone: 'bad',
      question: say('approval.nothing'),
      text: say('approval.nothing-text'),
    });
  const now = core.now();
  const payment = readAskedPayment(
    db,
    livePaymentOf(db, reversal.receipt, reversal.tillId) ?? reversal.movementId,
  );
  if (reversal.state !== 'requested' || reversal.expiresAt <= now || payment === null)
    return tellStanding(core, reversal);
  const page = desk.notePage({ reversalId: reversal.id, hash: viewHashOf(db, reversal, now) }, now);
  return frameOf(core, (language) => askWhether(core, reversal, payment, { page, language }));
}

/** What became of it: nothing to decide any more. */
export function tellStanding(core: Pick<Core, 'ledger'>, reversal: ReversalRow): ApprovalPage {
  const { state, id } = reversal;
  const isOpen = state === 'accepted' || state === 'unknown' || state === 'sending' || state === 'approved';
  const isGood = state === 'done' || state === 'by-hand' || state === 'already' || state === 'rejected';
  return tellOnly(core, {
    tone: isOpen ? 'open' : isGood ? 'good' : 'bad',
    question: say('approval.is', { name: reversalName(id), state: toWord(state) }),
    text: sayStanding(core.ledger.read, reversal),
  });
}

function askWhether(
  core: Pick<Core, 'ledger' | 'now'>,
  reversal: ReversalRow,
  payment: AskedPayment,
  { page, language }: { readonly page: string; readonly language: Language },
): ApprovalView {
  const db = core.ledger.read;
  const now = core.now();
  const tell = (message: Message) => render(message, language);
  const amount = { money: reversal.amountCents };
  const lives = now + APPROVAL_LIVES;
  return {
    state: 'asked',
    page,
    question: tell(say('approval.question', { method: toWord(reversal.method) })),
    amount: tell(say('approval.amount', { amount })),
    facts: factsOf(db, reversal, payment).map(({ label, value }) => ({
      label: tell(label),
      value: typeof value === 'string' ? value : tell(value),
    })),
    warnings: gatherWarnings(db, reversal, now).map(tell),
    problems: problemsNow(core, reversal).map(tell),
    approve: tell(say('approval.approve', { method: toWord(reversal.method), amount })),
    note: tell(say('approval.note', { name: reversalName(reversal.id), method: toWord(reversal.method) })),
    expiresAt: Math.min(reversal.expiresAt, lives) as UtcMs,
    expires: tell(say('approval.expires')),
    words: {
      name: tell(say('approval.name')),
      password: tell(say('approval.password')),
      code: tell(say('approval.code')),
      codeHint: tell(say('approval.code-hint')),
      reject: tell(say('approval.reject')),
      reason: tell(say('approval.reason')),
      confirmReject: tell(say('approval.confirm-reject')),
      back: tell(say('approval.back')),
      later: tell(say('approval.later')),
      busy: tell(say('approval.busy')),
      expired: tell(say('approval.expired')),
      failed: tell(say('approval.failed')),
    },
  };
}

/** Receipt, customer, sale, who asks and why, and what will pay it: everything that others wrote is spelt out. */
function factsOf(db: ReadDb, reversal: ReversalRow, payment: AskedPayment): Fact[] {
  const { shortCode, requestedBy, requestedAt, reason, note, saleId, method } = reversal;
  const sale = saleId === null ? null : readSaleFields(db, saleId);
  const balance = lastBalance(db, { id: payment.accountId, name: payment.account, shortCode });
  const initiator = operatorName(db, shortCode);
  const facts: Fact[] = [
    { label: say('approval.fact.customer'), value: customerOf(payment) },
    {
      label: say('approval.fact.payment'),
      value: say('approval.value.payment', {
        receipt: payment.receipt,
        at: { at: payment.at },
        till: spellOut(payment.till),
        shortCode,
        paid: { money: payment.amountCents },
      }),
    },
  ];
  if (payment.accountReference !== null && payment.accountReference !== '')
    facts.push({ label: say('approval.fact.reference'), value: plain(payment.accountReference) });
  facts.push({
    label: say('approval.fact.sale'),
    value:
      sale === null
        ? say('approval.value.no-sale')
        : say('approval.value.sale', {
            reference: plain(sale.reference ?? '–'),
            amount: { money: sale.amountCents },
            what: plain(sale.description ?? ''),
          }),
  });
  facts.push({
    label: say('approval.fact.asked-by'),
    value: say('approval.value.asked-by', {
      name: spellOut(selectPerson(db, requestedBy)?.name ?? ''),
      at: { at: requestedAt },
    }),
  });
  facts.push({
    label: say('approval.fact.why'),
    value:
      note === ''
        ? say('approval.value.why-only', { reason: toWord(reason) })
        : say('approval.value.why', { reason: toWord(reason), note: plain(note) }),
  });
  const attachment = findAttachment(db, reversal.id);
  if (attachment !== null)
    facts.push({
      label: say('approval.fact.attachment'),
      value: say('approval.value.attachment', {
        kind: attachment.kind === 'application/pdf' ? 'pdf' : 'photo',
        kb: Math.ceil(attachment.size / 1024),
      }),
    });
  if (method === 'daraja') {
    facts.push({
      label: say('approval.fact.paid-from'),
      value:
        balance === null
          ? say('approval.value.balance-unknown', { account: spellOut(payment.account) })
          : say('approval.value.balance', {
              account: spellOut(payment.account),
              balance: { money: balance.cents },
              at: { at: balance.at },
            }),
    });
    facts.push({ label: say('approval.fact.operator'), value: spellOut(initiator === '' ? '–' : initiator) });
  }
  return facts;
}

function customerOf({ phone, name, code }: AskedPayment): string {
  const parts = [maskPhone(phone), plain(name ?? code ?? '')].filter((part) => part !== null && part !== '');
  return parts.length === 0 ? '–' : parts.join(' · ');
}

/** As somebody else wrote it: no full number, no unseen mark. */
function plain(text: string): string {
  return spellOut(hidePhones(text) ?? '');
}

/** As the choices of a sentence name it. */
function toWord(code: string): string {
  return code.replaceAll('-', '_');
}
