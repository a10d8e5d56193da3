import { Button, Group, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask } from '#renderer/lib/api.ts';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { ReversalDetail } from './reversal-words.ts';

/** The owner's decision that nothing went back: what it rests on, and what it means. */
export function DecideNotReversed({ detail, onClose }: { detail: ReversalDetail; onClose: () => void }) {
  const { t } = useText();
  const { say, failed } = useToasts();
  const { cover, reversal } = detail;
  useShortcuts('dialog', []);
  const decide = useMutation({
    mutationFn: () => ask('reversal:not-reversed', { reversalId: reversal.id }),
    onSuccess: () => {
      say(t('reversals.decided'));
      onClose();
    },
    onError: failed,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('reversals.not-reversed-title', { name: reversal.name })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <p>{t('reversals.not-reversed-text')}</p>
      {cover !== null && (
        <p>
          {cover.coveredTo === null
            ? t('reversals.cover-none', { needed: { at: cover.neededTo } })
            : t('reversals.cover', { needed: { at: cover.neededTo }, covered: { at: cover.coveredTo } })}
        </p>
      )}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('app.cancel')}
        </Button>
        <Button
          disabled={cover?.isEnough !== true}
          loading={decide.isPending}
          onClick={() => decide.mutate()}
        >
          {t('reversals.not-reversed')}
        </Button>
      </Group>
    </Modal>
  );
}
