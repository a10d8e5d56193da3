import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask } from '#renderer/lib/api.ts';
import { useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { LookUpView, NoReceipt } from '#shared/ipc/look-up-channels.ts';
import styles from './LookUp.module.css';
import { kindWord } from './verdict-look.ts';

type Props = { onFound: (lookUp: LookUpView) => void; onNoReceipt: (read: NoReceipt) => void };

/** In the demo nobody stands at the counter: one text for each answer there is. */
export function DemoExamples({ onFound, onNoReceipt }: Props) {
  const { t } = useText();
  const { failed } = useToasts();
  const { data } = useAnswer('demo:examples', {});
  const { mutate, isPending } = useMutation({
    mutationFn: (text: string) => ask('look-up:ask', { from: 'field', text }),
    onSuccess: ({ lookUp, noReceipt }) => {
      if (lookUp !== null) onFound(lookUp);
      else if (noReceipt !== null) onNoReceipt(noReceipt);
    },
    onError: failed,
  });
  if (data === undefined || data.examples.length === 0) return null;
  return (
    <section className={styles.examples} aria-labelledby="examples-title">
      <h2 id="examples-title">{t('look-up-screen.examples')}</h2>
      <div className={styles.exampleList}>
        {data.examples.map(({ kind, text }) => (
          <Button
            key={kind}
            size="compact-sm"
            variant="default"
            title={text}
            disabled={isPending}
            onClick={() => mutate(text)}
          >
            {t('look-up-screen.example', { kind: kindWord(kind) })}
          </Button>
        ))}
      </div>
    </section>
  );
}
