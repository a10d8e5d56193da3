import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { LoginFields } from '#renderer/components/LoginFields.tsx';
import { SendButton } from '#renderer/components/SendButton.tsx';
import { tryAsk } from '#renderer/lib/api.ts';
import { useLogin } from '#renderer/lib/login.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { AccessState } from '#shared/ipc/access-channels.ts';
import { DemoPeople } from './DemoPeople.tsx';
import styles from './Form.module.css';

type Props = { access: AccessState; onDone: () => void; onForgot: () => void };

/** Name and password, then the code of the second factor where the person has one. */
export function SignIn({ access, onDone, onForgot }: Props) {
  const { t } = useText();
  const [name, setName] = useState('');
  const [isNameMissing, setNameMissing] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const login = useLogin(
    (password, code) => tryAsk('access:sign-in', { name: name.trim(), password, code }),
    onDone,
    'password',
  );
  const isSecondStep = login.asks === 'code';

  function submit(event: FormEvent) {
    event.preventDefault();
    setNameMissing(name.trim() === '');
    if (name.trim() === '') nameField.current?.focus();
    else void login.send();
  }

  return (
    <>
      <form className={styles.form} onSubmit={submit} aria-label={t('access.sign-in-title')}>
        <div className={styles.head}>
          <h1>{t(isSecondStep ? 'access.code-title' : 'access.sign-in-title')}</h1>
          {isSecondStep && <p className={styles.soft}>{name.trim()}</p>}
        </div>
        {!isSecondStep && (
          <TextInput
            ref={nameField}
            label={t('access.name')}
            autoComplete="username"
            autoFocus
            maxLength={80}
            spellCheck={false}
            value={name}
            error={isNameMissing && name.trim() === '' ? t('access.name-missing') : null}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <LoginFields login={login} />
        <div className={`${styles.actions} ${styles.spread}`}>
          <SendButton ref={button} secondsLeft={login.secondsLeft} isBusy={login.isBusy}>
            {t('access.sign-in')}
          </SendButton>
          {isSecondStep && (
            <Button variant="default" onClick={login.startOver}>
              {t('wizard.back')}
            </Button>
          )}
          {!isSecondStep && access.environment !== 'demo' && (
            <Button variant="subtle" size="xs" onClick={onForgot}>
              {t('access.forgot')}
            </Button>
          )}
        </div>
      </form>
      {!isSecondStep && access.demoPeople.length > 0 && (
        <DemoPeople
          people={access.demoPeople}
          onPick={(person) => {
            setName(person.name);
            login.setPassword(person.password);
            button.current?.focus();
          }}
        />
      )}
    </>
  );
}
