import { TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Login } from '../lib/login.ts';
import { useText } from '../lib/text.tsx';
import { FormProblem } from './FormProblem.tsx';
import { PasswordField } from './PasswordField.tsx';

type Props = { login: Login; autoFocus?: boolean };

/** The fields of a {@link Login}, and why the last try was not accepted. */
export function LoginFields({ login, autoFocus = false }: Props) {
  const { t } = useText();
  const passwordField = useRef<HTMLInputElement>(null);
  const codeField = useRef<HTMLInputElement>(null);
  const { asks, refusals } = login;

  useEffect(() => {
    if (asks === 'code') codeField.current?.focus();
    else if (refusals > 0) {
      passwordField.current?.focus();
      passwordField.current?.select();
    }
  }, [asks, refusals]);

  return (
    <>
      {asks !== 'code' && (
        <PasswordField
          ref={passwordField}
          label={t('access.password')}
          autoComplete="current-password"
          autoFocus={autoFocus}
          value={login.password}
          error={login.wasSent && login.password === '' ? t('access.password-missing') : null}
          onChange={login.setPassword}
        />
      )}
      {asks !== 'password' && (
        <TextInput
          ref={codeField}
          label={t('access.code')}
          description={t('access.code-hint')}
          autoComplete="one-time-code"
          maxLength={40}
          spellCheck={false}
          value={login.code}
          error={
            login.wasSent && login.code.trim() === '' && login.failure === null
              ? t('totp.code-missing')
              : null
          }
          onChange={(event) => login.setCode(event.currentTarget.value)}
        />
      )}
      <FormProblem failure={login.failure} />
    </>
  );
}
