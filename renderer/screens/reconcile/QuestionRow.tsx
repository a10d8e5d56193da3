// biome-ignore-all lint/a11y/useSemanticElements: the rows of a virtual list stand at absolute places, which a table cannot
// biome-ignore-all lint/a11y/useFocusableInteractive: the row takes the focus; its cells and the head are read with it

import type { Ref } from 'react';
import { Chip } from '#renderer/components/Chip.tsx';
import { useText } from '#renderer/lib/text.tsx';
import styles from './QuestionRow.module.css';
import { isAmbiguous, type Question } from './question.ts';
import { RowAnswer, type RowCommands } from './RowAnswer.tsx';
import { badgeOf } from './row-words.ts';
import { PaymentSide, SaleSide } from './Sides.tsx';

type Props = {
  question: Question;
  /** 0-based place in the list. */
  index: number;
  offset: number;
  isActive: boolean;
  isDimmed: boolean;
  withDay: boolean;
  mayMatch: boolean;
  commands: RowCommands;
  onPick: () => void;
  rowRef: Ref<HTMLDivElement>;
};

/** One question: both sides, how they stand, and, in focus, the reason and the keys. */
export function QuestionRow(props: Props) {
  const { question, index, offset, isActive, isDimmed, withDay, mayMatch, commands, onPick, rowRef } = props;
  const { t, tell } = useText();
  const isChoice = isAmbiguous(question);
  const badge = badgeOf(question.row, isChoice);
  const why = tell(question.row.why);
  const receipt = question.payments.length === 1 ? (question.payments[0]?.receipt ?? null) : null;
  const classes = [styles.row, isActive ? styles.active : '', isDimmed && !isActive ? styles.dimmed : ''];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard map moves the focus between rows
    <div
      ref={rowRef}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isActive}
      tabIndex={isActive ? 0 : -1}
      data-index={index}
      data-key={question.key}
      data-testid="question"
      className={classes.join(' ')}
      style={{ transform: `translateY(${offset}px)` }}
      onClick={onPick}
    >
      <div className={styles.sides}>
        <div role="gridcell" className={styles.cell}>
          {question.payments.length > 0 ? (
            <PaymentSide payments={question.payments} withDay={withDay} isChoice={isChoice} />
          ) : (
            <span className={styles.none}>{isActive ? t('reconcile.no-payment') : why}</span>
          )}
        </div>
        <div role="gridcell" className={styles.middle}>
          <Chip tone={badge.tone} icon={badge.icon}>
            {t(badge.word, { count: question.options.length })}
          </Chip>
          {badge.rule !== null && <span className={styles.rule}>{t(badge.rule)}</span>}
        </div>
        <div role="gridcell" className={styles.cell}>
          {question.sales.length > 0 ? (
            <SaleSide sales={question.sales} withDay={withDay} receipt={receipt} isChoice={isChoice} />
          ) : (
            <span className={styles.none}>{isActive ? t('reconcile.no-sale') : why}</span>
          )}
        </div>
      </div>
      {isActive && (
        <div role="gridcell" className={styles.answer}>
          <RowAnswer question={question} mayMatch={mayMatch} commands={commands} />
        </div>
      )}
    </div>
  );
}
