import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { FormProblem } from '#renderer/components/FormProblem.tsx';
import { NewPassword } from '#renderer/components/NewPassword.tsx';
import { findDraftProblem, NO_PASSWORD } from '#renderer/components/new-password.ts';
import { PasswordField } from '#renderer/components/PasswordField.tsx';
import { tryAsk } from '#renderer/lib/api.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { Failure } from '#shared/ipc/result.ts';
import styles from './Account.module.css';

type Props = { name: string; hasTotp: boolean; onChanged: () => void };

export function ChangePassword({ name, hasTotp, onChanged }: Props) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  if (!isOpen)
    return (
      <div>
        <Button variant="default" onClick={() => setOpen(true)}>
          {t('account.change-password')}
        </Button>
      </div>
    );
  return (
    <Form
      name={name}
      hasTotp={hasTotp}
      onClose={() => setOpen(false)}
      onChanged={() => {
        setOpen(false);
        onChanged();
      }}
    />
  );
}

function Form({ name, hasTotp, onChanged, onClose }: Props & { onClose: () => void }) {
  const { t } = useText();
  const { say } = useToasts();
  const [current, setCurrent] = useState('');
  const [code, setCode] = useState('');
  const [draft, setDraft] = useState(NO_PASSWORD);
  const [isChecked, setChecked] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const currentField = useRef<HTMLInputElement>(null);
  const problem = findDraftProblem(draft);
  const isCodeMissing = hasTotp && code.trim() === '';

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    setFailure(null);
    if (current === '' || isCodeMissing || problem !== null) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
      return;
    }
    setBusy(true);
    const answer = await tryAsk('account:change-password', {
      current,
      code: hasTotp ? code.trim() : null,
      password: draft.password,
    });
    setBusy(false);
    if (answer.ok) {
      say(t('account.password-changed'));
      return onChanged();
    }
    setFailure(answer.error);
    if (answer.error.code === 'access/refused') currentField.current?.select();
  }

  return (
    <form ref={form} className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <PasswordField
        ref={currentField}
        label={t('account.current-password')}
        autoComplete="current-password"
        autoFocus
        value={current}
        error={isChecked && current === '' ? t('account.current-missing') : null}
        onChange={setCurrent}
      />
      {hasTotp && (
        <TextInput
          label={t('access.code')}
          autoComplete="one-time-code"
          maxLength={40}
          value={code}
          error={isChecked && isCodeMissing ? t('totp.code-missing') : null}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      )}
      <NewPassword
        draft={draft}
        onChange={setDraft}
        name={name}
        hasTotp={hasTotp}
        problem={isChecked ? problem : null}
      />
      <FormProblem failure={failure} />
      <div className={styles.actions}>
        <Button type="submit" loading={isBusy}>
          {t('newpass.save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}
