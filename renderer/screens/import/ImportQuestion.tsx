import { Button } from '@mantine/core';
import { useText } from '#renderer/lib/text.tsx';
import type { Question } from '#shared/ipc/views.ts';
import { AskDates } from './AskDates.tsx';
import { AskIsOurs } from './AskIsOurs.tsx';
import { AskPassword } from './AskPassword.tsx';
import { AskShortCode } from './AskShortCode.tsx';
import styles from './ImportPanel.module.css';
import { useImportDesk } from './import-desk.ts';
import type { QueueItem } from './import-queue.ts';
import { LeaveOut, QuestionCard } from './QuestionCard.tsx';

/** What a file still needs from a person. The other files go on meanwhile. */
export function ImportQuestion({ item, question }: { item: QueueItem; question: Question }) {
  const { t } = useText();
  const desk = useImportDesk();
  if (item.file === null) {
    return (
      <div className={styles.fine}>
        <p>{t('importing.choose-again')}</p>
        <LeaveOut item={item} />
      </div>
    );
  }
  switch (question.ask) {
    case 'short-code':
      return <AskShortCode item={item} />;
    case 'password':
      return <AskPassword item={item} isWrong={question.wrong} />;
    case 'is-ours':
      return <AskIsOurs item={item} numbers={question.numbers} />;
    case 'dates':
      return <AskDates item={item} samples={question.samples} />;
    case 'columns':
      return (
        <QuestionCard title={t('importing.ask-columns')} why={t('importing.ask-columns-why')}>
          <div className={styles.actions}>
            <Button size="xs" onClick={() => desk.openMapping(item)}>
              {t('importing.choose-columns')}
            </Button>
            <LeaveOut item={item} />
          </div>
        </QuestionCard>
      );
    case 'kind':
      return (
        <QuestionCard title={t('importing.ask-kind')} why={t('importing.ask-kind-why')}>
          <div className={styles.actions}>
            <Button size="xs" variant="default" onClick={() => desk.answer(item, { kind: 'statement' })}>
              {t('importing.kind-statement')}
            </Button>
            <Button size="xs" variant="default" onClick={() => desk.answer(item, { kind: 'sales' })}>
              {t('importing.kind-sales')}
            </Button>
            <LeaveOut item={item} />
          </div>
        </QuestionCard>
      );
  }
}
