import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  Clock,
  Eye,
  EyeOff,
  FileCheck,
  FileWarning,
  type LucideIcon,
  Radio,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { DayPicker } from '#renderer/components/DayPicker.tsx';
import { KeyButton } from '#renderer/components/KeyButton.tsx';
import { Ring } from '#renderer/components/Ring.tsx';
import { type Text, useText } from '#renderer/lib/text.tsx';
import { type BusinessDay, businessDayOf } from '#shared/domain/time.ts';
import type { ReconcileSummary } from '#shared/ipc/views.ts';
import styles from './DayHeader.module.css';
import type { Scope, ScopeControl } from './use-scope.ts';

type Props = {
  control: ScopeControl;
  summary: ReconcileSummary | undefined;
  mayMatch: boolean;
  onAcceptAll: () => void;
};

/** The day's truth at the top: which days, how far the statements reach, how much is done and open. */
export function DayHeader({ control, summary, mayMatch, onAcceptAll }: Props) {
  const { scope, setRange } = control;
  const text = useText();
  const { t, kes } = text;
  const title =
    scope.from === scope.to ? text.longDay(scope.from) : `${text.day(scope.from)} – ${text.day(scope.to)}`;
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        <div className={styles.title}>
          <h1>{title}</h1>
          <DayPicker range={scope} onChange={setRange} isCompact />
        </div>
        <div className={styles.truths}>
          {summary !== undefined && <Truths coverage={summary.coverage} scope={scope} />}
          {summary !== undefined && summary.reported.count > 0 && (
            <Truth icon={Radio} tone={styles.warn}>
              {t('reconcile.reported', { amount: kes(summary.reported.cents) })}
            </Truth>
          )}
        </div>
      </div>
      <Progress summary={summary} />
      {mayMatch && <AcceptAllButton summary={summary} onPress={onAcceptAll} />}
    </header>
  );
}

function AcceptAllButton({
  summary,
  onPress,
}: {
  summary: ReconcileSummary | undefined;
  onPress: () => void;
}) {
  const { t } = useText();
  const count = summary?.acceptable.count ?? 0;
  if (summary?.tabs.all === 0) return null;
  return (
    <KeyButton stroke="A" isMain size="xs" disabled={count === 0} onPress={onPress}>
      {count === 0 || summary === undefined
        ? t('reconcile.accept-none')
        : t('reconcile.accept-all', { count, amount: { money: summary.acceptable.cents } })}
    </KeyButton>
  );
}

function Progress({ summary }: { summary: ReconcileSummary | undefined }) {
  const { t, kes } = useText();
  if (summary === undefined) return <div className={styles.progress} aria-hidden />;
  if (summary.tabs.all === 0) return null;
  // Of no payments at all, no part can be matched.
  const hasPayments = summary.payments > 0;
  return (
    <div className={styles.progress} data-testid="progress">
      {hasPayments && <Ring fraction={summary.matchedPayments / summary.payments} />}
      <div>
        <strong data-testid="open-amount">{t('reconcile.open', { amount: kes(summary.openCents) })}</strong>{' '}
        {hasPayments && summary.openCents > 0 && (
          <span className={styles.soft}>{t('reconcile.both-sides')}</span>
        )}
        <div className={styles.soft}>
          {hasPayments
            ? t('reconcile.matched-of', { matched: summary.matchedPayments, all: summary.payments })
            : t('reconcile.no-payments')}
        </div>
      </div>
    </div>
  );
}

function Truth({
  icon: Icon,
  tone,
  children,
}: {
  icon: LucideIcon;
  tone: string | undefined;
  children: ReactNode;
}) {
  return (
    <span className={`${styles.truth} ${tone ?? ''}`}>
      <Icon size={14} aria-hidden /> {children}
    </span>
  );
}

type TruthsProps = { coverage: ReconcileSummary['coverage']; scope: Scope };

function Truths({ coverage, scope }: TruthsProps) {
  const text = useText();
  const { t } = text;
  if (coverage.files === 0) {
    return (
      <Truth icon={FileWarning} tone={styles.warn}>
        {t('reconcile.no-statement', { isOneDay: scope.from === scope.to ? 'yes' : 'no' })}
      </Truth>
    );
  }
  return (
    <>
      <Truth
        icon={coverage.isPartial ? Clock : FileCheck}
        tone={coverage.isPartial ? styles.warn : styles.fine}
      >
        {sayCoverage(coverage, scope.to, text)}
      </Truth>
      {coverage.isBalanced === null ? (
        <Truth icon={CircleDashed} tone={undefined}>
          {t('reconcile.balance-not-stated')}
        </Truth>
      ) : coverage.isBalanced ? (
        <Truth icon={CircleCheck} tone={styles.fine}>
          {t('reconcile.adds-up')}
        </Truth>
      ) : (
        <Truth icon={CircleAlert} tone={styles.bad}>
          {t('reconcile.does-not-add-up')}
        </Truth>
      )}
      <Truth icon={coverage.witness === 'none' ? EyeOff : Eye} tone={undefined}>
        {t('reconcile.witness', {
          witness: coverage.witness,
          seen: coverage.seen,
          all: coverage.seenOf,
        })}
      </Truth>
    </>
  );
}

function sayCoverage(
  { coveredTo, isPartial }: ReconcileSummary['coverage'],
  lastDay: BusinessDay,
  { t, clock, time }: Text,
): string {
  if (coveredTo === null) return t('reconcile.coverage-unknown');
  // On the day itself the hour is enough.
  const until = businessDayOf(coveredTo) === lastDay ? clock(coveredTo) : time(coveredTo);
  return t(isPartial ? 'reconcile.covered-partly' : 'reconcile.covered', { until });
}
