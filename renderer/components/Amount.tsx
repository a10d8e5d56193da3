import type { Cents } from '#shared/domain/money.ts';
import { useText } from '../lib/text.tsx';
import styles from './Amount.module.css';

type Props = { cents: Cents; withCurrency?: boolean; isStrong?: boolean };

/** An amount as it stands in a column: to the right, figures under figures. */
export function Amount({ cents, withCurrency = false, isStrong = false }: Props) {
  const { kes, money } = useText();
  return (
    <span className={isStrong ? `${styles.amount} ${styles.strong}` : styles.amount}>
      {withCurrency ? kes(cents) : money(cents)}
    </span>
  );
}
