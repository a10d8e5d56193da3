import { Button, FileInput, Group, NativeSelect, Skeleton, Textarea, TextInput } from '@mantine/core';
import { Paperclip } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import { toDecimal } from '#shared/domain/money.ts';
import type { Output } from '#shared/ipc/contract.ts';
import type { PaymentToSendBack } from './RequestDialog.tsx';
import styles from './Reversals.module.css';
import { type Draft, methodsFor, readDraft } from './request-draft.ts';
import { METHOD_WORDS, REASON_WORDS, type Reversal } from './reversal-words.ts';
import { useRequest } from './use-request.ts';

type Props = { payment: PaymentToSendBack; onClose: () => void };

/** Why, how and how much; refused at once, with the reason, where it cannot be. */
export function RequestForm({ payment, onClose }: Props) {
  const [draft, setDraft] = useState<Draft>({
    method: 'daraja',
    reason: 'goods-returned',
    note: '',
    amount: toDecimal(payment.amountCents),
    file: null,
  });
  const check = useAnswer('reversal:check', { paymentId: payment.id, method: draft.method });
  if (check.error !== null) return <ErrorNotice error={check.error} onRetry={() => void check.refetch()} />;
  if (check.data === undefined) return <Skeleton height={240} />;
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  return <Fields payment={payment} check={check.data} draft={draft} onChange={change} onClose={onClose} />;
}

type FieldProps = Props & {
  check: Output<'reversal:check'>;
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
};

function Fields({ payment, check, draft, onChange, onClose }: FieldProps) {
  const { t, tell, kes } = useText();
  const { problems, mayBePart, byHand } = check;
  const request = useRequest(payment, onClose);
  const firstField = useRef<HTMLSelectElement>(null);
  // The dialog took the focus while there was no field yet.
  useEffect(() => firstField.current?.focus(), []);
  const read = readDraft(draft, payment, mayBePart);
  const canSend = problems.length === 0 && read.ok;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (canSend && read.ok) request.mutate({ ...read.value, file: draft.file });
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.standing}>
        {payment.receipt} · {kes(payment.amountCents)}
      </p>
      <NativeSelect
        ref={firstField}
        label={t('reversals.fact-how')}
        value={draft.method}
        data={methodsFor(byHand).map((value) => ({ value, label: t(METHOD_WORDS[value]) }))}
        onChange={(event) => onChange({ method: event.currentTarget.value as Reversal['method'] })}
      />
      {problems.length > 0 && (
        <section className={`${styles.notes} ${styles.problem}`} role="alert">
          <ul>
            {problems.map((problem) => (
              <li key={JSON.stringify(problem)}>{tell(problem)}</li>
            ))}
          </ul>
        </section>
      )}
      <NativeSelect
        label={t('reversals.fact-why')}
        value={draft.reason}
        data={Object.entries(REASON_WORDS).map(([value, word]) => ({ value, label: t(word) }))}
        onChange={(event) => onChange({ reason: event.currentTarget.value as Reversal['reason'] })}
      />
      <Textarea
        label={t('reversals.note')}
        description={t('reversals.note-hint')}
        maxLength={300}
        autosize
        minRows={2}
        value={draft.note}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
      {mayBePart && (
        <TextInput
          label={t('reversals.amount')}
          description={t('reversals.amount-hint')}
          inputMode="decimal"
          value={draft.amount}
          onChange={(event) => onChange({ amount: event.currentTarget.value })}
          error={read.ok ? null : t('reversals.amount-wrong', { most: { money: payment.amountCents } })}
        />
      )}
      <FileInput
        label={t('reversals.attach')}
        description={t('reversals.attach-hint')}
        placeholder={t('reversals.attach-choose')}
        accept="image/jpeg,image/png,application/pdf"
        clearable
        leftSection={<Paperclip size={16} aria-hidden />}
        value={draft.file}
        onChange={(file) => onChange({ file })}
      />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" disabled={!canSend} loading={request.isPending}>
          {t('reversals.request')}
        </Button>
      </Group>
    </form>
  );
}
