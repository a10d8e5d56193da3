// biome-ignore-all lint/a11y/useSemanticElements: the rows of a virtual list stand at absolute places, which a table cannot
// biome-ignore-all lint/a11y/useFocusableInteractive: the row takes the focus; its cells and the head are read with it

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useText } from '#renderer/lib/text.tsx';
import { QuestionRow } from './QuestionRow.tsx';
import type { Question } from './question.ts';
import type { RowCommands } from './RowAnswer.tsx';
import styles from './RowList.module.css';

const ROW_HEIGHT = 52;
/** Rows from the end at which the next page is asked for. */
const LOAD_AHEAD = 60;

type Props = {
  questions: readonly Question[];
  /** How many rows there are in all, loaded or not. */
  total: number;
  activeIndex: number;
  /** Grows by one each time the keyboard moved: the row in focus then takes the real focus. */
  focusRequest: number;
  isStale: boolean;
  isCut: boolean;
  withDay: boolean;
  mayMatch: boolean;
  /** Matched rows fade among open ones. */
  fadesMatched: boolean;
  commands: RowCommands;
  onPick: (index: number) => void;
  onNearEnd: () => void;
};

/** Both sides in one list. Only the rows in sight exist, so that 100,000 scroll like ten. */
export function RowList(props: Props) {
  const { questions, activeIndex, focusRequest, onNearEnd } = props;
  const { t } = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const activeRow = useRef<HTMLDivElement>(null);

  const virtualizer = useVirtualizer({
    count: questions.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    getItemKey: (index) => questions[index]?.key ?? index,
  });
  const visible = virtualizer.getVirtualItems();
  const lastVisible = visible.at(-1)?.index ?? 0;

  useEffect(() => {
    if (lastVisible >= questions.length - LOAD_AHEAD) onNearEnd();
  }, [lastVisible, questions.length, onNearEnd]);

  useEffect(() => {
    if (questions.length > 0) virtualizer.scrollToIndex(activeIndex, { align: 'auto' });
  }, [virtualizer, activeIndex, questions.length]);

  // The row may only exist after the scroll above, one frame later.
  useEffect(() => {
    if (focusRequest === 0) return;
    const frame = requestAnimationFrame(() => activeRow.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, [focusRequest]);

  return (
    <div
      role="grid"
      className={styles.grid}
      aria-label={t('reconcile.list')}
      aria-rowcount={props.total + 1}
      aria-busy={props.isStale}
    >
      <ListHead />
      <div
        role="rowgroup"
        className={props.isStale ? `${styles.scroller} ${styles.stale}` : styles.scroller}
        ref={scroller}
        data-testid="rows"
      >
        <div role="presentation" className={styles.canvas} style={{ height: virtualizer.getTotalSize() }}>
          {visible.map((item) => {
            const question = questions[item.index];
            if (question === undefined) return null;
            const isActive = item.index === activeIndex;
            return (
              <QuestionRow
                key={item.key}
                question={question}
                index={item.index}
                offset={item.start}
                isActive={isActive}
                isDimmed={props.fadesMatched && question.row.state === 'matched'}
                withDay={props.withDay}
                mayMatch={props.mayMatch}
                commands={props.commands}
                onPick={() => props.onPick(item.index)}
                rowRef={(element) => {
                  virtualizer.measureElement(element);
                  if (isActive && element !== null) activeRow.current = element;
                }}
              />
            );
          })}
        </div>
        {props.isCut && <p className={styles.cut}>{t('reconcile.list-cut', { count: questions.length })}</p>}
      </div>
    </div>
  );
}

function ListHead() {
  const { t } = useText();
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        <span role="columnheader">{t('reconcile.column-paid')}</span>
        <span role="columnheader" className={styles.middle}>
          {t('reconcile.column-match')}
        </span>
        <span role="columnheader">{t('reconcile.column-sold')}</span>
      </div>
    </div>
  );
}

/** The shape of the list while the first rows are on their way: nothing jumps when they come. */
export function RowListSkeleton() {
  const { t } = useText();
  return (
    <div className={styles.grid} aria-busy role="status" aria-label={t('reconcile.loading')}>
      <div className={styles.head}>
        <div className={styles.headRow} />
      </div>
      <div className={styles.scroller}>
        {[0, 1, 2, 3, 4, 5, 6, 7].map((row) => (
          <div key={row} className={styles.ghost}>
            <i />
            <b />
            <i />
          </div>
        ))}
      </div>
    </div>
  );
}
