import { SegmentedControl } from '@mantine/core';
import { useWindowLook } from '#renderer/app/window-look.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { AppState } from '#shared/ipc/views.ts';
import styles from './SettingsScreen.module.css';
import { useSaveSettings } from './save-settings.ts';

const LANGUAGES: readonly { value: AppState['language']; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'sw', label: 'Kiswahili' },
];

/** How the window speaks and looks: for the whole shop if the person may say so, else for this person until signing out. */
export function WindowSettings({ isForShop }: { isForShop: boolean }) {
  const { t } = useText();
  const shop = useAppState();
  const { chosen, choose } = useWindowLook();
  const { mutate } = useSaveSettings();
  const { language, theme } = { ...shop, ...chosen };
  function change(look: Partial<Pick<AppState, 'language' | 'theme'>>) {
    if (isForShop) mutate(look, { onSuccess: () => choose(look) });
    else choose(look);
  }
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
          value={language}
          data={[...LANGUAGES]}
          onChange={(value) => change({ language: value })}
        />
      </div>
      <div className={styles.line}>
        <span className={styles.name}>{t('settings.theme')}</span>
        <SegmentedControl
          aria-label={t('settings.theme')}
          value={theme}
          data={themes}
          onChange={(value) => change({ theme: value })}
        />
      </div>
      {!isForShop && <p className={styles.hint}>{t('settings.window-yours')}</p>}
    </section>
  );
}
