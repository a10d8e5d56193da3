import { Button, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask } from '#renderer/lib/api.ts';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import styles from './ImportPanel.module.css';
import { useImportDesk } from './import-desk.ts';
import { type QueueItem, stateOf } from './import-queue.ts';
import { LeaveOut, QuestionCard } from './QuestionCard.tsx';

/** A number that the ledger has not seen: only the owner can say that it is the shop's. */
export function AskIsOurs({ item, numbers }: { item: QueueItem; numbers: readonly string[] }) {
  const { t } = useText();
  const { permissions } = useAppState();
  const values = { count: numbers.length, numbers: numbers.join(', ') };
  return (
    <QuestionCard title={t('importing.ask-is-ours', values)} why={t('importing.ask-is-ours-why', values)}>
      {permissions.includes('tills.write') ? (
        <NameNumbers item={item} numbers={numbers} />
      ) : (
        <>
          <p className={styles.fine}>{t('importing.is-ours-owner')}</p>
          <div className={styles.actions}>
            <LeaveOut item={item} />
          </div>
        </>
      )}
    </QuestionCard>
  );
}

const NEW = 'new';
type Home = { readonly tillId: string; readonly name: string };

function NameNumbers({ item, numbers }: { item: QueueItem; numbers: readonly string[] }) {
  const { t } = useText();
  const desk = useImportDesk();
  const { tills } = useAppState();
  const { failed } = useToasts();
  // The file has been brought in but for the rows of these numbers.
  const isRest = stateOf(desk.queue, item) === 'done';
  const [homes, setHomes] = useState<Readonly<Record<string, Home>>>({});
  const [isChecked, setChecked] = useState(false);
  const fields = useRef(new Map<string, HTMLInputElement | null>());
  const homeOf = (number: string): Home => homes[number] ?? { tillId: NEW, name: '' };
  const isNameless = (number: string) => homeOf(number).tillId === NEW && homeOf(number).name.trim() === '';

  const add = useMutation({
    mutationFn: async () => {
      for (const number of numbers) {
        const { tillId, name } = homeOf(number);
        const known = tills.find((till) => String(till.id) === tillId);
        await ask('tills:add', { number, name: known?.name ?? name.trim(), tillId: known?.id ?? null });
      }
    },
    onSuccess: () => desk.answer(item, {}),
    onError: failed,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    const nameless = numbers.find(isNameless);
    if (nameless === undefined) add.mutate();
    else fields.current.get(nameless)?.focus();
  }

  return (
    <form onSubmit={submit} className={styles.body}>
      {numbers.map((number) => (
        <div key={number} className={styles.body}>
          {tills.length > 0 && (
            <Select
              size="xs"
              label={t('importing.till-of', { number })}
              allowDeselect={false}
              value={homeOf(number).tillId}
              onChange={(tillId) =>
                setHomes({ ...homes, [number]: { ...homeOf(number), tillId: tillId ?? NEW } })
              }
              data={[
                { value: NEW, label: t('importing.till-new') },
                ...tills.map((till) => ({
                  value: String(till.id),
                  label: `${till.name} · ${till.numbers.join(', ')}`,
                })),
              ]}
            />
          )}
          {homeOf(number).tillId === NEW && (
            <TextInput
              ref={(field) => void fields.current.set(number, field)}
              size="xs"
              label={t('importing.till-name', { number })}
              placeholder={t('importing.till-name-hint')}
              maxLength={80}
              autoComplete="off"
              value={homeOf(number).name}
              error={isChecked && isNameless(number) ? t('importing.till-name-missing') : null}
              onChange={(event) =>
                setHomes({ ...homes, [number]: { ...homeOf(number), name: event.currentTarget.value } })
              }
            />
          )}
        </div>
      ))}
      <div className={styles.actions}>
        <Button size="xs" type="submit" loading={add.isPending}>
          {t('importing.is-ours-yes', { count: numbers.length })}
        </Button>
        <Button size="xs" variant="subtle" onClick={() => desk.leaveOut(item)}>
          {t(isRest ? 'importing.is-ours-no-rows' : 'importing.is-ours-no')}
        </Button>
      </div>
    </form>
  );
}
