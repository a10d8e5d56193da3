import { Button } from '@mantine/core';
import { CirclePause } from 'lucide-react';
import { KeyButton } from '#renderer/components/KeyButton.tsx';
import { Keycap } from '#renderer/components/Keycap.tsx';
import { useText } from '#renderer/lib/text.tsx';
import {
  type Abilities,
  nameItems,
  type Option,
  type Question,
  readAbilities,
  reversalOf,
} from './question.ts';
import styles from './RowAnswer.module.css';

/** What the row in focus can be told to do: by key or by button, the same. */
export type RowCommands = {
  readonly accept: () => void;
  readonly choose: (option: Option) => void;
  readonly reject: () => void;
  readonly matchByHand: () => void;
  readonly park: () => void;
  readonly unpark: () => void;
  readonly unmatch: () => void;
  readonly showDetails: () => void;
  /** Null where the row names no receipt, or the person may not ask. */
  readonly lookUp: (() => void) | null;
  /** Asks for the money of a payment to be sent back, or shows what became of that. */
  readonly sendBack: () => void;
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
      {abilities.canChoose && <Options question={question} onChoose={commands.choose} />}
      <Buttons abilities={abilities} asked={reversalOf(question)} commands={commands} />
    </div>
  );
}

type ButtonsProps = {
  abilities: Abilities;
  /** The reversal that its payments were asked back with. */
  asked: ReturnType<typeof reversalOf>;
  commands: RowCommands;
};

function Buttons({ abilities, asked, commands }: ButtonsProps) {
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
      {abilities.canSendBack && (
        <KeyButton stroke="R" onPress={commands.sendBack}>
          {t('reconcile.send-back')}
        </KeyButton>
      )}
      {asked !== null && (
        <KeyButton stroke="R" onPress={commands.sendBack}>
          {t('reversals.open-one', { name: asked.name })}
        </KeyButton>
      )}
      <KeyButton stroke="D" onPress={commands.showDetails}>
        {t('reconcile.details')}
      </KeyButton>
      {commands.lookUp !== null && (
        <KeyButton stroke="F" onPress={commands.lookUp}>
          {t('nav.look-up')}
        </KeyButton>
      )}
    </div>
  );
}

/** How many answers have a digit of their own. */
export const MOST_DIGITS = 9;

type OptionsProps = { question: Question; onChoose: (option: Option) => void };

/** Answers that are equally good: only a person can tell. */
function Options({ question, onChoose }: OptionsProps) {
  const { t } = useText();
  return (
    <ol className={styles.options} aria-label={t('reconcile.choose-one')}>
      {question.options.map((option, i) => (
        <li key={nameItems(option)}>
          <Button
            size="xs"
            variant="default"
            fullWidth
            justify="flex-start"
            onClick={() => onChoose(option)}
            leftSection={i < MOST_DIGITS ? <Keycap stroke={String(i + 1)} /> : null}
          >
            <OptionWords option={option} />
          </Button>
        </li>
      ))}
    </ol>
  );
}

function OptionWords({ option }: { option: Option }) {
  const text = useText();
  const payments = option.payments
    .map((payment) => [payment.receipt, text.clock(payment.at), payment.name].filter(Boolean).join(' '))
    .join(' + ');
  const sales = option.sales
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
