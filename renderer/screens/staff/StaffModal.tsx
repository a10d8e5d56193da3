import { Button, Group, Modal } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { FormProblem } from '#renderer/components/FormProblem.tsx';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { Failure } from '#shared/ipc/result.ts';
import styles from './Staff.module.css';

type Props = {
  title: string;
  /** What the button says that does it. */
  act: string;
  isGrave?: boolean;
  isReady?: boolean;
  isPending: boolean;
  failure: Failure | null;
  onAct: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** A question about one person: what is about to happen, in words, and the button that does it. */
export function StaffModal(props: Props) {
  const { title, act, isGrave = false, isReady = true, isPending, failure, onAct, onClose, children } = props;
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
      // While it is under way the password may be asked for in a dialog above, and Escape is meant for that one.
      closeOnEscape={!isPending}
      closeOnClickOutside={!isPending}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form className={styles.form} onSubmit={submit}>
        {children}
        <FormProblem failure={failure} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button
            type="submit"
            loading={isPending}
            disabled={!isReady}
            {...(isGrave ? { color: 'red.9' } : {})}
          >
            {act}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
