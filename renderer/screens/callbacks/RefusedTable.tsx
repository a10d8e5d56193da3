import { useText } from '#renderer/lib/text.tsx';
import type { Output } from '#shared/ipc/contract.ts';
import styles from './Callbacks.module.css';
import { reasonWords } from './callback-words.ts';

type Refused = Output<'callback:refused'>['refused'];

/** Address, reason, how often, first and last. */
export function RefusedTable({ refused }: { refused: Refused }) {
  const { t, time, count } = useText();
  return (
    <table className={styles.refused} aria-label={t('callbacks.tab-refused')}>
      <thead>
        <tr>
          <th scope="col">{t('callbacks.why-refused')}</th>
          <th scope="col">{t('callbacks.from')}</th>
          <th scope="col" className={styles.figure}>
            {t('callbacks.times')}
          </th>
          <th scope="col">{t('callbacks.first')}</th>
          <th scope="col">{t('callbacks.last')}</th>
        </tr>
      </thead>
      <tbody>
        {refused.map((each) => (
          <tr key={`${each.reason} ${each.address}`}>
            <td>{reasonWords(each.reason, t)}</td>
            <td className={styles.code}>
              {each.address === '' ? t('callbacks.many-addresses') : each.address}
            </td>
            <td className={styles.figure}>{count(each.count)}</td>
            <td>{time(each.firstAt)}</td>
            <td>{time(each.lastAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
