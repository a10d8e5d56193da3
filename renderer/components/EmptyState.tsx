import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Notice.module.css';

type Props = { icon: LucideIcon; title: string; children?: ReactNode; actions?: ReactNode };

/** Nothing here yet: why, and what to do next. */
export function EmptyState({ icon: Icon, title, children, actions }: Props) {
  return (
    <div className={styles.notice}>
      <span className={styles.medal}>
        <Icon size={28} aria-hidden />
      </span>
      <h2>{title}</h2>
      {children !== undefined && <div className={styles.words}>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
