import { Button } from '@mantine/core';
import { useText } from '#renderer/lib/text.tsx';
import type { DateOrder } from '#shared/domain/time.ts';
import { readDateAs } from './date-readings.ts';
import styles from './ImportPanel.module.css';
import { useImportDesk } from './import-desk.ts';
import type { QueueItem } from './import-queue.ts';
import { LeaveOut, QuestionCard } from './QuestionCard.tsx';

const MOST_SAMPLES = 4;
/** Shown when the file's own dates are not at hand. */
const EXAMPLE = '03/04/2026';

/** 03/04 is the third of April or the fourth of March: asked once, with the file's own dates in both readings. */
export function AskDates({ item, samples }: { item: QueueItem; samples: readonly string[] }) {
  const { t } = useText();
  const desk = useImportDesk();
  const choose = (dates: DateOrder) => desk.answer(item, { dates });
  return (
    <QuestionCard title={t('importing.ask-dates')} why={t('importing.ask-dates-why')}>
      <DateReadings samples={samples} />
      <div className={styles.actions}>
        <Button size="xs" variant="default" onClick={() => choose('dmy')}>
          {t('importing.dates-dmy')}
        </Button>
        <Button size="xs" variant="default" onClick={() => choose('mdy')}>
          {t('importing.dates-mdy')}
        </Button>
        <LeaveOut item={item} />
      </div>
    </QuestionCard>
  );
}

/** Each sample as it stands in the file and in both readings. */
export function DateReadings({ samples }: { samples: readonly string[] }) {
  const { t, day } = useText();
  const known = [...new Set(samples)].filter((sample) => sample.trim() !== '').slice(0, MOST_SAMPLES);
  const read = (sample: string, order: DateOrder) => {
    const date = readDateAs(sample, order);
    return date === null ? t('importing.dates-impossible') : day(date);
  };
  return (
    <table className={styles.readings}>
      <thead>
        <tr>
          <th scope="col">{t(known.length > 0 ? 'importing.dates-written' : 'importing.dates-example')}</th>
          <th scope="col">{t('importing.dates-dmy')}</th>
          <th scope="col">{t('importing.dates-mdy')}</th>
        </tr>
      </thead>
      <tbody>
        {(known.length > 0 ? known : [EXAMPLE]).map((sample) => (
          <tr key={sample}>
            <td>{sample}</td>
            <td>{read(sample, 'dmy')}</td>
            <td>{read(sample, 'mdy')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
