import { numberGroups } from '#renderer/components/code-groups.ts';
import { useText } from '#renderer/lib/text.tsx';
import { businessDayOf, type UtcMs } from '#shared/domain/time.ts';
import styles from './KitSheet.module.css';
import type { Kit } from './RecoveryKit.tsx';

/** The recovery kit on paper: whose it is, from when, what it is for. */
export function KitSheet({ kit, shopName }: { kit: Kit; shopName: string }) {
  const { t, day } = useText();
  return (
    <article className={styles.sheet}>
      <header>
        <strong>Daftari</strong>
        <span>{day(businessDayOf(Date.now() as UtcMs))}</span>
      </header>
      <h1>{t('kit.sheet-title', { shop: shopName })}</h1>
      <p>{t('kit.sheet-what')}</p>
      <ol className={styles.code}>
        {numberGroups(kit.groups).map(({ number, text }) => (
          <li key={number}>
            <span>{number}</span>
            <code>{text}</code>
          </li>
        ))}
      </ol>
      <p>{t('kit.fingerprint', { fingerprint: kit.fingerprint })}</p>
      <h2>{t('kit.sheet-when')}</h2>
      <ul>
        <li>{t('kit.sheet-when-1')}</li>
        <li>{t('kit.sheet-when-2')}</li>
        <li>{t('kit.sheet-when-3')}</li>
      </ul>
      <h2>{t('kit.sheet-keep')}</h2>
      <ul>
        <li>{t('kit.rule-1')}</li>
        <li>{t('kit.rule-2')}</li>
        <li>{t('kit.rule-3')}</li>
      </ul>
    </article>
  );
}
