import { Button, Group, Modal } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { LoginFields } from '../components/LoginFields.tsx';
import { SendButton } from '../components/SendButton.tsx';
import { tryAsk } from '../lib/api.ts';
import { confirmDesk } from '../lib/confirm-desk.ts';
import { useShortcuts } from '../lib/keyboard.tsx';
import { useLogin } from '../lib/login.ts';
import { useText } from '../lib/text.tsx';
import styles from './ConfirmDialog.module.css';
import { useSession } from './session-context.tsx';

type Question = { readonly answer: (isConfirmed: boolean) => void };

/**
 * Asks for the password whenever a call wants it again (see `tryAsk`). One of it stands above the screens; whoever
 * calls need not know. When the session ends, every waiting call is called off.
 */
export function ConfirmDialog() {
  const [question, setQuestion] = useState<Question | null>(null);
  useEffect(() => {
    let waiting: Question | null = null;
    const stop = confirmDesk.serve(
      () =>
        new Promise((resolve) => {
          waiting = {
            answer: (isConfirmed) => {
              waiting = null;
              setQuestion(null);
              resolve(isConfirmed);
            },
          };
          setQuestion(waiting);
        }),
    );
    return () => {
      stop();
      waiting?.answer(false);
    };
  }, []);
  return question === null ? null : <Dialog onAnswer={question.answer} />;
}

function Dialog({ onAnswer }: { onAnswer: Question['answer'] }) {
  const { t } = useText();
  const { person } = useSession();
  useShortcuts('dialog', []);
  const login = useLogin(
    async (password, code) => {
      const answer = await tryAsk('access:confirm', { password, code });
      return answer.ok ? { ok: true, value: { next: 'open' } } : answer;
    },
    () => onAnswer(true),
    person.hasTotp ? 'both' : 'password',
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    void login.send();
  }

  return (
    <Modal
      opened
      onClose={() => onAnswer(false)}
      title={t('confirm.title')}
      size="sm"
      zIndex={400}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form className={styles.form} onSubmit={submit}>
        <p>{t('confirm.why')}</p>
        <LoginFields login={login} autoFocus />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => onAnswer(false)}>
            {t('app.cancel')}
          </Button>
          <SendButton secondsLeft={login.secondsLeft} isBusy={login.isBusy}>
            {t('confirm.go-on')}
          </SendButton>
        </Group>
      </form>
    </Modal>
  );
}
