import type { ReactNode } from 'react';
import styles from './PageHeader.module.css';

/** The head of a screen: what it is, what is true of it, what can be done. */
export function PageHeader({ title, sub, actions }: { title: string; sub?: ReactNode; actions?: ReactNode }) {
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        <h1>{title}</h1>
        {sub !== undefined && <div className={styles.sub}>{sub}</div>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
