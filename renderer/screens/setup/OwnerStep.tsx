import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { FormProblem } from '#renderer/components/FormProblem.tsx';
import { NewPassword } from '#renderer/components/NewPassword.tsx';
import { findDraftProblem, type PasswordDraft } from '#renderer/components/new-password.ts';
import { tryAsk } from '#renderer/lib/api.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { Output } from '#shared/ipc/contract.ts';
import type { Failure } from '#shared/ipc/result.ts';
import styles from '../access/Form.module.css';

export type Owner = {
  readonly name: string;
  readonly draft: PasswordDraft;
  /** The kit and the second factor that were made for exactly this name and password. */
  readonly offer: Output<'setup:make-owner'> | null;
};

type Props = {
  owner: Owner;
  onChange: (owner: Owner) => void;
  /** Why one is back here. */
  failure: Failure | null;
  onDone: () => void;
  onBack: () => void;
};

/** The owner's name and password. Nothing is kept on the disk before the last step. */
export function OwnerStep({ owner, onChange, failure: before, onDone, onBack }: Props) {
  const { t } = useText();
  const [problem, setProblem] = useState<ReturnType<typeof findDraftProblem>>(null);
  const [isNameMissing, setNameMissing] = useState(false);
  const [failure, setFailure] = useState(before);
  const [isBusy, setBusy] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const name = owner.name.trim();

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found = findDraftProblem(owner.draft);
    setNameMissing(name === '');
    setProblem(found);
    setFailure(null);
    if (name === '') return nameField.current?.focus();
    if (found !== null) return passwordField.current?.focus();
    // A kit that may be printed already stays the one that counts.
    if (owner.offer !== null) return onDone();
    setBusy(true);
    const answer = await tryAsk('setup:make-owner', { name, password: owner.draft.password });
    setBusy(false);
    if (answer.ok) {
      onChange({ ...owner, offer: answer.value });
      return onDone();
    }
    setFailure(answer.error);
    passwordField.current?.focus();
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <div className={styles.head}>
        <h1>{t('wizard.owner-title')}</h1>
        <p className={styles.soft}>{t('wizard.owner-why')}</p>
      </div>
      <TextInput
        ref={nameField}
        label={t('access.name')}
        description={t('wizard.owner-name-hint')}
        autoFocus
        autoComplete="username"
        maxLength={80}
        value={owner.name}
        error={isNameMissing && name === '' ? t('access.name-missing') : null}
        onChange={(event) => onChange({ ...owner, name: event.currentTarget.value, offer: null })}
      />
      <NewPassword
        ref={passwordField}
        draft={owner.draft}
        onChange={(draft) =>
          onChange({ ...owner, draft, offer: draft.password === owner.draft.password ? owner.offer : null })
        }
        name={owner.name}
        hasTotp={false}
        problem={problem}
      />
      <FormProblem failure={failure} />
      <div className={styles.actions}>
        <Button type="submit" loading={isBusy}>
          {t('wizard.next')}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('wizard.back')}
        </Button>
      </div>
    </form>
  );
}
