import { ActionIcon, Button, Popover, SegmentedControl, Tooltip } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { addDays, type BusinessDay, parseBusinessDay } from '#shared/domain/time.ts';
import { useText } from '../lib/text.tsx';
import styles from './DayPicker.module.css';

export type DayRange = { readonly from: BusinessDay; readonly to: BusinessDay };

/** Moves a range by its own length: the day before, the week after. */
export function shiftRange({ from, to }: DayRange, steps: 1 | -1): DayRange {
  const length = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  return { from: addDays(from, steps * length), to: addDays(to, steps * length) };
}

type Props = {
  range: DayRange;
  onChange: (range: DayRange) => void;
  /** Where the days already stand in the heading beside it. */
  isCompact?: boolean;
};

/** A day or a range of days, with its neighbours one press away. */
export function DayPicker({ range, onChange, isCompact = false }: Props) {
  const { t, day } = useText();
  const [isOpen, setIsOpen] = useState(false);
  const label = range.from === range.to ? day(range.from) : `${day(range.from)} – ${day(range.to)}`;
  const toggle = () => setIsOpen((open) => !open);
  return (
    <div className={styles.picker}>
      <Step label={t('days.previous')} icon="previous" onPress={() => onChange(shiftRange(range, -1))} />
      <Popover opened={isOpen} onChange={setIsOpen} trapFocus returnFocus position="bottom-start" shadow="md">
        <Popover.Target>
          {isCompact ? (
            <ActionIcon variant="default" size={30} aria-label={t('days.choose')} onClick={toggle}>
              <CalendarDays size={16} aria-hidden />
            </ActionIcon>
          ) : (
            <Button
              size="xs"
              variant="default"
              leftSection={<CalendarDays size={16} aria-hidden />}
              aria-label={`${t('days.choose')}: ${label}`}
              onClick={toggle}
            >
              {label}
            </Button>
          )}
        </Popover.Target>
        <Popover.Dropdown data-own-keys>
          <Calendar
            range={range}
            onPick={(picked) => {
              setIsOpen(false);
              onChange(picked);
            }}
          />
        </Popover.Dropdown>
      </Popover>
      <Step label={t('days.next')} icon="next" onPress={() => onChange(shiftRange(range, 1))} />
    </div>
  );
}

function Step({ label, icon, onPress }: { label: string; icon: 'previous' | 'next'; onPress: () => void }) {
  const Icon = icon === 'previous' ? ChevronLeft : ChevronRight;
  return (
    <Tooltip label={`${label}  ${icon === 'previous' ? '[' : ']'}`}>
      <ActionIcon variant="default" size={30} aria-label={label} onClick={onPress}>
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

type Mode = 'day' | 'range';

function Calendar({ range, onPick }: { range: DayRange; onPick: (range: DayRange) => void }) {
  const { t } = useText();
  const [mode, setMode] = useState<Mode>(range.from === range.to ? 'day' : 'range');
  const [half, setHalf] = useState<[string | null, string | null]>([range.from, range.to]);

  function pick(from: string | null, to: string | null) {
    const first = from === null ? null : parseBusinessDay(from);
    const last = to === null ? null : parseBusinessDay(to);
    if (first !== null && last !== null) onPick({ from: first, to: last });
  }

  return (
    <div className={styles.calendar}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('days.mode')}
        value={mode}
        onChange={(value) => setMode(value === 'range' ? 'range' : 'day')}
        data={[
          { value: 'day', label: t('days.one-day') },
          { value: 'range', label: t('days.range') },
        ]}
      />
      {mode === 'day' ? (
        <DatePicker
          type="default"
          value={range.from}
          defaultDate={range.from}
          hideOutsideDates
          previousLabel={t('days.previous-month')}
          nextLabel={t('days.next-month')}
          onChange={(value) => pick(value, value)}
        />
      ) : (
        <DatePicker
          type="range"
          allowSingleDateInRange
          value={half}
          defaultDate={range.from}
          hideOutsideDates
          previousLabel={t('days.previous-month')}
          nextLabel={t('days.next-month')}
          onChange={(value) => {
            setHalf(value);
            pick(value[0], value[1]);
          }}
        />
      )}
    </div>
  );
}
