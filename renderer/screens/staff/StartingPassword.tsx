import { Button, CopyButton, Group, Modal } from '@mantine/core';
import { Check, Copy, Printer } from 'lucide-react';
import { PrintSheet } from '#renderer/components/PrintSheet.tsx';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import styles from './Staff.module.css';

type Props = { name: string; password: string; onClose: () => void };

/**
 * The password for somebody's first time, shown once: nothing but the button that says so closes it, so that it is
 * not lost to a stray key.
 */
export function StartingPassword({ name, password, onClose }: Props) {
  const { t } = useText();
  const { shopName } = useAppState();
  useShortcuts('dialog', []);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('staff.starting-title', { name })}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
    >
      <div className={styles.form}>
        <p>{t('staff.starting-what', { name })}</p>
        <output className={styles.starting} aria-label={t('staff.starting-label')}>
          {password}
        </output>
        <Group gap="xs">
          <CopyButton value={password}>
            {({ copied, copy }) => (
              <Button
                // Not the one that closes: a second press of Enter must not lose the password.
                data-autofocus
                variant="default"
                leftSection={copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
                onClick={copy}
              >
                {t(copied ? 'statements.copied' : 'statements.copy')}
              </Button>
            )}
          </CopyButton>
          <Button
            variant="default"
            leftSection={<Printer size={16} aria-hidden />}
            onClick={() => window.print()}
          >
            {t('staff.print')}
          </Button>
        </Group>
        <p className={styles.soft}>{t('staff.starting-once')}</p>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('staff.starting-done')}</Button>
        </Group>
      </div>
      <PrintSheet>
        <h1>Daftari{shopName === '' ? '' : ` · ${shopName}`}</h1>
        <h2>{t('staff.starting-title', { name })}</h2>
        <p className={styles.printed}>{password}</p>
        <p>{t('staff.starting-sheet')}</p>
      </PrintSheet>
    </Modal>
  );
}
