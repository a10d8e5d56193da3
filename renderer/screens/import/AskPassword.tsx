import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useText } from '#renderer/lib/text.tsx';
import styles from './ImportPanel.module.css';
import { useImportDesk } from './import-desk.ts';
import type { QueueItem } from './import-queue.ts';
import { LeaveOut, QuestionCard } from './QuestionCard.tsx';

/** Safaricom locks some statements: the person types the password, it opens the file once and is forgotten. */
export function AskPassword({ item, isWrong }: { item: QueueItem; isWrong: boolean }) {
  const { t } = useText();
  const desk = useImportDesk();
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState(isWrong ? 'importing.password-wrong' : null);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (typed === '') {
      setProblem('importing.password-empty');
      field.current?.focus();
    } else desk.answer(item, { password: typed });
  }

  return (
    <QuestionCard title={t('importing.ask-password')} why={t('importing.ask-password-why')}>
      <form onSubmit={submit} className={styles.body}>
        <PasswordInput
          ref={field}
          size="xs"
          label={t('importing.password-label')}
          autoComplete="off"
          maxLength={200}
          value={typed}
          error={problem === null ? null : t(problem)}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setProblem(null);
          }}
        />
        <div className={styles.actions}>
          <Button size="xs" type="submit">
            {t('importing.go-on')}
          </Button>
          <LeaveOut item={item} />
        </div>
      </form>
    </QuestionCard>
  );
}
