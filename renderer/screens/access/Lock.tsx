import { Button } from '@mantine/core';
import type { FormEvent } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { LoginFields } from '#renderer/components/LoginFields.tsx';
import { SendButton } from '#renderer/components/SendButton.tsx';
import { RequestFailure, tryAsk } from '#renderer/lib/api.ts';
import { useLogin } from '#renderer/lib/login.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { AccessState } from '#shared/ipc/access-channels.ts';
import styles from './Form.module.css';

type Props = { person: NonNullable<AccessState['person']>; onDone: () => void };

/** The session waits behind its password; whoever it is not signs it out. */
export function Lock({ person, onDone }: Props) {
  const { t } = useText();
  const { failed } = useToasts();
  const login = useLogin((password) => tryAsk('access:unlock', { password }), onDone, 'password');

  function submit(event: FormEvent) {
    event.preventDefault();
    void login.send();
  }

  async function signOut() {
    const answer = await tryAsk('access:sign-out', {});
    if (answer.ok) onDone();
    else failed(new RequestFailure(answer.error));
  }

  return (
    <form className={styles.form} onSubmit={submit} aria-label={t('access.locked-title')}>
      <h1>{t('access.locked-title')}</h1>
      <div className={styles.who}>
        <span className={styles.face} aria-hidden>
          {person.name.charAt(0).toUpperCase()}
        </span>
        <div>
          <strong>{person.name}</strong>
          <span className={styles.soft}>{t('nav.role', { role: person.role })}</span>
        </div>
      </div>
      <LoginFields login={login} autoFocus />
      <div className={`${styles.actions} ${styles.spread}`}>
        <SendButton secondsLeft={login.secondsLeft} isBusy={login.isBusy}>
          {t('access.unlock')}
        </SendButton>
        <Button variant="subtle" size="xs" onClick={() => void signOut()}>
          {t('access.not-you')}
        </Button>
      </div>
    </form>
  );
}
