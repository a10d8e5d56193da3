import { Button } from '@mantine/core';
import { CalendarX2, CheckCheck, CirclePause, FileDown, FileSpreadsheet, Link2, SearchX } from 'lucide-react';
import { useLocation } from 'wouter';
import { useImport } from '#renderer/app/import-context.ts';
import { paths, reconcilePath } from '#renderer/app/routes.ts';
import { shiftRange } from '#renderer/components/DayPicker.tsx';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { KeyButton } from '#renderer/components/KeyButton.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { ReconcileSummary } from '#shared/ipc/views.ts';
import styles from './DayStates.module.css';
import type { Tab } from './use-rows.ts';
import type { ScopeControl } from './use-scope.ts';

/** The very first day: two files, and the work can begin. */
export function EmptyLedger() {
  const { t } = useText();
  const { canImport, choose } = useImport();
  return (
    <div className={styles.first}>
      <div className={styles.sheet}>
        <h1>{t('reconcile.first-title')}</h1>
        <p>{t('reconcile.first-words')}</p>
        <ol className={styles.steps}>
          <li>
            <h2>{t('reconcile.first-statement')}</h2>
            <p>{t('reconcile.first-statement-how')}</p>
            {canImport && (
              <Button leftSection={<FileDown size={16} aria-hidden />} onClick={() => choose('statement')}>
                {t('reconcile.choose-statement')}
              </Button>
            )}
          </li>
          <li>
            <h2>{t('reconcile.first-sales')}</h2>
            <p>{t('reconcile.first-sales-how')}</p>
            {canImport && (
              <Button
                variant="default"
                leftSection={<FileDown size={16} aria-hidden />}
                onClick={() => choose('sales')}
              >
                {t('reconcile.choose-sales')}
              </Button>
            )}
          </li>
        </ol>
        {canImport && <p className={styles.hint}>{t('reconcile.first-drop')}</p>}
      </div>
    </div>
  );
}

type DayProps = { control: ScopeControl; summary: ReconcileSummary };

/** Neither a payment nor a sale on these days. */
export function NothingToCompare({ control, summary }: DayProps) {
  const { t, day } = useText();
  const { canImport, choose } = useImport();
  const { latestDay } = useAppState();
  const [, navigate] = useLocation();
  const hasStatement = summary.coverage.files > 0;
  const isOneDay = control.scope.from === control.scope.to ? 'yes' : 'no';
  return (
    <EmptyState
      icon={CalendarX2}
      title={hasStatement ? t('reconcile.quiet-day') : t('reconcile.no-statement-title')}
      actions={
        <>
          {!hasStatement && canImport && (
            <Button leftSection={<FileDown size={16} aria-hidden />} onClick={() => choose('auto')}>
              {t('reconcile.choose-files')}
            </Button>
          )}
          {latestDay !== null && latestDay !== control.scope.from && (
            <Button variant="default" onClick={() => navigate(reconcilePath(latestDay))}>
              {t('reconcile.go-to-day', { day: day(latestDay) })}
            </Button>
          )}
        </>
      }
    >
      <p>{hasStatement ? t('reconcile.quiet-day-words') : t('reconcile.no-statement-words', { isOneDay })}</p>
    </EmptyState>
  );
}

/** The day is worked to zero: said calmly, with what is next. */
export function AllDone({ control, summary, onShowParked }: DayProps & { onShowParked: () => void }) {
  const { t } = useText();
  const { tabs, coverage } = summary;
  const isOneDay = control.scope.from === control.scope.to;
  const [, navigate] = useLocation();
  return (
    <EmptyState
      icon={CheckCheck}
      title={t(tabs.parked > 0 ? 'reconcile.done-parked-title' : 'reconcile.done-title')}
      actions={
        <>
          {coverage.files === 0 || coverage.isPartial ? (
            <Button variant="default" onClick={() => navigate(paths.statements)}>
              {t('reconcile.see-coverage')}
            </Button>
          ) : null}
          {tabs.parked > 0 && (
            <Button
              variant="default"
              leftSection={<CirclePause size={16} aria-hidden />}
              onClick={onShowParked}
            >
              {t('reconcile.see-parked', { count: tabs.parked })}
            </Button>
          )}
          <KeyButton
            stroke="]"
            size="sm"
            isMain
            onPress={() => control.setRange(shiftRange(control.scope, 1))}
          >
            {t(isOneDay ? 'keys.next-day' : 'days.next')}
          </KeyButton>
        </>
      }
    >
      <p role="status">
        {t(tabs.parked > 0 ? 'reconcile.done-so-far' : 'reconcile.done-words', {
          matched: summary.matchedPayments,
          all: summary.payments,
          amount: { money: summary.matchedCents },
        })}
      </p>
      {tabs.parked > 0 && (
        <p>{t('reconcile.done-parked', { count: tabs.parked, amount: { money: summary.openCents } })}</p>
      )}
      {coverage.files === 0 && (
        <p>{t('reconcile.done-without-statement', { isOneDay: isOneDay ? 'yes' : 'no' })}</p>
      )}
      {coverage.files > 0 && coverage.isPartial && coverage.coveredTo !== null && (
        <p>{t('reconcile.done-partial', { until: { at: coverage.coveredTo } })}</p>
      )}
      {coverage.isBalanced === false && <p>{t('reconcile.done-unbalanced')}</p>}
    </EmptyState>
  );
}

const TAB_EMPTY: Readonly<Record<Tab, string>> = {
  todo: 'reconcile.empty-todo',
  matched: 'reconcile.empty-matched',
  parked: 'reconcile.empty-parked',
  all: 'reconcile.empty-todo',
};

export function NothingInTab({ tab }: { tab: Tab }) {
  const { t } = useText();
  const icons = { todo: FileSpreadsheet, matched: Link2, parked: CirclePause, all: FileSpreadsheet };
  return <EmptyState icon={icons[tab]} title={t(TAB_EMPTY[tab])} />;
}

export function NothingFound({ search, onShowAll }: { search: string; onShowAll: () => void }) {
  const { t } = useText();
  return (
    <EmptyState
      icon={SearchX}
      title={
        search === '' ? t('reconcile.filter-finds-nothing') : t('reconcile.search-finds-nothing', { search })
      }
      actions={
        <Button variant="default" onClick={onShowAll}>
          {t('reconcile.show-everything')}
        </Button>
      }
    >
      <p>{t('reconcile.search-where')}</p>
    </EmptyState>
  );
}
