import { Button, TextInput } from '@mantine/core';
import { CircleCheck, Scale } from 'lucide-react';
import type { FormEvent } from 'react';
import { KeyButton } from '#renderer/components/KeyButton.tsx';
import { Keycap } from '#renderer/components/Keycap.tsx';
import { useText } from '#renderer/lib/text.tsx';
import styles from './MatchDialog.module.css';
import type { SumMeter } from './sum-meter.ts';

type Props = {
  meter: SumMeter;
  counts: { payments: number; sales: number };
  note: string;
  onNote: (note: string) => void;
  /** What the last search for a set found, in words. */
  suggestion: string | null;
  onSuggest: () => void;
  canMatch: boolean;
  onMatch: () => void;
  onClose: () => void;
};

/** The sum so far, the note that a difference needs, and the way out. */
export function MatchFooter(props: Props) {
  const { meter, counts, canMatch } = props;
  const { t } = useText();
  const isUnequal = meter.state === 'find-payments' || meter.state === 'find-sales';
  const isNoteNeeded = isUnequal && counts.payments > 0 && counts.sales > 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    props.onMatch();
  }

  return (
    <form onSubmit={submit} className={styles.dialog}>
      <Meter {...props} isUnequal={isUnequal} />
      <div className={styles.foot}>
        <TextInput
          className={styles.note ?? ''}
          label={isNoteNeeded ? t('match-dialog.note-needed') : t('match-dialog.note')}
          required={isNoteNeeded}
          maxLength={300}
          value={props.note}
          onChange={(event) => props.onNote(event.currentTarget.value)}
        />
        <Button variant="default" onClick={props.onClose}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" disabled={!canMatch} data-autofocus rightSection={<Keycap stroke="Enter" />}>
          {isUnequal ? t('match-dialog.do-with-difference') : t('match-dialog.do')}
        </Button>
      </div>
    </form>
  );
}

function Meter({ meter, counts, suggestion, onSuggest, isUnequal }: Props & { isUnequal: boolean }) {
  const { t, kes } = useText();
  const isEqual = meter.state === 'equal';
  return (
    <div className={isEqual ? `${styles.meter} ${styles.equal}` : styles.meter} data-testid="sum-meter">
      <div className={styles.sums}>
        <span>{t('match-dialog.paid', { count: counts.payments, amount: kes(meter.paid) })}</span>
        <span>{t('match-dialog.sold', { count: counts.sales, amount: kes(meter.sold) })}</span>
      </div>
      <span className={styles.verdict} role="status">
        {isEqual ? <CircleCheck size={16} aria-hidden /> : <Scale size={16} aria-hidden />}
        {meter.state === 'find-sales' && t('match-dialog.find-sales', { amount: kes(meter.by) })}
        {meter.state === 'find-payments' && t('match-dialog.find-payments', { amount: kes(meter.by) })}
        {meter.state === 'equal' && t('match-dialog.equal')}
        {meter.state === 'incomplete' && t('match-dialog.incomplete')}
      </span>
      {isUnequal && (
        <KeyButton stroke="G" onPress={onSuggest}>
          {t('match-dialog.suggest')}
        </KeyButton>
      )}
      <p className={styles.suggestion} role="status">
        {suggestion ?? ''}
      </p>
    </div>
  );
}
