import { ActionIcon, Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { ListFilter, Search, X } from 'lucide-react';
import type { KeyboardEvent, RefObject } from 'react';
import { Keycap } from '#renderer/components/Keycap.tsx';
import { TillPicker } from '#renderer/components/TillPicker.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { ReconcileSummary } from '#shared/ipc/views.ts';
import { kindWord } from './row-words.ts';
import styles from './Toolbar.module.css';
import type { Tab } from './use-rows.ts';

const TABS: readonly Tab[] = ['todo', 'matched', 'parked', 'all'];
const TAB_WORDS: Readonly<Record<Tab, string>> = {
  todo: 'reconcile.tab-todo',
  matched: 'reconcile.tab-matched',
  parked: 'reconcile.tab-parked',
  all: 'reconcile.tab-all',
};

type Props = {
  tillId: number | null;
  onTill: (tillId: number | null) => void;
  summary: ReconcileSummary | undefined;
  tab: Tab;
  onTab: (tab: Tab) => void;
  kinds: readonly string[];
  onKinds: (kinds: readonly string[]) => void;
  search: string;
  onSearch: (search: string) => void;
  searchRef: RefObject<HTMLInputElement | null>;
  /** The person is done typing and wants to go on in the list. */
  onLeaveSearch: () => void;
};

/** What of the days is shown. */
export function Toolbar(props: Props) {
  const { t, count } = useText();
  return (
    <div className={styles.bar}>
      <div className={styles.tabs} role="toolbar" aria-label={t('reconcile.tabs')}>
        {TABS.map((tab) => (
          <button
            key={tab}
            type="button"
            aria-pressed={tab === props.tab}
            className={tab === props.tab ? `${styles.tab} ${styles.on}` : styles.tab}
            onClick={() => props.onTab(tab)}
          >
            {t(TAB_WORDS[tab])}{' '}
            <span className={styles.count}>
              {props.summary === undefined ? '' : count(props.summary.tabs[tab])}
            </span>
          </button>
        ))}
      </div>
      <TillPicker tillId={props.tillId} onChange={props.onTill} />
      <KindFilter available={props.summary?.kinds ?? []} kinds={props.kinds} onKinds={props.onKinds} />
      <SearchField {...props} />
    </div>
  );
}

function SearchField({ search, onSearch, searchRef, onLeaveSearch }: Props) {
  const { t } = useText();
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape' && search !== '') onSearch('');
    else if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') onLeaveSearch();
    else return;
    event.preventDefault();
  }
  return (
    <TextInput
      ref={searchRef}
      className={styles.search ?? ''}
      size="xs"
      maxLength={200}
      aria-label={t('reconcile.search')}
      placeholder={t('reconcile.search')}
      value={search}
      onChange={(event) => onSearch(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      leftSection={<Search size={15} aria-hidden />}
      rightSection={
        search === '' ? (
          <Keycap stroke="/" />
        ) : (
          <ActionIcon
            variant="subtle"
            size={24}
            aria-label={t('reconcile.search-clear')}
            onClick={() => onSearch('')}
          >
            <X size={14} aria-hidden />
          </ActionIcon>
        )
      }
    />
  );
}

type KindFilterProps = {
  available: ReconcileSummary['kinds'];
  kinds: readonly string[];
  onKinds: (kinds: readonly string[]) => void;
};

function KindFilter({ available, kinds, onKinds }: KindFilterProps) {
  const { t, count } = useText();
  return (
    <Popover trapFocus returnFocus position="bottom-start" shadow="md">
      <Popover.Target>
        <Button
          size="xs"
          variant={kinds.length > 0 ? 'light' : 'default'}
          leftSection={<ListFilter size={15} aria-hidden />}
        >
          {kinds.length === 0 ? t('reconcile.filter') : t('reconcile.filter-on', { count: kinds.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown data-own-keys>
        <Checkbox.Group value={[...kinds]} onChange={onKinds} label={t('reconcile.filter-title')}>
          <div className={styles.kinds}>
            {available.map((kind) => (
              <Checkbox
                key={kind.kind}
                value={kind.kind}
                label={`${t(kindWord(kind.kind))} (${count(kind.count)})`}
              />
            ))}
            {available.length === 0 && <span>{t('reconcile.filter-empty')}</span>}
          </div>
        </Checkbox.Group>
        {kinds.length > 0 && (
          <Button size="compact-xs" variant="default" mt="sm" onClick={() => onKinds([])}>
            {t('reconcile.filter-clear')}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
