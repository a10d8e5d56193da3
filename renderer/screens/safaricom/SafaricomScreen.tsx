import { Tabs } from '@mantine/core';
import { KeyRound, type LucideIcon, Stethoscope } from 'lucide-react';
import type { ComponentType } from 'react';
import { useLocation, useParams } from 'wouter';
import { paths } from '#renderer/app/routes.ts';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import { DoctorPanel } from '../doctor/DoctorPanel.tsx';
import styles from './Safaricom.module.css';
import { SetUpTab } from './SetUpTab.tsx';

type SafaricomTab = {
  readonly name: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly body: ComponentType;
};

const SET_UP: SafaricomTab = {
  name: 'set-up',
  label: 'safaricom-screen.tab-set-up',
  icon: KeyRound,
  body: SetUpTab,
};
const DOCTOR: SafaricomTab = {
  name: 'doctor',
  label: 'safaricom-screen.tab-doctor',
  icon: Stethoscope,
  body: DoctorPanel,
};
const TABS: readonly SafaricomTab[] = [SET_UP, DOCTOR];

/** The connection to Safaricom: what is set up, and how it stands. */
export function SafaricomScreen() {
  const { t } = useText();
  const { environment } = useAppState();
  const params = useParams<{ tab?: string }>();
  const [, navigate] = useLocation();
  const { name, body: Body } = TABS.find((tab) => tab.name === params.tab) ?? SET_UP;
  return (
    <div className={styles.screen}>
      <PageHeader title={t('nav.safaricom')} sub={t('safaricom-screen.subtitle', { environment })} />
      {TABS.length > 1 && (
        <Tabs
          className={styles.tabs ?? ''}
          value={name}
          onChange={(next) => navigate(`${paths.safaricom}/${next ?? SET_UP.name}`)}
        >
          <Tabs.List>
            {TABS.map(({ name: value, label, icon: Icon }) => (
              <Tabs.Tab key={value} value={value} leftSection={<Icon size={16} aria-hidden />}>
                {t(label)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who only reads has nothing else here to scroll by */}
      <section className={styles.body} aria-label={t('nav.safaricom')} tabIndex={0}>
        <Body />
      </section>
    </div>
  );
}
