import { Checkbox, CloseButton, Select, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useRef } from 'react';
import { DayPicker, shiftRange } from '#renderer/components/DayPicker.tsx';
import { Keycap } from '#renderer/components/Keycap.tsx';
import { TillPicker } from '#renderer/components/TillPicker.tsx';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { Tender } from '#shared/domain/sales/types.ts';
import styles from './SalesScreen.module.css';
import { TENDER_WORDS, TENDERS } from './sale-words.ts';
import type { SalesFilters } from './sales-filters.ts';

type Props = { filters: SalesFilters; onFilter: (filters: SalesFilters) => void };

export function SalesToolbar({ filters, onFilter }: Props) {
  const { t } = useText();
  const search = useRef<HTMLInputElement>(null);
  useShortcuts('screen', [
    { keys: ['/'], label: 'sales.key-search', run: () => search.current?.focus() },
    { keys: ['['], label: 'days.previous', run: () => onFilter({ ...filters, ...shiftRange(filters, -1) }) },
    { keys: [']'], label: 'days.next', run: () => onFilter({ ...filters, ...shiftRange(filters, 1) }) },
  ]);
  return (
    <div className={styles.filters}>
      <DayPicker
        range={{ from: filters.from, to: filters.to }}
        onChange={({ from, to }) => onFilter({ ...filters, from, to })}
      />
      <TillPicker tillId={filters.tillId} onChange={(tillId) => onFilter({ ...filters, tillId })} />
      <Select
        size="xs"
        w={140}
        aria-label={t('sales.tender')}
        allowDeselect={false}
        value={filters.tender ?? 'any'}
        onChange={(value) => onFilter({ ...filters, tender: readTender(value) })}
        data={[
          { value: 'any', label: t('sales.all-tenders') },
          ...TENDERS.map((tender) => ({ value: tender, label: t(TENDER_WORDS[tender]) })),
        ]}
      />
      <Checkbox
        size="sm"
        label={t('sales.typed-only')}
        checked={filters.isTypedOnly}
        onChange={(event) => onFilter({ ...filters, isTypedOnly: event.currentTarget.checked })}
      />
      <TextInput
        ref={search}
        className={styles.search ?? ''}
        size="xs"
        type="search"
        maxLength={200}
        aria-label={t('sales.search')}
        placeholder={t('sales.search')}
        leftSection={<Search size={14} aria-hidden />}
        rightSection={
          filters.search === '' ? (
            <Keycap stroke="/" />
          ) : (
            <CloseButton
              size="xs"
              aria-label={t('sales.clear-search')}
              onClick={() => onFilter({ ...filters, search: '' })}
            />
          )
        }
        value={filters.search}
        onChange={(event) => onFilter({ ...filters, search: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          onFilter({ ...filters, search: '' });
          event.currentTarget.blur();
        }}
      />
    </div>
  );
}

function readTender(value: string | null): Tender | null {
  return TENDERS.find((tender) => tender === value) ?? null;
}
