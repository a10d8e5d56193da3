import { useText } from '#renderer/lib/text.tsx';
import type { AuditRow } from '#shared/ipc/audit-channels.ts';
import styles from './Audit.module.css';

/** Who acted, or that nobody was signed in. */
export function Who({ row }: { row: Pick<AuditRow, 'who'> }) {
  const { t } = useText();
  return row.who === null ? <span className={styles.fine}>{t('audit-screen.nobody')}</span> : row.who;
}
