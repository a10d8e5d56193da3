import { Button, Select } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { X } from 'lucide-react';
import { SearchField } from '#renderer/components/SearchField.tsx';
import { useText } from '#renderer/lib/text.tsx';
import { parseBusinessDay } from '#shared/domain/time.ts';
import type { AuditHead } from '#shared/ipc/audit-channels.ts';
import styles from './Audit.module.css';
import type { AuditFilters } from './audit-filters.ts';
import { AREA_WORDS, AREAS } from './audit-words.ts';

const ANY = 'any';

type Props = {
  filters: AuditFilters;
  onFilter: (filters: AuditFilters) => void;
  people: AuditHead['people'];
  subject: string | null;
  onClearSubject: () => void;
};

/** Who, what, when, about what, and a search. */
export function AuditToolbar({ filters, onFilter, people, subject, onClearSubject }: Props) {
  const { t } = useText();
  return (
    <div className={styles.filters}>
      <Select
        size="xs"
        w={160}
        aria-label={t('audit-screen.who')}
        allowDeselect={false}
        value={filters.staffId === null ? ANY : String(filters.staffId)}
        onChange={(value) =>
          onFilter({ ...filters, staffId: value === null || value === ANY ? null : Number(value) })
        }
        data={[
          { value: ANY, label: t('audit-screen.anybody') },
          ...people.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      <Select
        size="xs"
        w={170}
        aria-label={t('audit-screen.area')}
        allowDeselect={false}
        value={filters.area ?? ANY}
        onChange={(value) => onFilter({ ...filters, area: AREAS.find((area) => area === value) ?? null })}
        data={[
          { value: ANY, label: t('audit-screen.anything') },
          ...AREAS.map((area) => ({ value: area, label: t(AREA_WORDS[area]) })),
        ]}
      />
      <Day
        label={t('audit-screen.from')}
        value={filters.from}
        onChange={(from) => onFilter({ ...filters, from })}
      />
      <Day label={t('audit-screen.to')} value={filters.to} onChange={(to) => onFilter({ ...filters, to })} />
      {subject !== null && (
        <Button
          size="xs"
          variant="light"
          rightSection={<X size={14} aria-hidden />}
          aria-label={t('audit-screen.clear-subject', { subject })}
          onClick={onClearSubject}
        >
          {t('audit-screen.about', { subject })}
        </Button>
      )}
      <SearchField
        label="audit-screen.search"
        maxLength={100}
        value={filters.search}
        onChange={(search) => onFilter({ ...filters, search })}
      />
    </div>
  );
}

type DayProps = {
  label: string;
  value: AuditFilters['from'];
  onChange: (day: AuditFilters['from']) => void;
};

function Day({ label, value, onChange }: DayProps) {
  const { t } = useText();
  return (
    <DatePickerInput
      size="xs"
      w={142}
      aria-label={label}
      placeholder={label}
      valueFormat="D MMM YYYY"
      clearable
      clearButtonProps={{ 'aria-label': t('audit-screen.clear-day', { which: label }) }}
      value={value}
      onChange={(picked) => onChange(picked === null ? null : parseBusinessDay(picked))}
      hideOutsideDates
      // The calendar would be a dialog without a name.
      popoverProps={{ withRoles: false }}
      previousLabel={t('days.previous-month')}
      nextLabel={t('days.next-month')}
    />
  );
}
