import { Skeleton } from '@mantine/core';
import { FileText, Keyboard, Radio, Satellite } from 'lucide-react';
import type { ReactNode } from 'react';
import { AuditLink } from '#renderer/app/AuditLink.tsx';
import { PhoneFact } from '#renderer/app/PhoneFact.tsx';
import { auditAboutPath, auditFindPath } from '#renderer/app/routes.ts';
import { Amount } from '#renderer/components/Amount.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { Standing } from '#renderer/components/Standing.tsx';
import { useAnswer } from '#renderer/lib/queries.ts';
import { type Text, useText } from '#renderer/lib/text.tsx';
import type { Detail, PaymentView, SaleView } from '#shared/ipc/views.ts';
import { PaymentReversal } from '../reversals/PaymentReversal.tsx';
import styles from './DetailsDrawer.module.css';
import { movementWord } from './row-words.ts';

type Fact = readonly [label: string, value: ReactNode];

/** One payment or one sale with its evidence and its history. Also used outside the reconcile screen. */
export function ItemDetails({ type, id }: { type: 'payment' | 'sale'; id: number }) {
  const detail = useAnswer('ledger:show', { type, id });
  const text = useText();
  if (detail.error !== null)
    return <ErrorNotice error={detail.error} onRetry={() => void detail.refetch()} />;
  if (detail.data === undefined) return <Skeleton height={240} animate={false} mb="md" />;
  const { payment, sale } = detail.data;
  return (
    <section className={styles.item}>
      {payment !== null && (
        <Heading
          title={payment.receipt}
          side={text.t('reconcile.column-paid')}
          cents={payment.amountCents}
          mark={<Standing payments={[payment]} />}
        />
      )}
      {sale !== null && (
        <Heading
          title={sale.reference ?? text.t('reconcile.sale-without-reference')}
          side={text.t('reconcile.column-sold')}
          cents={sale.amountCents}
        />
      )}
      <Facts
        facts={
          payment !== null
            ? paymentFacts(payment, detail.data, text)
            : sale === null
              ? []
              : saleFacts(sale, text)
        }
      />
      {payment !== null && <PaymentReversal payment={payment} />}
      <Evidence detail={detail.data} />
      <Related payments={detail.data.related} />
      <Past detail={detail.data} />
      {payment !== null && <AuditLink to={auditFindPath(payment.receipt)} />}
      {sale !== null && <AuditLink to={auditAboutPath(`sale:${sale.id}`)} />}
    </section>
  );
}

type HeadingProps = { title: string; side: string; cents: PaymentView['amountCents']; mark?: ReactNode };

function Heading({ title, side, cents, mark }: HeadingProps) {
  return (
    <header className={styles.heading}>
      <div>
        <small>{side}</small>
        <h3>
          {title} {mark}
        </h3>
      </div>
      <Amount cents={cents} withCurrency isStrong />
    </header>
  );
}

function paymentFacts(payment: PaymentView, detail: Detail, { t, time, day, kes }: Text): Fact[] {
  return [
    [t('details.time'), payment.precision === 'day' ? day(payment.day) : time(payment.at)],
    [t('details.day'), day(payment.day)],
    [t('details.kind'), t(movementWord(payment.kind))],
    [t('details.status'), t('details.movement-status', { status: payment.status })],
    [t('details.standing'), payment.standing === 'settled' ? null : t(STANDING_SENTENCES[payment.standing])],
    [t('details.phone'), phoneFact('payment', payment)],
    [t('details.name'), payment.name],
    [t('details.account-reference'), payment.accountReference],
    [t('app.till'), `${payment.till} · ${payment.account}`],
    [t('details.balance'), detail.balanceCents === null ? null : kes(detail.balanceCents)],
    [t('details.words'), detail.details === null ? null : fillIn(detail.details, payment)],
  ];
}

const STANDING_SENTENCES: Readonly<Record<Exclude<PaymentView['standing'], 'settled'>, string>> = {
  reported: 'standing.reported-long',
  wait: 'standing.wait-long',
};

/** The ledger keeps Safaricom's words with the party cut out; here it is put back, as masked as it is elsewhere. */
function fillIn(words: string, payment: PaymentView): string {
  const party = [payment.phone, payment.name].filter((part) => part !== null).join(' - ');
  return words.replace('{party}', party || '…').replace('{ref}', payment.accountReference ?? '…');
}

function saleFacts(sale: SaleView, { t, time, day }: Text): Fact[] {
  return [
    [t('details.time'), sale.at === null ? t('details.date-only', { day: day(sale.day) }) : time(sale.at)],
    [t('details.day'), day(sale.day)],
    [t('details.kind'), t('details.sale-kind', { kind: sale.kind })],
    [t('details.tender'), t('details.tender-word', { tender: sale.tender })],
    [t('details.status'), t('details.sale-status', { status: sale.status })],
    [t('details.typed-receipt'), sale.receipt],
    [t('details.account-reference'), sale.accountReference],
    [t('details.customer'), sale.customer],
    [t('details.phone'), phoneFact('sale', sale)],
    [t('details.cashier'), sale.cashier],
    [t('app.till'), sale.till],
    [t('details.description'), sale.description],
    [
      t('details.typed-by'),
      sale.typedBy === null || sale.typedAt === null
        ? sale.typedBy
        : `${sale.typedBy} · ${time(sale.typedAt)}`,
    ],
    [t('details.note'), sale.isAfterPayment ? t('reconcile.after-payment-long') : null],
  ];
}

function phoneFact(type: 'payment' | 'sale', item: PaymentView | SaleView): ReactNode {
  if (item.phone === null && !item.hasFullPhone) return null;
  const { id, hasFullPhone, phone } = item;
  return <PhoneFact owner={{ type, id, hasFullPhone }} masked={phone} />;
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([label, value]) =>
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

const CHANNEL_ICONS = { file: FileText, direct: Satellite, relay: Radio, typed: Keyboard } as const;

const EVIDENCE_WORDS: Readonly<Record<Detail['evidence'][number]['kind'], string>> = {
  line: 'details.evidence-line',
  typed: 'details.evidence-typed',
  confirmation: 'details.evidence-confirmation',
  'pulled-row': 'details.evidence-pulled-row',
  'status-answer': 'details.evidence-status-answer',
};

/** Which file and line, or which answer, says so. */
function Evidence({ detail }: { detail: Detail }) {
  const { t, time, count } = useText();
  if (detail.evidence.length === 0) return null;
  return (
    <div className={styles.block}>
      <h4>{t('details.evidence')}</h4>
      <ul>
        {detail.evidence.map((evidence) => {
          const Icon = CHANNEL_ICONS[evidence.channel];
          const line = evidence.row === null ? null : t('details.line', { row: count(evidence.row) });
          return (
            <li key={`${evidence.kind}-${evidence.importId}-${evidence.row}-${evidence.at}`}>
              <Icon size={14} aria-hidden /> {t(EVIDENCE_WORDS[evidence.kind])}
              {[evidence.fileName, line].map((part) => (part === null ? '' : ` · ${part}`)).join('')}
              <small>
                {evidence.lastAt === null
                  ? time(evidence.at)
                  : t('details.seen-again', { first: time(evidence.at), last: time(evidence.lastAt) })}
              </small>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Its charge, its reversal, its sweep. */
function Related({ payments }: { payments: readonly PaymentView[] }) {
  const { t, time, kes } = useText();
  if (payments.length === 0) return null;
  return (
    <div className={styles.block}>
      <h4>{t('details.related')}</h4>
      <ul>
        {payments.map((payment) => (
          <li key={payment.id}>
            {t(movementWord(payment.kind))} · {payment.receipt} · {kes(payment.amountCents)}
            <small>{time(payment.at)}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Past({ detail }: { detail: Detail }) {
  const { t, tell, time } = useText();
  if (detail.history.length === 0) return null;
  return (
    <div className={styles.block}>
      <h4>{t('details.history')}</h4>
      <ol>
        {detail.history.map((event) => (
          <li key={`${event.at}-${event.what.id}`}>
            {tell(event.what)}
            <small>
              {time(event.at)} · {event.by}
            </small>
          </li>
        ))}
      </ol>
    </div>
  );
}
