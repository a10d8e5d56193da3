import { Chip } from '#renderer/components/Chip.tsx';
import { useText } from '#renderer/lib/text.tsx';
import { businessDayOf } from '#shared/domain/time.ts';
import type { ImportView } from '#shared/ipc/views.ts';
import styles from './FileCells.module.css';
import { balanceVerdict, layoutWords, STATE_WORDS, WITNESS_WORDS } from './file-words.ts';

type Props = { file: ImportView };

/** The names of a portal's files differ at their end, so that is the part a narrow column keeps. */
const TAIL = 14;

/** The file's own name, then what it is and whose. */
export function FileName({ file }: Props) {
  const { t } = useText();
  const layout = layoutWords(file.layout);
  const state = STATE_WORDS[file.state];
  const numbers = [...new Set(file.accounts.map((account) => account.shortCode))];
  const words = [layout === null ? file.layout : t(layout), ...numbers];
  return (
    <>
      <div className={styles.name} title={file.fileName}>
        <span className={styles.start}>{file.fileName.slice(0, -TAIL)}</span>
        <span className={styles.end}>{file.fileName.slice(-TAIL)}</span>
      </div>
      <div className={styles.fine}>
        {state !== null && (
          <>
            <Chip tone="quiet">{t(state)}</Chip>{' '}
          </>
        )}
        {words.join(' · ')}
      </div>
    </>
  );
}

/** From when to when the file says it goes. */
export function FilePeriod({ file }: Props) {
  const { t, day, clock } = useText();
  if (file.from === null || file.to === null)
    return <span className={styles.fine}>{t('statements.period-none')}</span>;
  const [from, to] = [day(businessDayOf(file.from)), day(businessDayOf(file.to))];
  if (from === to) {
    return (
      <>
        <div>{from}</div>
        <div className={styles.fine}>
          {clock(file.from)} – {clock(file.to)}
        </div>
      </>
    );
  }
  return (
    <>
      <div>{from}</div>
      <div>– {to}</div>
    </>
  );
}

/** What became of the rows: never a bare total. */
export function FileRows({ file }: Props) {
  const { t, count } = useText();
  const hasProblems = file.changed + file.refused > 0;
  return (
    <>
      <div>
        {t('statements.rows-new', { count: count(file.new) })} ·{' '}
        {t('statements.rows-known', { count: count(file.known) })}
      </div>
      <div className={styles.fine}>
        {!hasProblems && t('statements.rows-all', { rows: file.rows, count: count(file.rows) })}
        {file.changed > 0 && (
          <span className={styles.open}>{t('statements.rows-changed', { count: count(file.changed) })}</span>
        )}
        {file.changed > 0 && file.refused > 0 && ' · '}
        {file.refused > 0 && (
          <span className={styles.bad}>{t('statements.rows-refused', { count: count(file.refused) })}</span>
        )}
      </div>
    </>
  );
}

export function FileBalance({ isBalanced }: { isBalanced: boolean | null }) {
  const { t } = useText();
  const { tone, icon, words } = balanceVerdict(isBalanced);
  return (
    <Chip tone={tone} icon={icon}>
      {t(words)}
    </Chip>
  );
}

export function FileCoverage({ file }: Props) {
  const { t, time } = useText();
  if (file.coveredTo === null) return <span className={styles.fine}>{t('statements.covers-nothing')}</span>;
  return (
    <>
      <div>{time(file.coveredTo)}</div>
      {file.isPartial && (
        <div className={styles.open}>
          {t(file.reportAt === null ? 'statements.partial-unknown' : 'statements.partial')}
        </div>
      )}
    </>
  );
}

export function FileWitness({ file }: Props) {
  const { t } = useText();
  return (
    <div className={styles.wrap}>{t(WITNESS_WORDS[file.witness], { seen: file.seen, all: file.seenOf })}</div>
  );
}

/** When it was brought in, and by whom. */
export function FileArrival({ file }: Props) {
  const { time } = useText();
  return (
    <>
      <div>{time(file.at)}</div>
      <div className={styles.fine}>{file.by}</div>
    </>
  );
}
