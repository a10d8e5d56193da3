import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import { LimitSettings } from '../reversals/LimitSettings.tsx';
import { RuleSettings } from '../rules/RuleSettings.tsx';
import { DayStartSettings } from './DayStartSettings.tsx';
import { NoticeSettings } from './NoticeSettings.tsx';
import { RecoverySettings } from './RecoverySettings.tsx';
import styles from './SettingsScreen.module.css';
import { ShopSettings } from './ShopSettings.tsx';
import { TillSettings } from './TillSettings.tsx';
import { WindowSettings } from './WindowSettings.tsx';

/** What the owner decides once. */
export function SettingsScreen() {
  const { t } = useText();
  const { permissions, version } = useAppState();
  return (
    <div className={styles.screen}>
      <PageHeader title={t('nav.settings')} />
      <div className={styles.sections}>
        <WindowSettings isForShop={permissions.includes('settings.write')} />
        <ShopSettings canChange={permissions.includes('settings.write')} />
        <TillSettings canChange={permissions.includes('tills.write')} />
        <NoticeSettings canChange={permissions.includes('settings.write')} />
        <DayStartSettings canChange={permissions.includes('settings.write')} />
        <RuleSettings canChange={permissions.includes('rules.write')} />
        <LimitSettings canChange={permissions.includes('settings.write')} />
        {permissions.includes('recovery.write') && <RecoverySettings />}
        <p className={styles.version}>{t('settings.version', { version })}</p>
      </div>
    </div>
  );
}
