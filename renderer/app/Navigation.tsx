import { Button } from '@mantine/core';
import {
  ClipboardCheck,
  FileDown,
  FileSpreadsheet,
  Inbox,
  type LucideIcon,
  RadioTower,
  ReceiptText,
  ScrollText,
  SearchCheck,
  Settings,
  Undo2,
  UsersRound,
} from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { BrandMark } from '../components/BrandMark.tsx';
import { EnvironmentBadge } from '../components/EnvironmentBadge.tsx';
import { useShortcuts } from '../lib/keyboard.tsx';
import { useAnswer, useAppState } from '../lib/queries.ts';
import { useText } from '../lib/text.tsx';
import { AlertBell } from './AlertBell.tsx';
import { useImport } from './import-context.ts';
import styles from './Navigation.module.css';
import { NavigationFoot } from './NavigationFoot.tsx';
import { paths } from './routes.ts';

type Entry = { path: string; label: string; icon: LucideIcon; badge?: number; badgeLabel?: string };

/** The menu: where one is, how much waits there, whose ledger this is. */
export function Navigation() {
  const { t, count } = useText();
  const state = useAppState();
  const flow = useImport();
  const reversals = useAnswer('reversal:list', { tab: 'waiting', after: null, limit: 1 });
  const [location, navigate] = useLocation();

  const entries: Entry[] = [
    {
      path: paths.reconcile,
      label: 'nav.reconcile',
      icon: ClipboardCheck,
      badge: state.toDo,
      badgeLabel: 'nav.to-do',
    },
    { path: paths.lookUp, label: 'nav.look-up', icon: SearchCheck },
    {
      path: paths.statements,
      label: 'nav.statements',
      icon: FileSpreadsheet,
      badge: state.reviews,
      badgeLabel: 'nav.reviews',
    },
    { path: paths.sales, label: 'nav.sales', icon: ReceiptText },
    ...(state.permissions.includes('callbacks.read')
      ? [{ path: paths.callbacks, label: 'nav.callbacks', icon: Inbox }]
      : []),
    {
      path: paths.reversals,
      label: 'nav.reversals',
      icon: Undo2,
      badge: reversals.data?.counts.forYou ?? 0,
      badgeLabel: 'nav.reversals-for-you',
    },
    ...(state.permissions.includes('staff.read')
      ? [{ path: paths.staff, label: 'nav.staff', icon: UsersRound }]
      : []),
    ...(state.permissions.includes('audit.read')
      ? [
          {
            path: paths.audit,
            label: 'nav.audit',
            icon: ScrollText,
            badge: state.auditAlarm === null ? 0 : 1,
            badgeLabel: 'nav.audit-alarm',
          },
        ]
      : []),
    ...(state.permissions.includes('safaricom.read')
      ? [{ path: paths.safaricom, label: 'nav.safaricom', icon: RadioTower }]
      : []),
    { path: paths.settings, label: 'nav.settings', icon: Settings },
  ];

  useShortcuts('window', [
    ...entries.map((entry, i) => ({
      keys: [`Alt+${i + 1}`] as const,
      label: entry.label,
      run: () => navigate(entry.path),
    })),
    ...(flow.canImport ? [{ keys: ['Ctrl+O'] as const, label: 'nav.import', run: () => flow.choose() }] : []),
  ]);

  return (
    <nav className={styles.bar} aria-label={t('nav.label')}>
      <div className={styles.head}>
        <div className={styles.line}>
          <div className={styles.brand}>
            <BrandMark />
            <span>Daftari</span>
          </div>
          <AlertBell />
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
      {flow.canImport && (
        <Button
          className={styles.import ?? ''}
          variant="default"
          size="xs"
          leftSection={<FileDown size={16} aria-hidden />}
          onClick={() => (flow.isBusy || flow.isAsking ? flow.open() : flow.choose())}
        >
          {flow.isAsking ? t('nav.import-asks') : flow.isBusy ? t('nav.import-busy') : t('nav.import')}
        </Button>
      )}
      <NavigationFoot />
    </nav>
  );
}
