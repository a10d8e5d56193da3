import { Select } from '@mantine/core';
import { useAppState } from '../lib/queries.ts';
import { useText } from '../lib/text.tsx';

type Props = { tillId: number | null; onChange: (tillId: number | null) => void };

/** All tills, or one. Shown only where there is a choice. */
export function TillPicker({ tillId, onChange }: Props) {
  const { t } = useText();
  const { tills } = useAppState();
  if (tills.length < 2) return null;
  return (
    <Select
      size="xs"
      w={180}
      aria-label={t('app.till')}
      allowDeselect={false}
      value={tillId === null ? 'all' : String(tillId)}
      onChange={(value) => onChange(value === null || value === 'all' ? null : Number(value))}
      data={[
        { value: 'all', label: t('app.all-tills') },
        ...tills.map((till) => ({
          value: String(till.id),
          label: `${till.name} · ${till.numbers[0] ?? ''}`,
        })),
      ]}
      comboboxProps={{ withinPortal: true }}
    />
  );
}
