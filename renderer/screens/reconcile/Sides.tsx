import { Clock, PenLine, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Amount } from '#renderer/components/Amount.tsx';
import { Standing } from '#renderer/components/Standing.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import { useShownPhone } from '#renderer/lib/reveal.ts';
import { useText } from '#renderer/lib/text.tsx';
import { type Cents, sum, ZERO } from '#shared/domain/money.ts';
import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import type { PaymentView, SaleView } from '#shared/ipc/views.ts';
import { ReversalMark } from '../reversals/ReversalMark.tsx';
import { markDifferences } from './marked-receipt.ts';
import styles from './Sides.module.css';
import { signedAmount } from './sum-meter.ts';

type WhenProps = { at: UtcMs | null; day: BusinessDay; withDay: boolean };

/** The time of day, the day too when the screen shows several, and no invented time where only a date is known. */
function When({ at, day, withDay }: WhenProps) {
  const text = useText();
  const dayWord = text.day(day).replace(/ \d{4}$/, '');
  const clock = at === null ? text.t('reconcile.no-time') : text.clock(at);
  return (
    <span className={styles.when}>
      {clock}
      {withDay && <small>{dayWord}</small>}
    </span>
  );
}

type SideProps = { when: ReactNode; title: ReactNode; sub: ReactNode; amount: Cents };

function Side({ when, title, sub, amount }: SideProps) {
  return (
    <div className={styles.side}>
      {when}
      <div className={styles.words}>
        <div className={styles.title}>{title}</div>
        {sub !== '' && <div className={styles.sub}>{sub}</div>}
      </div>
      <Amount cents={amount} isStrong />
    </div>
  );
}

/** `a · b · c`, leaving out what is not known. */
function joinKnown(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}

/** Several items of one side: they belong together, or, of an ambiguous row, only one of them is meant. */
type SeveralProps = {
  when: ReactNode;
  names: readonly string[];
  amounts: readonly Cents[];
  words: SeveralWords;
  isChoice: boolean;
  marks?: ReactNode;
};
type SeveralWords = { together: string; oneOf: string };

function Several({ when, names, amounts, words, isChoice, marks }: SeveralProps) {
  const { t, money } = useText();
  const isPair = names.length === 2;
  if (isChoice) {
    const title = isPair ? names.join(` ${t('reconcile.or')} `) : t(words.oneOf, { count: names.length });
    return (
      <Side
        when={when}
        title={
          <>
            <b>{title}</b>
            {marks}
          </>
        }
        sub={isPair ? '' : names.join(' · ')}
        amount={amounts[0] ?? ZERO}
      />
    );
  }
  return (
    <Side
      when={when}
      title={
        <>
          <b>{isPair ? names.join(' + ') : t(words.together, { count: names.length })}</b>
          {marks}
        </>
      }
      sub={amounts.map(money).join(' + ')}
      amount={sum(amounts)}
    />
  );
}

type PaymentSideProps = { payments: readonly PaymentView[]; withDay: boolean; isChoice?: boolean };

/** What Safaricom says was paid. */
export function PaymentSide({ payments, withDay, isChoice = false }: PaymentSideProps) {
  const text = useText();
  const hasTills = useAppState().tills.length > 1;
  const [first, ...others] = payments;
  if (first === undefined) return null;
  const when = <When at={first.precision === 'day' ? null : first.at} day={first.day} withDay={withDay} />;
  if (others.length > 0) {
    return (
      <Several
        when={when}
        names={payments.map((payment) => payment.receipt)}
        amounts={payments.map(signedAmount)}
        words={{ together: 'reconcile.several-payments', oneOf: 'reconcile.one-of-payments' }}
        isChoice={isChoice}
        marks={
          <>
            <Standing payments={payments} />
            <ReversalMark payments={payments} />
          </>
        }
      />
    );
  }
  return (
    <Side
      when={when}
      title={
        <>
          <b className={styles.code}>{first.receipt}</b>
          {first.accountReference !== null && <span>{first.accountReference}</span>}
          <Standing payments={payments} />
          <ReversalMark payments={payments} />
          {first.direction === 'out' && (
            <span className={styles.mark}>
              <Undo2 size={12} aria-hidden /> {text.t('reconcile.money-out')}
            </span>
          )}
        </>
      }
      sub={<PaymentSub payment={first} till={hasTills ? first.till : null} />}
      amount={signedAmount(first)}
    />
  );
}

function PaymentSub({ payment, till }: { payment: PaymentView; till: string | null }) {
  const phone = useShownPhone({ type: 'payment', id: payment.id }, payment.phone);
  return joinKnown([phone, payment.name, till]);
}

type SaleSideProps = {
  sales: readonly SaleView[];
  withDay: boolean;
  /** The real one beside it, to show where the typed one differs. */
  receipt: string | null;
  isChoice?: boolean;
};

/** What the shop says it sold. */
export function SaleSide({ sales, withDay, receipt, isChoice = false }: SaleSideProps) {
  const text = useText();
  const [first, ...others] = sales;
  if (first === undefined) return null;
  const when = <When at={first.at} day={first.day} withDay={withDay} />;
  if (others.length > 0) {
    return (
      <Several
        when={when}
        names={sales.map((sale) => sale.reference ?? text.t('reconcile.sale-without-reference'))}
        amounts={sales.map((sale) => sale.amountCents)}
        words={{ together: 'reconcile.several-sales', oneOf: 'reconcile.one-of-sales' }}
        isChoice={isChoice}
      />
    );
  }
  return (
    <Side
      when={when}
      title={
        <>
          <b>{first.reference ?? text.t('reconcile.sale-without-reference')}</b>
          {first.description !== null && <span>{first.description}</span>}
          <SaleMarks sale={first} />
        </>
      }
      sub={<SaleSub sale={first} receipt={receipt} />}
      amount={first.amountCents}
    />
  );
}

function SaleSub({ sale, receipt }: { sale: SaleView; receipt: string | null }) {
  const { t } = useText();
  const hasTills = useAppState().tills.length > 1;
  const phone = useShownPhone({ type: 'sale', id: sale.id }, sale.phone);
  const rest = joinKnown([sale.customer, phone, sale.cashier, hasTills ? sale.till : null]);
  if (sale.receipt === null) return rest;
  const marks = markDifferences(sale.receipt, receipt ?? sale.receipt);
  return (
    <>
      {t('reconcile.typed-receipt')}{' '}
      <span className={styles.code}>
        {marks.map((mark) =>
          mark.isDifferent ? <u key={mark.from}>{mark.text}</u> : <span key={mark.from}>{mark.text}</span>,
        )}
      </span>
      {rest !== '' && ` · ${rest}`}
    </>
  );
}

/** What a reader must know about where a sale comes from. */
function SaleMarks({ sale }: { sale: SaleView }) {
  const { t } = useText();
  return (
    <>
      {sale.typedBy !== null && (
        <span className={styles.mark} title={t('reconcile.typed-by', { name: sale.typedBy })}>
          <PenLine size={12} aria-hidden /> {t('reconcile.typed')}
        </span>
      )}
      {sale.isAfterPayment && (
        <span className={styles.mark} title={t('reconcile.after-payment-long')}>
          <Clock size={12} aria-hidden /> {t('reconcile.after-payment')}
        </span>
      )}
    </>
  );
}
