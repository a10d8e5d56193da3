import { useText } from '#renderer/lib/text.tsx';

/** "about 3 min left", or null while nobody can say. */
export function useTimeLeft(seconds: number | null): string | null {
  const { t } = useText();
  if (seconds === null) return null;
  if (seconds < 20) return t('importing.seconds-left');
  return t('importing.time-left', { time: { minutes: seconds / 60 } });
}
