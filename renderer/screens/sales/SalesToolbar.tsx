import { Checkbox, Select } from '@mantine/core';
import { DayPicker, shiftRange } from '#renderer/components/DayPicker.tsx';
import { SearchField } from '#renderer/components/SearchField.tsx';
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
  useShortcuts('screen', [
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
      <SearchField
        label="sales.key-search"
        hint="sales.search"
        maxLength={200}
        value={filters.search}
        onChange={(search) => onFilter({ ...filters, search })}
      />
    </div>
  );
}

function readTender(value: string | null): Tender | null {
  return TENDERS.find((tender) => tender === value) ?? null;
}
