import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { useText } from '#renderer/lib/text.tsx';
import styles from './Doctor.module.css';
import type { Doctor } from './use-doctor.ts';

function focusOnce(input: HTMLInputElement | null): void {
  input?.focus();
}

/** The receipt on which the numbers of a till are tried. */
export function TryReceipt({ shortCode, doctor }: { shortCode: string; doctor: Doctor }) {
  const { t } = useText();
  const [receipt, setReceipt] = useState('');
  const id = useId();
  const isBusy = doctor.job !== null || doctor.isStarting;

  function submit(event: FormEvent) {
    event.preventDefault();
    doctor.ask({ shortCode, receipt: receipt.trim() });
  }

  return (
    <form className={styles.tryReceipt} onSubmit={submit}>
      <label htmlFor={id}>{t('doctor.receipt')}</label>
      <TextInput
        id={id}
        size="xs"
        maxLength={20}
        autoComplete="off"
        spellCheck={false}
        value={receipt}
        ref={focusOnce}
        onChange={(event) => setReceipt(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" disabled={isBusy || receipt.trim() === ''}>
        {t('doctor.try-numbers')}
      </Button>
    </form>
  );
}
