import { ActionIcon, Button, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useText } from '#renderer/lib/text.tsx';
import { addTillRow, MOST_TILLS, type ShopForm, type ShopProblems, type TillRow } from './shop-form.ts';
import styles from './Wizard.module.css';

type Props = { form: ShopForm; problems: ShopProblems | null; onChange: (form: ShopForm) => void };

/** Each till or PayBill number with the name that the shop calls it by. */
export function TillRows({ form, problems, onChange }: Props) {
  const { t } = useText();
  const change = (key: number, part: Partial<TillRow>) =>
    onChange({ ...form, tills: form.tills.map((till) => (till.key === key ? { ...till, ...part } : till)) });

  return (
    <fieldset className={styles.tills}>
      <legend>{t('wizard.numbers')}</legend>
      {form.tills.map(({ key, number, name }, i) => {
        const numberProblem = problems?.numbers.get(key);
        const nameProblem = problems?.names.get(key);
        return (
          <div key={key} className={styles.row}>
            <TextInput
              aria-label={t('wizard.number', { number: i + 1 })}
              placeholder={t('wizard.number-example')}
              inputMode="numeric"
              maxLength={9}
              value={number}
              error={numberProblem === undefined ? null : t(numberProblem)}
              onChange={(event) => change(key, { number: event.currentTarget.value.replace(/\D/g, '') })}
            />
            <TextInput
              aria-label={t('wizard.till-name', { number: i + 1 })}
              placeholder={t('wizard.till-name-example')}
              maxLength={80}
              value={name}
              error={nameProblem === undefined ? null : t(nameProblem)}
              onChange={(event) => change(key, { name: event.currentTarget.value })}
            />
            {form.tills.length > 1 && (
              <ActionIcon
                variant="subtle"
                size={36}
                aria-label={t('wizard.remove-number', { number: i + 1 })}
                onClick={() => onChange({ ...form, tills: form.tills.filter((till) => till.key !== key) })}
              >
                <X size={16} aria-hidden />
              </ActionIcon>
            )}
          </div>
        );
      })}
      <div>
        <Button
          variant="subtle"
          size="xs"
          leftSection={<Plus size={14} aria-hidden />}
          disabled={form.tills.length >= MOST_TILLS}
          onClick={() => onChange(addTillRow(form))}
        >
          {t('wizard.another-number')}
        </Button>
      </div>
      <p className={styles.hint}>{t('wizard.numbers-hint')}</p>
    </fieldset>
  );
}
