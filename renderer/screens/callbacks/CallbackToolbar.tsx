import { Select } from '@mantine/core';
import { SearchField } from '#renderer/components/SearchField.tsx';
import { useText } from '#renderer/lib/text.tsx';
import styles from './Callbacks.module.css';
import type { CallbackFilters } from './callback-filters.ts';
import { ALL_KINDS, ALL_OUTCOMES, KINDS, OUTCOMES } from './callback-words.ts';

const ANY = 'any';

type Props = { filters: CallbackFilters; onFilter: (filters: CallbackFilters) => void };

/** What became of it, what it is, and a receipt. */
export function CallbackToolbar({ filters, onFilter }: Props) {
  const { t } = useText();
  return (
    <div className={styles.filters}>
      <Select
        size="xs"
        w={190}
        aria-label={t('callbacks.outcome')}
        allowDeselect={false}
        value={filters.outcome ?? ANY}
        onChange={(value) =>
          onFilter({ ...filters, outcome: ALL_OUTCOMES.find((each) => each === value) ?? null })
        }
        data={[
          { value: ANY, label: t('callbacks.any-outcome') },
          ...ALL_OUTCOMES.map((each) => ({ value: each, label: t(OUTCOMES[each].words) })),
        ]}
      />
      <Select
        size="xs"
        w={230}
        aria-label={t('callbacks.kind')}
        allowDeselect={false}
        value={filters.kind ?? ANY}
        onChange={(value) => onFilter({ ...filters, kind: ALL_KINDS.find((each) => each === value) ?? null })}
        data={[
          { value: ANY, label: t('callbacks.any-kind') },
          ...ALL_KINDS.map((each) => ({ value: each, label: t(KINDS[each]) })),
        ]}
      />
      <SearchField
        label="callbacks.search"
        maxLength={20}
        value={filters.search}
        onChange={(search) => onFilter({ ...filters, search })}
      />
    </div>
  );
}
