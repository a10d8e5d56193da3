import { ActionIcon, Button, Switch } from '@mantine/core';
import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '#renderer/lib/text.tsx';
import type { RuleView } from '#shared/ipc/rule-channels.ts';
import styles from './Rules.module.css';

export type RuleCommands = {
  readonly switchTo: (rule: RuleView, isOn: boolean) => void;
  readonly move: (rule: RuleView, direction: 'up' | 'down') => void;
  readonly edit: (rule: RuleView) => void;
  readonly remove: (rule: RuleView) => void;
  readonly showTrial: (rule: RuleView) => void;
};

type Props = {
  rule: RuleView;
  isFirst: boolean;
  isLast: boolean;
  canChange: boolean;
  isBusy: boolean;
  commands: RuleCommands;
};

/** One rule in words, with its switch, its place and what else can be done with it. */
export function RuleRow({ rule, isFirst, isLast, canChange, isBusy, commands }: Props) {
  const { t, tell, time } = useText();
  const number = rule.id;
  return (
    <li className={styles.rule} data-testid="rule">
      <Switch
        aria-label={t('rules.switch', { number })}
        checked={rule.state === 'active'}
        disabled={!canChange || isBusy}
        onChange={(event) => commands.switchTo(rule, event.currentTarget.checked)}
      />
      <div className={styles.ruleWords}>
        <p>{tell(rule.words)}</p>
        <p className={styles.soft}>
          {t('rules.origin', { number, count: rule.times, name: rule.madeBy, at: time(rule.madeAt) })}
        </p>
      </div>
      <div className={styles.ruleButtons}>
        <Button size="compact-sm" variant="default" onClick={() => commands.showTrial(rule)}>
          {t('rules.try')}
        </Button>
        {canChange && (
          <>
            <Act
              id={`rule-${number}-up`}
              label={t('rules.move-up', { number })}
              isOff={isFirst || isBusy}
              onPress={() => commands.move(rule, 'up')}
            >
              <ArrowUp size={16} aria-hidden />
            </Act>
            <Act
              id={`rule-${number}-down`}
              label={t('rules.move-down', { number })}
              isOff={isLast || isBusy}
              onPress={() => commands.move(rule, 'down')}
            >
              <ArrowDown size={16} aria-hidden />
            </Act>
            <Act
              id={`rule-${number}-edit`}
              label={t('rules.edit', { number })}
              isOff={isBusy}
              onPress={() => commands.edit(rule)}
            >
              <Pencil size={16} aria-hidden />
            </Act>
            <Act
              id={`rule-${number}-remove`}
              label={t('rules.remove', { number })}
              isOff={isBusy}
              onPress={() => commands.remove(rule)}
            >
              <Trash2 size={16} aria-hidden />
            </Act>
          </>
        )}
      </div>
    </li>
  );
}

type ActProps = { id: string; label: string; isOff: boolean; onPress: () => void; children: ReactNode };

function Act({ id, label, isOff, onPress, children }: ActProps) {
  return (
    <ActionIcon
      id={id}
      variant="default"
      size={28}
      aria-label={label}
      title={label}
      disabled={isOff}
      onClick={onPress}
    >
      {children}
    </ActionIcon>
  );
}
