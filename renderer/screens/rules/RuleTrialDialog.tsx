import { Button, Group, Modal } from '@mantine/core';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { RuleView } from '#shared/ipc/rule-channels.ts';
import styles from './Rules.module.css';
import { RuleTrial } from './RuleTrial.tsx';
import { useRuleActs, useTrial } from './use-rule-acts.ts';

type Props = { rule: RuleView; maySwitchOn: boolean; onClose: () => void };

/** The dry run of a rule, and from here the switch: whoever says yes has seen what speaks against it. */
export function RuleTrialDialog({ rule, maySwitchOn, onClose }: Props) {
  const { t, tell } = useText();
  const { payment, sale } = rule;
  const { trial, error, retry } = useTrial({ payment, sale });
  const { save } = useRuleActs();
  useShortcuts('dialog', []);

  function switchOn(seenContradictions: number) {
    save.mutate(
      { ruleId: rule.id, payment, sale, isOn: true, seenContradictions },
      { onSuccess: onClose, onError: retry },
    );
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size={860}
      title={t('rules.trial-title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className={styles.trial}>
        <p className={styles.words}>{tell(rule.words)}</p>
        <RuleTrial trial={trial} error={error} onRetry={retry} />
        <p className={styles.soft}>{t('rules.trial-hint')}</p>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus={maySwitchOn ? undefined : true}>
            {t('app.close')}
          </Button>
          {maySwitchOn && rule.state !== 'active' && (
            <Button
              data-autofocus
              loading={save.isPending}
              disabled={trial === undefined}
              onClick={() => trial !== undefined && switchOn(trial.contradicts)}
            >
              {(trial?.contradicts ?? 0) > 0 ? t('rules.switch-on-anyway') : t('rules.switch-on')}
            </Button>
          )}
        </Group>
      </div>
    </Modal>
  );
}
