import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import styles from './SettingsScreen.module.css';
import { useSaveSettings } from './save-settings.ts';

/** The shop's name, as it stands in the menu and on prints. */
export function ShopSettings({ canChange }: { canChange: boolean }) {
  const { t } = useText();
  const { shopName } = useAppState();
  const { say } = useToasts();
  const { mutate, isPending } = useSaveSettings();
  const [name, setName] = useState(shopName);
  const isChanged = name.trim() !== shopName;

  function save(event: FormEvent) {
    event.preventDefault();
    if (isChanged) mutate({ shopName: name.trim() }, { onSuccess: () => say(t('app.saved')) });
  }

  return (
    <section className={styles.card}>
      <h2>{t('settings.shop')}</h2>
      {canChange ? (
        <form className={styles.form} onSubmit={save}>
          <TextInput
            label={t('settings.shop-name')}
            value={name}
            maxLength={80}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!isChanged} loading={isPending}>
            {t('app.save')}
          </Button>
        </form>
      ) : (
        <>
          <div className={styles.line}>
            <span className={styles.name}>{t('settings.shop-name')}</span>
            <strong>{shopName}</strong>
          </div>
          <p className={styles.hint}>{t('settings.owner-changes')}</p>
        </>
      )}
    </section>
  );
}
