import { CloseButton, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useRef } from 'react';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import { Keycap } from './Keycap.tsx';
import styles from './SearchField.module.css';

type Props = {
  /** The id of what the field is for; the list of keys says it of `/`. */
  label: string;
  /** The id of what may be typed, where the label does not say it. */
  hint?: string;
  value: string;
  maxLength: number;
  onChange: (value: string) => void;
};

/** The search of a list: `/` goes there, Escape empties it and leaves. */
export function SearchField({ label, hint = label, value, maxLength, onChange }: Props) {
  const { t } = useText();
  const field = useRef<HTMLInputElement>(null);
  useShortcuts('screen', [{ keys: ['/'], label, run: () => field.current?.focus() }]);
  return (
    <TextInput
      ref={field}
      className={styles.search ?? ''}
      size="xs"
      type="search"
      maxLength={maxLength}
      aria-label={t(label)}
      placeholder={t(hint)}
      leftSection={<Search size={14} aria-hidden />}
      rightSection={
        value === '' ? (
          <Keycap stroke="/" />
        ) : (
          <CloseButton size="xs" aria-label={t('app.clear-search')} onClick={() => onChange('')} />
        )
      }
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        onChange('');
        event.currentTarget.blur();
      }}
    />
  );
}
