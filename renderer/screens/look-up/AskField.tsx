import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { SearchCheck } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { FormProblem } from '#renderer/components/FormProblem.tsx';
import { Keycap } from '#renderer/components/Keycap.tsx';
import { RequestFailure, tryAsk } from '#renderer/lib/api.ts';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import { MOST_ASKED } from '#shared/domain/look-up/clean-text.ts';
import type { LookUpView, NoReceipt } from '#shared/ipc/look-up-channels.ts';
import styles from './LookUp.module.css';
import { isFieldOrDialog } from './paste-target.ts';

type Props = {
  onFound: (lookUp: LookUpView) => void;
  onNoReceipt: (read: NoReceipt) => void;
};

/**
 * One field that takes anything. What is pasted anywhere on the screen lands in it. Once it is answered it is empty
 * again: a customer's message, balance and all, does not stay in sight.
 */
export function AskField({ onFound, onNoReceipt }: Props) {
  const { t } = useText();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const lookUp = useMutation({
    mutationFn: async () => {
      const answer = await tryAsk('look-up:ask', { from: 'field', text: text.slice(0, MOST_ASKED) });
      if (!answer.ok) throw new RequestFailure(answer.error);
      return answer.value;
    },
    onSuccess: ({ lookUp: found, noReceipt }) => {
      setText('');
      if (found !== null) onFound(found);
      else if (noReceipt !== null) onNoReceipt(noReceipt);
    },
  });

  useEffect(() => {
    field.current?.focus();
    function onPaste(event: ClipboardEvent) {
      if (isFieldOrDialog(event.target)) return;
      const pasted = event.clipboardData?.getData('text/plain') ?? '';
      if (pasted.trim() === '') return;
      event.preventDefault();
      setText(pasted);
      field.current?.focus();
    }
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, []);

  useShortcuts('screen', [
    { keys: ['/'], label: 'look-up-screen.key-field', run: () => field.current?.focus() },
  ]);

  function ask(event: FormEvent | KeyboardEvent) {
    event.preventDefault();
    if (text.trim() !== '' && !lookUp.isPending) lookUp.mutate();
  }

  const failure = lookUp.error instanceof RequestFailure ? lookUp.error.failure : null;
  if (lookUp.error !== null && failure === null) throw lookUp.error;
  return (
    <form className={styles.ask} onSubmit={ask}>
      <Textarea
        ref={field}
        aria-label={t('look-up-screen.field')}
        placeholder={t('look-up-screen.placeholder')}
        classNames={{ input: styles.field ?? '' }}
        autosize
        minRows={2}
        maxRows={5}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          lookUp.reset();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey) ask(event);
        }}
      />
      <div className={styles.askFoot}>
        <span className={styles.fine}>{t('look-up-screen.hint')}</span>
        <Button
          type="submit"
          loading={lookUp.isPending}
          leftSection={<SearchCheck size={16} aria-hidden />}
          rightSection={<Keycap stroke="Enter" />}
        >
          {t('look-up-screen.ask')}
        </Button>
      </div>
      <FormProblem failure={failure} />
    </form>
  );
}
