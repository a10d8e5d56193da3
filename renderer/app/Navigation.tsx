import { Button } from '@mantine/core';
import {
  ClipboardCheck,
  FileDown,
  FileSpreadsheet,
  Keyboard,
  type LucideIcon,
  ReceiptText,
  Settings,
} from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { EnvironmentBadge } from '../components/EnvironmentBadge.tsx';
import { useShortcuts } from '../lib/keyboard.tsx';
import { useAppState } from '../lib/queries.ts';
import { useText } from '../lib/text.tsx';
import { useImport } from './import-context.ts';
import { openKeysHelp } from './keys-help-store.ts';
import styles from './Navigation.module.css';
import { paths } from './routes.ts';

type Entry = { path: string; label: string; icon: LucideIcon; badge?: number; badgeLabel?: string };

/** The menu: where one is, how much waits there, whose ledger this is. */
export function Navigation() {
  const { t, count } = useText();
  const state = useAppState();
  const flow = useImport();
  const [location, navigate] = useLocation();

  const entries: Entry[] = [
    {
      path: paths.reconcile,
      label: 'nav.reconcile',
      icon: ClipboardCheck,
      badge: state.toDo,
      badgeLabel: 'nav.to-do',
    },
    {
      path: paths.statements,
      label: 'nav.statements',
      icon: FileSpreadsheet,
      badge: state.reviews,
      badgeLabel: 'nav.reviews',
    },
    { path: paths.sales, label: 'nav.sales', icon: ReceiptText },
    { path: paths.settings, label: 'nav.settings', icon: Settings },
  ];

  useShortcuts('window', [
    ...entries.map((entry, i) => ({
      keys: [`Alt+${i + 1}`] as const,
      label: entry.label,
      run: () => navigate(entry.path),
    })),
    { keys: ['Ctrl+O'], label: 'nav.import', run: () => flow.choose() },
  ]);

  return (
    <nav className={styles.bar} aria-label={t('nav.label')}>
      <div className={styles.head}>
        <div className={styles.brand}>
          <BrandMark />
          <span>Daftari</span>
        </div>
        <EnvironmentBadge environment={state.environment} />
      </div>
      <div className={styles.links}>
        {entries.map(({ path, label, icon: Icon, badge = 0, badgeLabel }) => {
          const isHere = location.startsWith(path);
          return (
            <Link
              key={path}
              href={path}
              className={isHere ? `${styles.link} ${styles.here}` : (styles.link ?? '')}
              {...(isHere ? { 'aria-current': 'page' as const } : {})}
            >
              <Icon size={18} aria-hidden />
              <span className={styles.label}>{t(label)}</span>
              {badge > 0 && (
                <span className={styles.badge}>
                  <span aria-hidden>{count(badge)}</span>
                  <span className="visually-hidden">{t(badgeLabel ?? 'nav.to-do', { count: badge })}</span>
                </span>
              )}
            </Link>
          );
        })}
      </div>
      <Button
        className={styles.import ?? ''}
        variant="default"
        size="xs"
        leftSection={<FileDown size={16} aria-hidden />}
        onClick={() => (flow.isBusy || flow.isAsking ? flow.open() : flow.choose())}
      >
        {flow.isAsking ? t('nav.import-asks') : flow.isBusy ? t('nav.import-busy') : t('nav.import')}
      </Button>
      <div className={styles.foot}>
        <div className={styles.shop}>{state.shopName === '' ? t('nav.unnamed-shop') : state.shopName}</div>
        <div className={styles.who}>{namePerson(state.actor, t('nav.role', { role: state.actor.role }))}</div>
        <button type="button" className={styles.keys} onClick={openKeysHelp}>
          <Keyboard size={14} aria-hidden /> {t('nav.keys')} <kbd>?</kbd>
        </button>
      </div>
    </nav>
  );
}

/** `Njeri · clerk`; a person who is only called by the role is not named twice, and in the language of the window. */
function namePerson({ name, role }: { name: string; role: string }, roleWord: string): string {
  if (name.toLowerCase() !== role) return `${name} · ${roleWord}`;
  return roleWord.charAt(0).toUpperCase() + roleWord.slice(1);
}

/** Two columns that meet: the open ledger. */
function BrandMark() {
  return (
    <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M12 6C9.6 4.2 6.6 3.6 3 4v14.5c3.6-.4 6.6.2 9 2z" fill="#74c9a8" />
      <path d="M12 6c2.4-1.8 5.4-2.4 9-2v14.5c-3.6-.4-6.6.2-9 2z" fill="#ecbe52" />
    </svg>
  );
}
