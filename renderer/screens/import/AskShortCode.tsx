import { Button, Select, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import styles from './ImportPanel.module.css';
import { useImportDesk } from './import-desk.ts';
import type { QueueItem } from './import-queue.ts';
import { LeaveOut, QuestionCard } from './QuestionCard.tsx';

const OTHER = 'other';

/** Some layouts name the till only in the file's name: the person says which it is. */
export function AskShortCode({ item }: { item: QueueItem }) {
  const { t } = useText();
  const desk = useImportDesk();
  const { tills } = useAppState();
  const ours = tills.flatMap((till) =>
    till.numbers.map((number) => ({ value: number, label: `${till.name} · ${number}` })),
  );
  const named = /(?<!\d)\d{5,9}(?!\d)/.exec(item.fileName)?.[0] ?? '';
  const [choice, setChoice] = useState(() => chooseFirst(ours, named));
  const [typed, setTyped] = useState(named);
  const [isWrong, setWrong] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  function submit(event: FormEvent) {
    event.preventDefault();
    const shortCode = choice === OTHER ? typed.trim() : choice;
    if (/^\d{4,9}$/.test(shortCode)) desk.answer(item, { shortCode });
    else {
      setWrong(true);
      field.current?.focus();
    }
  }

  return (
    <QuestionCard title={t('importing.ask-short-code')} why={t('importing.ask-short-code-why')}>
      <form onSubmit={submit} className={styles.body}>
        {ours.length > 0 && (
          <Select
            size="xs"
            aria-label={t('importing.short-code-label')}
            allowDeselect={false}
            value={choice}
            onChange={(value) => setChoice(value ?? OTHER)}
            data={[...ours, { value: OTHER, label: t('importing.short-code-other') }]}
          />
        )}
        {choice === OTHER && (
          <TextInput
            ref={field}
            size="xs"
            label={t('importing.short-code-label')}
            inputMode="numeric"
            autoComplete="off"
            value={typed}
            error={isWrong ? t('importing.short-code-bad') : null}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setWrong(false);
            }}
          />
        )}
        <div className={styles.actions}>
          <Button size="xs" type="submit">
            {t('importing.go-on')}
          </Button>
          <LeaveOut item={item} />
        </div>
      </form>
    </QuestionCard>
  );
}

/** The number in the file's name when it is ours; the form for another number when it is not; else our first. */
function chooseFirst(ours: readonly { value: string }[], named: string): string {
  if (named !== '') return ours.some(({ value }) => value === named) ? named : OTHER;
  return ours[0]?.value ?? OTHER;
}
