import { PhoneFact } from '#renderer/app/PhoneFact.tsx';
import { Amount } from '#renderer/components/Amount.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { LookUpView } from '#shared/ipc/look-up-channels.ts';
import styles from './LookUp.module.css';

/** Amount, time, customer and till: what one looks for first, always in the same place. */
export function LookUpFacts({ lookUp }: { lookUp: LookUpView }) {
  const { t, time } = useText();
  const { amountCents, paidAt, customer, payment, claim } = lookUp;
  const hasCustomer = customer.name !== null || customer.phone !== null;
  if (amountCents === null && paidAt === null && !hasCustomer) return null;
  return (
    <dl className={styles.facts}>
      {amountCents !== null && (
        <div>
          <dt>{t('look-up-screen.amount')}</dt>
          <dd className={styles.amount}>
            <Amount cents={amountCents} withCurrency isStrong />
          </dd>
        </div>
      )}
      {paidAt !== null && (
        <div>
          <dt>{t('look-up-screen.paid')}</dt>
          <dd>{time(paidAt)}</dd>
        </div>
      )}
      {hasCustomer && (
        <div>
          <dt>{t('look-up-screen.customer')}</dt>
          <dd className={styles.customer}>
            {customer.name !== null && <span>{customer.name}</span>}
            <PhoneFact
              owner={{ type: 'look-up', id: lookUp.id, hasFullPhone: customer.hasFullPhone }}
              masked={customer.phone}
            />
          </dd>
        </div>
      )}
      {payment !== null && (
        <div>
          <dt>{t('app.till')}</dt>
          <dd>{payment.till}</dd>
        </div>
      )}
      {claim !== null && claim.note !== '' && (
        <div>
          <dt>{t('look-up-screen.note')}</dt>
          <dd>{claim.note}</dd>
        </div>
      )}
    </dl>
  );
}
