import { Button, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { ask } from '#renderer/lib/api.ts';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { Input } from '#shared/ipc/contract.ts';
import styles from './SettingsScreen.module.css';

const NEW_TILL = 'new';

/** Which numbers are ours. One till may have a till, a store and a head-office number. */
export function TillSettings({ canChange }: { canChange: boolean }) {
  const { t } = useText();
  const { tills } = useAppState();
  return (
    <section className={styles.card}>
      <h2>{t('settings.tills')}</h2>
      <p className={styles.hint}>{t('settings.tills-hint')}</p>
      {tills.length > 0 && (
        <ul className={styles.tills}>
          {tills.map((till) => (
            <li key={till.id}>
              <strong>{till.name}</strong>
              <span>{till.numbers.join(' · ')}</span>
            </li>
          ))}
        </ul>
      )}
      {canChange && <AddNumber key={tills.flatMap((till) => till.numbers).join()} />}
    </section>
  );
}

function AddNumber() {
  const { t } = useText();
  const { tills } = useAppState();
  const { say, failed } = useToasts();
  const [number, setNumber] = useState('');
  const [belongsTo, setBelongsTo] = useState(NEW_TILL);
  const [name, setName] = useState('');
  const owner = tills.find((till) => String(till.id) === belongsTo);
  const known = tills.find((till) => till.numbers.includes(number));
  const isNumber = /^\d{4,9}$/.test(number);
  const { mutate, isPending } = useMutation({
    mutationFn: (input: Input<'tills:add'>) => ask('tills:add', input),
    onSuccess: () => say(t('settings.number-added', { number })),
    onError: failed,
  });

  function add(event: FormEvent) {
    event.preventDefault();
    mutate({ number, name: owner?.name ?? name.trim(), tillId: owner?.id ?? null });
  }

  return (
    <form className={styles.form} onSubmit={add}>
      <TextInput
        label={t('settings.number')}
        inputMode="numeric"
        maxLength={9}
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value.replace(/\D/g, ''))}
        error={known === undefined ? null : t('settings.number-known', { till: known.name })}
      />
      {tills.length > 0 && (
        <Select
          label={t('settings.number-belongs-to')}
          allowDeselect={false}
          value={belongsTo}
          onChange={(value) => setBelongsTo(value ?? NEW_TILL)}
          data={[
            { value: NEW_TILL, label: t('settings.new-till') },
            ...tills.map((till) => ({ value: String(till.id), label: till.name })),
          ]}
        />
      )}
      {owner === undefined && (
        <TextInput
          label={t('settings.till-name')}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <Button
        type="submit"
        loading={isPending}
        disabled={!isNumber || known !== undefined || (owner === undefined && name.trim() === '')}
      >
        {t('settings.add-number')}
      </Button>
    </form>
  );
}
