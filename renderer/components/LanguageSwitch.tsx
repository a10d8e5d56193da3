import { SegmentedControl } from '@mantine/core';
import type { Language } from '#shared/text/render.ts';
import { useText } from '../lib/text.tsx';

type Props = { language: Language; onLanguage: (language: Language) => void };

/** English or Swahili, each in its own words, for the windows that open before the books do. */
export function LanguageSwitch({ language, onLanguage }: Props) {
  const { t } = useText();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('settings.language')}
      value={language}
      onChange={(value) => onLanguage(value === 'sw' ? 'sw' : 'en')}
      data={[
        { value: 'en', label: 'English' },
        { value: 'sw', label: 'Kiswahili' },
      ]}
    />
  );
}
