import { Button, Group, Modal } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { Failure } from '#shared/ipc/result.ts';
import styles from './ActDialog.module.css';
import { FormProblem } from './FormProblem.tsx';

type Props = {
  title: string;
  /** What the button says that does it; null where the body has buttons of its own. */
  act: string | null;
  isGrave?: boolean;
  isWide?: boolean;
  /** Something else on it is the better way. */
  isQuiet?: boolean;
  isReady?: boolean;
  isPending: boolean;
  failure: Failure | null;
  onAct: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** What is about to happen, in words, and the button that does it. What was typed is not lost by a click beside it. */
export function ActDialog(props: Props) {
  const {
    title,
    act,
    isGrave = false,
    isWide = false,
    isQuiet = false,
    isReady = true,
    isPending,
    failure,
    onAct,
    onClose,
    children,
  } = props;
  const { t } = useText();
  useShortcuts('dialog', []);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isReady && !isPending) onAct();
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={isWide ? 'lg' : 'md'}
      // While it is under way the password may be asked for in a dialog above, and Escape is meant for that one.
      closeOnEscape={!isPending}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form className={styles.form} onSubmit={submit} autoComplete="off">
        {children}
        <FormProblem failure={failure} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          {act !== null && (
            <Button
              type="submit"
              loading={isPending}
              disabled={!isReady}
              {...(isQuiet ? { variant: 'default' } : {})}
              {...(isGrave ? { color: 'red.9' } : {})}
            >
              {act}
            </Button>
          )}
        </Group>
      </form>
    </Modal>
  );
}
