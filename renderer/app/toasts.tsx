import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Check, CircleAlert, Undo2 } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import type { StepView } from '#shared/ipc/views.ts';
import { RequestFailure, referenceBeside, tryAsk } from '../lib/api.ts';
import { useText } from '../lib/text.tsx';
import styles from './toasts.module.css';

/** Long enough to read and to change one's mind. */
const TOAST_MS = 10_000;

export type Toasts = {
  /** Something was done, and can be undone from here. */
  readonly done: (step: StepView) => void;
  readonly say: (sentence: string) => void;
  /**
   * An expected failure in words; anything else is a bug and goes on to the error boundary's log. Silent about what
   * the person called off.
   */
  readonly failed: (error: unknown) => void;
};

/** Short news at the corner of the window. */
export function useToasts(): Toasts {
  const text = useText();

  const say = useCallback(
    (sentence: string) => {
      notifications.show({
        message: sentence,
        icon: <Check size={16} />,
        color: 'leaf',
        autoClose: TOAST_MS,
        closeButtonProps: { 'aria-label': text.t('app.close') },
      });
    },
    [text],
  );

  const failed = useCallback(
    (error: unknown) => {
      const isExpected = error instanceof RequestFailure;
      if (!isExpected) reportError(error);
      if (isExpected && error.failure.code === 'access/cancelled') return;
      const sentence = isExpected ? text.tell(error.failure.message) : text.t('app.unexpected');
      const reference = isExpected ? referenceBeside(error.failure) : undefined;
      notifications.show({
        message: reference === undefined ? sentence : `${sentence} ${text.t('app.reference', { reference })}`,
        icon: <CircleAlert size={16} />,
        color: 'red',
        autoClose: TOAST_MS,
        role: 'alert',
        closeButtonProps: { 'aria-label': text.t('app.close') },
      });
    },
    [text],
  );

  const done = useCallback(
    (step: StepView) => {
      const id = `step-${step.id}`;
      async function undo() {
        notifications.hide(id);
        const answer = await tryAsk('step:undo', { stepId: step.id });
        if (answer.ok) say(text.t('app.undone', { what: text.tell(step.what) }));
        else failed(new RequestFailure(answer.error));
      }
      notifications.show({
        id,
        color: 'leaf',
        icon: <Check size={16} />,
        autoClose: TOAST_MS,
        closeButtonProps: { 'aria-label': text.t('app.close') },
        message: (
          <span className={styles.line}>
            <span>{text.tell(step.what)}</span>
            {step.isUndoable && (
              <Button
                size="compact-xs"
                variant="default"
                className={styles.undo ?? ''}
                leftSection={<Undo2 size={14} />}
                onClick={() => void undo()}
              >
                {text.t('app.undo')}
              </Button>
            )}
          </span>
        ),
      });
    },
    [text, say, failed],
  );

  return useMemo(() => ({ done, say, failed }), [done, say, failed]);
}
