import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { Keycap } from '#renderer/components/Keycap.tsx';
import { ask } from '#renderer/lib/api.ts';
import { useText } from '#renderer/lib/text.tsx';
import styles from './Callbacks.module.css';
import { Explained } from './Explained.tsx';

/** What the channel takes. */
const MOST = 100_000;

/** Paste a body of Daraja, a message or a receipt: what the app understands of it. Nothing is kept. */
export function ExplainBox() {
  const { t } = useText();
  const { failed } = useToasts();
  const [text, setText] = useState('');
  const explaining = useMutation({
    mutationFn: (pasted: string) => ask('callback:explain', { text: pasted }),
    onError: failed,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (text.trim() !== '') explaining.mutate(text);
  }

  return (
    <div className={styles.scroll}>
      <form className={styles.explain} onSubmit={submit}>
        <Textarea
          label={t('callbacks.explain-label')}
          description={t('callbacks.explain-hint')}
          autosize
          minRows={5}
          maxRows={16}
          maxLength={MOST}
          spellCheck={false}
          classNames={{ input: styles.code ?? '' }}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            explaining.reset();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && event.ctrlKey) submit(event);
          }}
        />
        <div>
          <Button
            type="submit"
            size="xs"
            loading={explaining.isPending}
            disabled={text.trim() === ''}
            rightSection={<Keycap stroke="Ctrl+Enter" />}
          >
            {t('callbacks.explain')}
          </Button>
        </div>
      </form>
      <div className={styles.answer} role="status">
        {explaining.data !== undefined && <Explained explanation={explaining.data} />}
      </div>
    </div>
  );
}
