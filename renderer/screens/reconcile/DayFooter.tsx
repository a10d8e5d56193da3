import { Button } from '@mantine/core';
import { History, Undo2 } from 'lucide-react';
import { Keycap } from '#renderer/components/Keycap.tsx';
import { useText } from '#renderer/lib/text.tsx';
import styles from './DayFooter.module.css';
import type { Answers } from './use-answers.ts';

type Props = { answers: Answers; mayMatch: boolean; onShowLog: () => void };

/** The keys one forgets, and what was done last with its way back. */
export function DayFooter({ answers, mayMatch, onShowLog }: Props) {
  const { t, tell } = useText();
  const { last } = answers;
  return (
    <footer className={styles.footer}>
      <div className={styles.hints}>
        <span>
          <Keycap stroke="J" /> <Keycap stroke="K" /> {t('reconcile.hint-move')}
        </span>
        <span>
          <Keycap stroke="[" /> <Keycap stroke="]" /> {t('reconcile.hint-days')}
        </span>
        <span>
          <Keycap stroke="/" /> {t('reconcile.hint-search')}
        </span>
        {mayMatch && (
          <span>
            <Keycap stroke="Ctrl+Z" /> {t('reconcile.hint-undo')}
          </span>
        )}
      </div>
      <div className={styles.last} aria-live="polite" data-testid="last-step">
        {last !== null &&
          t(last.isUndone ? 'reconcile.last-undone' : 'reconcile.last-done', { what: tell(last.step.what) })}
      </div>
      {last !== null && !last.isUndone && last.step.isUndoable && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<Undo2 size={14} aria-hidden />}
          onClick={() => void answers.undo(last.step)}
        >
          {t('app.undo')}
        </Button>
      )}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<History size={14} aria-hidden />}
        onClick={onShowLog}
        aria-keyshortcuts="Control+Shift+Z"
      >
        {t('reconcile.log')}
      </Button>
    </footer>
  );
}
