import { Button, Group, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask } from '#renderer/lib/api.ts';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { keyOf } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import styles from './Relay.module.css';

/** What it means to forget, before it is done. */
export function ForgetRelay({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const { failed } = useToasts();
  const client = useQueryClient();
  useShortcuts('dialog', []);
  const forgetting = useMutation({
    mutationFn: () => ask('relay:forget', {}),
    onSuccess: (view) => {
      client.setQueryData(keyOf('relay:show', {}), view);
      onClose();
    },
    onError: failed,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('relay.forget-title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className={styles.dialog}>
        <p>{t('relay.forget-what')}</p>
        <p>{t('relay.forget-back')}</p>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button color="red.9" loading={forgetting.isPending} onClick={() => forgetting.mutate()}>
            {t('relay.forget-now')}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
