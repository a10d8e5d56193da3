import { Tabs } from '@mantine/core';
import { Inbox, ShieldX, TextSearch } from 'lucide-react';
import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { paths } from '#renderer/app/routes.ts';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { useText } from '#renderer/lib/text.tsx';
import { RelayChip } from '../relay/RelayChip.tsx';
import { CallbackList } from './CallbackList.tsx';
import styles from './Callbacks.module.css';
import { CallbackToolbar } from './CallbackToolbar.tsx';
import { type CallbackFilters, NO_FILTERS, readPlace } from './callback-filters.ts';
import { ExplainBox } from './ExplainBox.tsx';
import { RefusedList } from './RefusedList.tsx';

/** Everything that came from Safaricom through the relay, what became of it, and what the relay turned away. */
export function CallbacksScreen() {
  const { t } = useText();
  const { what } = useParams<{ what?: string }>();
  const [, navigate] = useLocation();
  const [filters, setFilters] = useState<CallbackFilters>(NO_FILTERS);
  const { tab, callbackId } = readPlace(what);
  return (
    <div className={styles.screen}>
      <PageHeader title={t('nav.callbacks')} sub={t('callbacks.subtitle')} actions={<RelayChip />} />
      <Tabs
        className={styles.tabs ?? ''}
        value={tab}
        onChange={(name) =>
          navigate(name === 'list' || name === null ? paths.callbacks : `${paths.callbacks}/${name}`)
        }
      >
        <Tabs.List>
          <Tabs.Tab value="list" leftSection={<Inbox size={16} aria-hidden />}>
            {t('callbacks.tab-list')}
          </Tabs.Tab>
          <Tabs.Tab value="refused" leftSection={<ShieldX size={16} aria-hidden />}>
            {t('callbacks.tab-refused')}
          </Tabs.Tab>
          <Tabs.Tab value="explain" leftSection={<TextSearch size={16} aria-hidden />}>
            {t('callbacks.tab-explain')}
          </Tabs.Tab>
        </Tabs.List>
      </Tabs>
      {tab === 'list' && (
        <>
          <CallbackToolbar filters={filters} onFilter={setFilters} />
          <CallbackList
            filters={filters}
            openId={callbackId}
            onOpen={(id) => navigate(`${paths.callbacks}/${id}`)}
            onClose={() => navigate(paths.callbacks)}
            onClear={() => setFilters(NO_FILTERS)}
          />
        </>
      )}
      {tab === 'refused' && <RefusedList />}
      {tab === 'explain' && <ExplainBox />}
    </div>
  );
}
