import { useEffect, useRef, useState } from 'react';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { RuleView } from '#shared/ipc/rule-channels.ts';
import settings from '../settings/SettingsScreen.module.css';
import { RuleEditDialog } from './RuleEditDialog.tsx';
import { RuleOffer } from './RuleOffer.tsx';
import { type RuleCommands, RuleRow } from './RuleRow.tsx';
import styles from './Rules.module.css';
import { RuleTrialDialog } from './RuleTrialDialog.tsx';
import { isContradicted, useRuleActs } from './use-rule-acts.ts';

type Open = { readonly what: 'edit' | 'trial'; readonly rule: RuleView } | null;
type Move = { readonly ruleId: number; readonly direction: 'up' | 'down'; readonly listBefore: unknown };

/** The shop's own rules: all of them, in the order in which they are tried, and nothing that works unseen. */
export function RuleSettings({ canChange }: { canChange: boolean }) {
  const { t } = useText();
  const { data, error, refetch } = useAnswer('rule:list', {});
  const [open, setOpen] = useState<Open>(null);
  const { save, move, remove } = useRuleActs();
  const moving = useRef<Move | null>(null);
  const rules = data?.rules ?? [];
  const isBusy = save.isPending || move.isPending || remove.isPending;
  const close = () => setOpen(null);

  // A rule that moved takes the focus along, so that one can press again.
  useEffect(() => {
    const move = moving.current;
    if (move === null || isBusy || data === move.listBefore) return;
    moving.current = null;
    focusMove(move.ruleId, move.direction);
  }, [isBusy, data]);

  const commands: RuleCommands = {
    switchTo: (rule, isOn) => {
      const { id: ruleId, payment, sale } = rule;
      save.mutate(
        { ruleId, payment, sale, isOn, seenContradictions: 0 },
        { onError: (failure) => isContradicted(failure) && setOpen({ what: 'trial', rule }) },
      );
    },
    move: (rule, direction) => {
      moving.current = { ruleId: rule.id, direction, listBefore: data };
      move.mutate(
        { ruleId: rule.id, direction },
        {
          onError: () => {
            moving.current = null;
          },
        },
      );
    },
    edit: (rule) => setOpen({ what: 'edit', rule }),
    remove: (rule) => remove.mutate(rule.id),
    showTrial: (rule) => setOpen({ what: 'trial', rule }),
  };

  return (
    <section className={settings.card}>
      <h2>{t('rules.title')}</h2>
      <p className={settings.hint}>{t('rules.hint')}</p>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.offers.map((offer) => (
        <RuleOffer key={offer.id} offer={offer} />
      ))}
      {data !== undefined && rules.length === 0 && <p className={styles.soft}>{t('rules.none')}</p>}
      {rules.length > 0 && (
        <ol className={styles.rules} aria-label={t('rules.title')}>
          {rules.map((rule, i) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              isFirst={i === 0}
              isLast={i === rules.length - 1}
              canChange={canChange}
              isBusy={isBusy}
              commands={commands}
            />
          ))}
        </ol>
      )}
      {open?.what === 'trial' && <RuleTrialDialog rule={open.rule} maySwitchOn={canChange} onClose={close} />}
      {open?.what === 'edit' && <RuleEditDialog rule={open.rule} onClose={close} />}
    </section>
  );
}

/** At the end of the list the button that moved it there is off: the other one is next to it. */
function focusMove(ruleId: number, direction: 'up' | 'down'): void {
  const other = direction === 'up' ? 'down' : 'up';
  for (const way of [direction, other]) {
    const button = document.getElementById(`rule-${ruleId}-${way}`);
    if (button instanceof HTMLButtonElement && !button.disabled) {
      button.focus();
      return;
    }
  }
}
