import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { FormProblem } from '#renderer/components/FormProblem.tsx';
import { useText } from '#renderer/lib/text.tsx';
import { areGroupsRight } from '#shared/domain/recovery/code.ts';
import type { Failure } from '#shared/ipc/result.ts';
import styles from '../access/Form.module.css';
import kitStyles from './Kit.module.css';
import type { Kit, TypedGroups } from './RecoveryKit.tsx';

type Props = {
  kit: Kit;
  failure: Failure | null;
  onTyped: (groups: TypedGroups) => void;
  onBack: () => void;
  isBusy: boolean;
};

/** Two groups, typed from the paper: proof that there is one. */
export function KitCheck({ kit, failure, onTyped, onBack, isBusy }: Props) {
  const { t } = useText();
  const [typed, setTyped] = useState<readonly string[]>(kit.ask.map(() => ''));
  const [wrong, setWrong] = useState<readonly number[]>([]);
  const form = useRef<HTMLFormElement>(null);

  function submit(event: FormEvent) {
    event.preventDefault();
    const groups = kit.ask.map((index, i) => ({ index, text: (typed[i] ?? '').trim() }));
    const mistyped = groups.filter((group) => !areGroupsRight(kit.groups, [group.index], [group]));
    setWrong(mistyped.map((group) => group.index));
    const [worst] = mistyped;
    if (worst === undefined) onTyped(groups);
    else form.current?.querySelectorAll('input')[kit.ask.indexOf(worst.index)]?.focus();
  }

  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      <div className={styles.head}>
        <h1>{t('kit.check-title')}</h1>
        <p className={styles.soft}>{t('kit.check-why')}</p>
      </div>
      <div className={kitStyles.ask}>
        {kit.ask.map((index, i) => (
          <TextInput
            key={index}
            label={t('kit.group', { number: index + 1 })}
            autoFocus={i === 0}
            autoComplete="off"
            spellCheck={false}
            maxLength={10}
            value={typed[i] ?? ''}
            error={wrong.includes(index) ? t('kit.group-wrong') : null}
            onChange={(event) => {
              const text = event.currentTarget.value;
              setTyped(typed.map((group, place) => (place === i ? text : group)));
              setWrong(wrong.filter((other) => other !== index));
            }}
          />
        ))}
      </div>
      <FormProblem failure={failure} />
      <div className={styles.actions}>
        <Button type="submit" loading={isBusy}>
          {t('wizard.next')}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('kit.show-again')}
        </Button>
      </div>
    </form>
  );
}
