import { Button, Modal, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { ColumnMap } from '#shared/domain/sales/types.ts';
import type { DateOrder } from '#shared/domain/time.ts';
import type { Question } from '#shared/ipc/views.ts';
import { COLUMN_WORDS } from '../sales/sale-words.ts';
import { DateReadings } from './AskDates.tsx';
import { ColumnList } from './ColumnList.tsx';
import styles from './ColumnMapping.module.css';
import { describeColumns, missingColumns, type TheirColumn, usableMap } from './column-choices.ts';
import { useImportDesk } from './import-desk.ts';
import { jobOf, type QueueItem } from './import-queue.ts';
import { MappingPreview } from './MappingPreview.tsx';
import { usePreview } from './use-preview.ts';

type Columns = Extract<Question, { ask: 'columns' }>;
/** What was chosen so far, kept while the person looks at something else. */
type Draft = { readonly map: ColumnMap; readonly dates: DateOrder | null };

/** Any sales file becomes readable once a person has said what its columns mean. */
export function ColumnMapping() {
  const { t } = useText();
  const { queue, mapping, closeMapping } = useImportDesk();
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>({});
  const question = mapping === null ? null : (jobOf(queue, mapping)?.question ?? null);
  const isOpen = mapping !== null && question?.ask === 'columns';
  useShortcuts('dialog', [], isOpen);
  return (
    <Modal
      opened={isOpen}
      onClose={closeMapping}
      fullScreen
      title={t('mapping.title', { file: mapping?.fileName ?? '' })}
      closeButtonProps={{ 'aria-label': t('mapping.later') }}
    >
      {isOpen && (
        <Mapping
          key={mapping.key}
          item={mapping}
          question={question}
          draft={drafts[mapping.key] ?? null}
          onDraft={(draft) => setDrafts({ ...drafts, [mapping.key]: draft })}
        />
      )}
    </Modal>
  );
}

type Props = { item: QueueItem; question: Columns; draft: Draft | null; onDraft: (draft: Draft) => void };

function Mapping({ item, question, draft, onDraft }: Props) {
  const { t } = useText();
  const desk = useImportDesk();
  const columns = describeColumns(question.headers, question.rows);
  const { map, dates } = draft ?? { map: usableMap(question.suggested, columns), dates: null };
  const missing = missingColumns(map);
  const preview = usePreview(item, map, dates, missing.length === 0);
  const needsDates = preview.data?.needsDates ?? [];
  const isReady = missing.length === 0 && (needsDates.length === 0 || dates !== null);

  function bringIn() {
    desk.answer(item, { kind: 'sales', map, ...(dates === null ? {} : { dates }) });
    desk.closeMapping();
  }

  return (
    <div className={styles.screen}>
      <p className={styles.intro}>
        {t('mapping.intro')} {t('mapping.remembered')}
      </p>
      <div className={styles.halves}>
        <ColumnList columns={columns} map={map} onChange={(changed) => onDraft({ map: changed, dates })} />
        <section className={styles.half} aria-label={t('mapping.preview')}>
          <h3>{t('mapping.preview')}</h3>
          {(needsDates.length > 0 || dates !== null) && missing.length === 0 && (
            <div className={styles.dates}>
              <strong>{t('importing.ask-dates')}</strong>
              {needsDates.length > 0 && <DateReadings samples={timeSamples(columns, map)} />}
              <SegmentedControl
                size="xs"
                aria-label={t('importing.ask-dates')}
                value={dates ?? ''}
                onChange={(value) => onDraft({ map, dates: value === 'mdy' ? 'mdy' : 'dmy' })}
                data={[
                  { value: 'dmy', label: t('importing.dates-dmy') },
                  { value: 'mdy', label: t('importing.dates-mdy') },
                ]}
              />
            </div>
          )}
          {missing.length > 0 ? (
            <p className={styles.note}>{t('mapping.preview-waits')}</p>
          ) : (
            <MappingPreview preview={preview} map={map} />
          )}
        </section>
      </div>
      <div className={styles.foot}>
        <div className={styles.words} role="status">
          {missing.length > 0 ? (
            <span className={styles.needed}>
              {t('mapping.missing', {
                count: missing.length,
                columns: missing.map((column) => t(COLUMN_WORDS[column])).join(', '),
              })}
            </span>
          ) : (
            preview.data !== undefined &&
            needsDates.length === 0 &&
            t('mapping.preview-count', { good: preview.data.good, bad: preview.data.bad })
          )}
        </div>
        <Button variant="default" onClick={desk.closeMapping}>
          {t('mapping.later')}
        </Button>
        <Button disabled={!isReady} onClick={bringIn}>
          {t('mapping.import')}
        </Button>
      </div>
    </div>
  );
}

/** The values of the column that was chosen for the time. */
function timeSamples(columns: readonly TheirColumn[], map: ColumnMap): readonly string[] {
  return columns.find((column) => map[column.header] === 'time')?.samples ?? [];
}
