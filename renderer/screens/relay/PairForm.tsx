import { Button, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { tryAsk } from '#renderer/lib/api.ts';
import { keyOf } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { Message } from '#shared/domain/message.ts';
import styles from './Relay.module.css';

type Props = { onDone: () => void; onCancel?: () => void };

/** Paste the code that whoever runs the relay sent. */
export function PairForm({ onDone, onCancel }: Props) {
  const { t, tell } = useText();
  const { say } = useToasts();
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<Message | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const answer = await tryAsk('relay:pair', { code });
    setBusy(false);
    if (!answer.ok) {
      if (answer.error.code !== 'access/cancelled') setProblem(answer.error.message);
      return;
    }
    client.setQueryData(keyOf('relay:show', {}), answer.value);
    setCode('');
    say(t('relay.paired'));
    onDone();
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <Textarea
        label={t('relay.code')}
        description={t('relay.code-hint')}
        autosize
        minRows={3}
        maxLength={2_000}
        spellCheck={false}
        autoComplete="off"
        classNames={{ input: styles.code ?? '' }}
        value={code}
        error={problem === null ? null : tell(problem)}
        onChange={(event) => {
          setCode(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <div className={styles.acts}>
        <Button type="submit" size="xs" loading={isBusy} disabled={code.trim() === ''}>
          {t('relay.pair')}
        </Button>
        {onCancel !== undefined && (
          <Button size="xs" variant="default" onClick={onCancel}>
            {t('app.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
