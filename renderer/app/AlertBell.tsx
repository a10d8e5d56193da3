import { Bell } from 'lucide-react';
import { useState } from 'react';
import { useAnswer } from '../lib/queries.ts';
import { useText } from '../lib/text.tsx';
import styles from './AlertBell.module.css';
import { AlertDrawer } from './AlertDrawer.tsx';

/** How many things the program noticed that nobody has read yet, and the way to read them. */
export function AlertBell() {
  const { t, count } = useText();
  const [isOpen, setIsOpen] = useState(false);
  const unseen = useAnswer('alert:list', { state: 'unseen', after: null, limit: 1 }).data?.unseen ?? 0;
  return (
    <>
      <button
        type="button"
        className={styles.bell}
        title={t('alerts.title')}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      >
        <Bell size={18} aria-hidden />
        <span className="visually-hidden">{t('alerts.unseen', { count: unseen })}</span>
        {unseen > 0 && (
          <span className={styles.badge} aria-hidden>
            {unseen > 99 ? '99+' : count(unseen)}
          </span>
        )}
      </button>
      <AlertDrawer isOpen={isOpen} onClose={() => setIsOpen(false)} />
    </>
  );
}
