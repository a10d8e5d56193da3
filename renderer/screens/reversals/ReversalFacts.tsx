import type { ReactNode } from 'react';
import { type Text, useText } from '#renderer/lib/text.tsx';
import styles from './Reversals.module.css';
import { customerOf, METHOD_WORDS, REASON_WORDS, type ReversalDetail } from './reversal-words.ts';

type Fact = readonly [label: string, value: ReactNode];

/** What the request is about, who asked and who decided, and what Safaricom said. */
export function ReversalFacts({ detail }: { detail: ReversalDetail }) {
  const text = useText();
  return (
    <dl className={styles.facts}>
      {factsOf(detail, text).map(([label, value]) =>
        value === null ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function factsOf({ reversal, payment, said, call, asksAgainAt }: ReversalDetail, text: Text): Fact[] {
  const { t, time, kes } = text;
  const { sale, approvedBy, approvedAt } = reversal;
  const words = [said?.code, said?.text].filter((part) => part !== null && part !== undefined).join(' · ');
  return [
    [t('reversals.fact-customer'), customerOf(reversal)],
    [
      t('reversals.fact-payment'),
      `${reversal.receipt} · ${kes(payment.amountCents)} · ${time(reversal.paidAt)}`,
    ],
    [t('reversals.fact-till'), `${reversal.till} (${reversal.shortCode})`],
    [
      t('reversals.fact-sale'),
      sale === null ? null : (sale.reference ?? t('reconcile.sale-without-reference')),
    ],
    [t('reversals.fact-how'), t(METHOD_WORDS[reversal.method])],
    [t('reversals.fact-why'), [t(REASON_WORDS[reversal.reason]), reversal.note].filter(Boolean).join(': ')],
    [t('reversals.fact-asked'), `${reversal.requestedBy.name} · ${time(reversal.requestedAt)}`],
    [
      t('reversals.fact-approved'),
      approvedBy === null || approvedAt === null ? null : `${approvedBy.name} · ${time(approvedAt)}`,
    ],
    [t('reversals.fact-sent'), reversal.sentAt === null ? null : time(reversal.sentAt)],
    [t('reversals.fact-own-receipt'), reversal.ownReceipt],
    [t('reversals.fact-said'), words === '' ? null : words],
    [t('reversals.fact-conversation'), call?.conversationId ?? null],
    [t('reversals.fact-originator'), call?.originatorConversationId ?? null],
    [t('reversals.fact-asks-again'), asksAgainAt === null ? null : time(asksAgainAt)],
  ];
}
