import { Button, Group, Modal, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import { isSameRule } from '#shared/domain/rules/marks.ts';
import { MAX_MARK } from '#shared/domain/rules/types.ts';
import type { RuleView } from '#shared/ipc/rule-channels.ts';
import { areMarksTelling, type Marks, PAYMENT_CHOICES, SALE_CHOICES, trimMarks } from './marks.ts';
import styles from './Rules.module.css';
import { RuleTrial } from './RuleTrial.tsx';
import { isContradicted, useRuleActs, useTrial } from './use-rule-acts.ts';

type Props = { rule: RuleView; onClose: () => void };

/** Changes what a rule looks at. Words are plain words: no signs with a meaning of their own. */
export function RuleEditDialog({ rule, onClose }: Props) {
  const { t } = useText();
  const { save } = useRuleActs();
  const [marks, setMarks] = useState<Marks>({ payment: rule.payment, sale: rule.sale });
  /** The marks that the dry run below is about. */
  const [tried, setTried] = useState<Marks | null>(null);
  const { trial, error, retry } = useTrial(tried ?? marks, tried !== null);
  const canSave = areMarksTelling(marks);
  useShortcuts('dialog', []);

  function change(next: Marks) {
    setMarks(next);
    setTried(null);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!canSave) return;
    if (isSameRule({ kind: 'pair', ...marks }, { kind: 'pair', payment: rule.payment, sale: rule.sale })) {
      onClose();
      return;
    }
    const isOn = rule.state === 'active';
    save.mutate(
      { ruleId: rule.id, ...trimMarks(marks), isOn, seenContradictions: trial?.contradicts ?? 0 },
      { onSuccess: onClose, onError: (failure) => isContradicted(failure) && setTried(trimMarks(marks)) },
    );
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size={860}
      title={t('rules.edit-title', { number: rule.id })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form className={styles.trial} onSubmit={submit}>
        <fieldset className={styles.side}>
          <legend>{t('rules.edit-payments')}</legend>
          <NativeSelect
            aria-label={t('rules.edit-payments-by')}
            value={marks.payment.by}
            data={PAYMENT_CHOICES.map(({ by, label }) => ({ value: by, label: t(label) }))}
            onChange={(event) => {
              const chosen = PAYMENT_CHOICES.find(({ by }) => by === event.currentTarget.value);
              if (chosen) change({ ...marks, payment: { ...marks.payment, by: chosen.by } });
            }}
          />
          <TextInput
            aria-label={t('rules.edit-payments-text')}
            data-autofocus
            maxLength={MAX_MARK}
            value={marks.payment.text}
            onChange={(event) =>
              change({ ...marks, payment: { ...marks.payment, text: event.currentTarget.value } })
            }
          />
        </fieldset>
        <fieldset className={styles.side}>
          <legend>{t('rules.edit-sales')}</legend>
          <NativeSelect
            aria-label={t('rules.edit-sales-by')}
            value={marks.sale.by}
            data={SALE_CHOICES.map(({ by, label }) => ({ value: by, label: t(label) }))}
            onChange={(event) => {
              const chosen = SALE_CHOICES.find(({ by }) => by === event.currentTarget.value);
              if (chosen) change({ ...marks, sale: { ...marks.sale, by: chosen.by } });
            }}
          />
          <TextInput
            aria-label={t('rules.edit-sales-text')}
            maxLength={MAX_MARK}
            value={marks.sale.text}
            onChange={(event) =>
              change({ ...marks, sale: { ...marks.sale, text: event.currentTarget.value } })
            }
          />
        </fieldset>
        <p className={styles.soft}>{canSave ? t('rules.edit-hint') : t('rule.says-too-little')}</p>
        {isContradicted(save.error) && tried !== null && (
          <p className={styles.warning} role="alert">
            {t('rules.edit-contradicted')}
          </p>
        )}
        {tried !== null && <RuleTrial trial={trial} error={error} onRetry={retry} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button variant="default" disabled={!canSave} onClick={() => setTried(trimMarks(marks))}>
            {t('rules.see-trial')}
          </Button>
          <Button type="submit" disabled={!canSave} loading={save.isPending}>
            {t('app.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
