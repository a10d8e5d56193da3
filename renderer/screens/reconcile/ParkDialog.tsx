import { Button, Group, Modal, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import styles from './Dialogs.module.css';
import type { Question } from './question.ts';
import { PaymentSide, SaleSide } from './Sides.tsx';

type Props = { question: Question; onPark: (note: string) => void; onClose: () => void };

/** Puts a question aside with a note that says why, so that the day can go on. */
export function ParkDialog({ question, onPark, onClose }: Props) {
  const { t } = useText();
  const [note, setNote] = useState('');
  const isReady = note.trim() !== '';
  useShortcuts('dialog', []);

  function park(event: FormEvent | KeyboardEvent) {
    event.preventDefault();
    if (isReady) onPark(note.trim());
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('reconcile.park-title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form onSubmit={park} className={styles.form}>
        <div className={styles.subject}>
          <PaymentSide payments={question.payments} withDay />
          <SaleSide sales={question.sales} withDay receipt={null} />
        </div>
        <Textarea
          data-autofocus
          label={t('reconcile.park-note')}
          description={t('reconcile.park-note-hint')}
          maxLength={300}
          autosize
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey) park(event);
          }}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" disabled={!isReady}>
            {t('reconcile.park')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
