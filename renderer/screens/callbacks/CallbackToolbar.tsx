import { CloseButton, Select, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useRef } from 'react';
import { Keycap } from '#renderer/components/Keycap.tsx';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import styles from './Callbacks.module.css';
import type { CallbackFilters } from './callback-filters.ts';
import { ALL_KINDS, ALL_OUTCOMES, KINDS, OUTCOMES } from './callback-words.ts';

const ANY = 'any';

type Props = { filters: CallbackFilters; onFilter: (filters: CallbackFilters) => void };

/** What became of it, what it is, and a receipt. */
export function CallbackToolbar({ filters, onFilter }: Props) {
  const { t } = useText();
  const search = useRef<HTMLInputElement>(null);
  useShortcuts('screen', [{ keys: ['/'], label: 'callbacks.search', run: () => search.current?.focus() }]);
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
      <TextInput
        ref={search}
        className={styles.search ?? ''}
        size="xs"
        type="search"
        maxLength={20}
        aria-label={t('callbacks.search')}
        placeholder={t('callbacks.search')}
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
