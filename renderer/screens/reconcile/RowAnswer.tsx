import { Button } from '@mantine/core';
import { CirclePause } from 'lucide-react';
import { KeyButton } from '#renderer/components/KeyButton.tsx';
import { Keycap } from '#renderer/components/Keycap.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { ReconcileRow } from '#shared/ipc/views.ts';
import { type Abilities, type Question, readAbilities } from './question.ts';
import styles from './RowAnswer.module.css';

/** What the row in focus can be told to do: by key or by button, the same. */
export type RowCommands = {
  readonly accept: () => void;
  readonly choose: (alternative: ReconcileRow) => void;
  readonly reject: () => void;
  readonly matchByHand: () => void;
  readonly park: () => void;
  readonly unpark: () => void;
  readonly unmatch: () => void;
  readonly showDetails: () => void;
};

type Props = { question: Question; mayMatch: boolean; commands: RowCommands };

/** Why the row is here and what can be done with it. */
export function RowAnswer({ question, mayMatch, commands }: Props) {
  const text = useText();
  const abilities = readAbilities(question, mayMatch);
  const { row } = question;
  return (
    <div className={styles.answer}>
      <div className={styles.why}>
        <p>{text.tell(row.why)}</p>
        {row.parked !== null && (
          <p className={styles.note}>
            <CirclePause size={14} aria-hidden />{' '}
            {text.t('reconcile.parked-by', { name: row.parked.by, at: { at: row.parked.at } })}{' '}
            <q>{row.parked.note}</q>
          </p>
        )}
        {row.state === 'matched' && row.how !== null && (
          <p className={styles.how}>{text.t('reconcile.how', { how: row.how, name: row.madeBy ?? '' })}</p>
        )}
      </div>
      {abilities.canChoose && <Alternatives question={question} onChoose={commands.choose} />}
      <Buttons abilities={abilities} commands={commands} />
    </div>
  );
}

function Buttons({ abilities, commands }: { abilities: Abilities; commands: RowCommands }) {
  const { t } = useText();
  return (
    <div className={styles.buttons}>
      {abilities.canAccept && (
        <KeyButton stroke="Enter" isMain onPress={commands.accept}>
          {t('reconcile.accept')}
        </KeyButton>
      )}
      {abilities.canReject && (
        <KeyButton stroke="Backspace" onPress={commands.reject}>
          {t('reconcile.not-this')}
        </KeyButton>
      )}
      {abilities.canMatch && (
        <KeyButton
          stroke="M"
          isMain={!abilities.canAccept && !abilities.canChoose}
          onPress={commands.matchByHand}
        >
          {t('reconcile.match-by-hand')}
        </KeyButton>
      )}
      {abilities.canUnmatch && (
        <KeyButton stroke="Backspace" onPress={commands.unmatch}>
          {t('reconcile.unmatch')}
        </KeyButton>
      )}
      {abilities.canPark && (
        <KeyButton stroke="P" onPress={commands.park}>
          {t('reconcile.park')}
        </KeyButton>
      )}
      {abilities.canUnpark && (
        <KeyButton stroke="P" onPress={commands.unpark}>
          {t('reconcile.unpark')}
        </KeyButton>
      )}
      <KeyButton stroke="D" onPress={commands.showDetails}>
        {t('reconcile.details')}
      </KeyButton>
    </div>
  );
}

/** How many alternatives have a digit of their own. */
export const MOST_DIGITS = 9;

type AlternativesProps = { question: Question; onChoose: (alternative: ReconcileRow) => void };

/** Answers that are equally good: only a person can tell. */
function Alternatives({ question, onChoose }: AlternativesProps) {
  const { t } = useText();
  return (
    <ol className={styles.alternatives} aria-label={t('reconcile.choose-one')}>
      {question.alternatives.map((alternative, i) => (
        <li key={alternative.key}>
          <Button
            size="xs"
            variant="default"
            fullWidth
            justify="flex-start"
            onClick={() => onChoose(alternative)}
            leftSection={i < MOST_DIGITS ? <Keycap stroke={String(i + 1)} /> : null}
          >
            <AlternativeWords alternative={alternative} />
          </Button>
        </li>
      ))}
    </ol>
  );
}

function AlternativeWords({ alternative }: { alternative: ReconcileRow }) {
  const text = useText();
  const payments = alternative.payments
    .map((payment) => [payment.receipt, text.clock(payment.at), payment.name].filter(Boolean).join(' '))
    .join(' + ');
  const sales = alternative.sales
    .map((sale) => {
      const name = sale.reference ?? text.t('reconcile.sale-without-reference');
      return [name, sale.at === null ? '' : text.clock(sale.at), sale.description].filter(Boolean).join(' ');
    })
    .join(' + ');
  return (
    <span className={styles.pair}>
      <span>{payments}</span>
      <span aria-hidden>↔</span>
      <span>{sales}</span>
    </span>
  );
}
