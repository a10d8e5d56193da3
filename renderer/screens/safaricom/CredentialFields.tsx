import { Checkbox, SegmentedControl, TextInput } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { PasswordField } from '#renderer/components/PasswordField.tsx';
import { useText } from '#renderer/lib/text.tsx';
import { MAX_PASTED } from '#shared/domain/daraja/credential-input.ts';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import type { Message } from '#shared/domain/message.ts';
import { businessDayOf, type UtcMs } from '#shared/domain/time.ts';
import { type CredentialForm, isComplete, problemOf, warningsOf } from './credential-form.ts';
import styles from './Safaricom.module.css';

type Props = {
  kind: CredentialKind;
  form: CredentialForm;
  /** The operator does both jobs: the owner has to say that they know what it means. */
  mustAccept: boolean;
  onChange: (form: CredentialForm) => void;
};

/** The fields of one secret, with what is wrong with it said as soon as it is whole. */
export function CredentialFields({ kind, form, mustAccept, onChange }: Props) {
  const { tell } = useText();
  const problem = isComplete(kind, form) ? problemOf(kind, form) : null;
  const change = (part: Partial<CredentialForm>) => onChange({ ...form, ...part });
  return (
    <>
      {kind === 'app' && <AppFields form={form} change={change} />}
      {kind === 'passkey' && (
        <Secret
          label="safaricom-screen.passkey"
          value={form.passkey}
          isFirst
          onChange={(passkey) => change({ passkey })}
        />
      )}
      {(kind === 'look-up-operator' || kind === 'reversal-operator') && (
        <OperatorFields form={form} mustAccept={mustAccept} change={change} />
      )}
      <div role="status" className={styles.hints}>
        {problem !== null && <p className={styles.warn}>{tell(problem)}</p>}
        {warningsOf(kind, form).map((warning: Message) => (
          <p key={warning.id} className={styles.warn}>
            {tell(warning)}
          </p>
        ))}
      </div>
    </>
  );
}

type PartProps = { form: CredentialForm; change: (part: Partial<CredentialForm>) => void };

function AppFields({ form, change }: PartProps) {
  return (
    <>
      <Secret label="safaricom-screen.key" value={form.key} isFirst onChange={(key) => change({ key })} />
      <Secret label="safaricom-screen.secret" value={form.secret} onChange={(secret) => change({ secret })} />
    </>
  );
}

function OperatorFields({ form, mustAccept, change }: PartProps & { mustAccept: boolean }) {
  const { t } = useText();
  const isPlain = form.form === 'plain';
  return (
    <>
      <TextInput
        label={t('safaricom-screen.operator-name')}
        description={t('safaricom-screen.operator-name-hint')}
        maxLength={100}
        autoComplete="off"
        data-autofocus
        value={form.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <SegmentedControl
        aria-label={t('safaricom-screen.form')}
        value={form.form}
        onChange={(value) => change({ form: value === 'plain' ? 'plain' : 'ready-made' })}
        data={[
          { value: 'plain', label: t('safaricom-screen.form-plain') },
          { value: 'ready-made', label: t('safaricom-screen.form-ready-made') },
        ]}
      />
      {isPlain ? (
        <Secret
          label="safaricom-screen.password"
          value={form.password}
          onChange={(password) => change({ password })}
        />
      ) : (
        <Secret
          label="safaricom-screen.ready-made"
          value={form.securityCredential}
          onChange={(securityCredential) => change({ securityCredential })}
        />
      )}
      <TextInput
        type="date"
        label={t('safaricom-screen.since')}
        description={t('safaricom-screen.since-hint')}
        max={businessDayOf(Date.now() as UtcMs)}
        value={form.since}
        onChange={(event) => change({ since: event.currentTarget.value })}
      />
      {mustAccept && (
        <section className={styles.caution} aria-label={t('safaricom-screen.one-operator')}>
          <TriangleAlert size={16} aria-hidden />
          <div className={styles.form}>
            <p>{t('safaricom-screen.shares-operator')}</p>
            <Checkbox
              label={t('safaricom-screen.accept-one-operator')}
              checked={form.acceptsOneOperator}
              onChange={(event) => change({ acceptsOneOperator: event.currentTarget.checked })}
            />
          </div>
        </section>
      )}
    </>
  );
}

type SecretProps = { label: string; value: string; isFirst?: boolean; onChange: (value: string) => void };

function Secret({ label, value, isFirst = false, onChange }: SecretProps) {
  const { t } = useText();
  return (
    <PasswordField
      label={t(label)}
      autoFocus={isFirst}
      autoComplete="new-password"
      maxLength={MAX_PASTED}
      value={value}
      onChange={onChange}
    />
  );
}
