import { SegmentedControl } from '@mantine/core';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { AppState } from '#shared/ipc/views.ts';
import styles from './SettingsScreen.module.css';
import { useSaveSettings } from './save-settings.ts';

const LANGUAGES: readonly { value: AppState['language']; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'sw', label: 'Kiswahili' },
];

/** How the window speaks and looks. */
export function WindowSettings({ canChange }: { canChange: boolean }) {
  const { t } = useText();
  const { language, theme } = useAppState();
  const { mutate } = useSaveSettings();
  const themes: { value: AppState['theme']; label: string }[] = [
    { value: 'auto', label: t('settings.theme-auto') },
    { value: 'light', label: t('settings.theme-light') },
    { value: 'dark', label: t('settings.theme-dark') },
  ];
  return (
    <section className={styles.card}>
      <h2>{t('settings.window')}</h2>
      <div className={styles.line}>
        <span className={styles.name}>{t('settings.language')}</span>
        <SegmentedControl
          aria-label={t('settings.language')}
          disabled={!canChange}
          value={language}
          data={[...LANGUAGES]}
          onChange={(value) => mutate({ language: value })}
        />
      </div>
      <div className={styles.line}>
        <span className={styles.name}>{t('settings.theme')}</span>
        <SegmentedControl
          aria-label={t('settings.theme')}
          disabled={!canChange}
          value={theme}
          data={themes}
          onChange={(value) => mutate({ theme: value })}
        />
      </div>
    </section>
  );
}
