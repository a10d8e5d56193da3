import { Button, NativeSelect, Radio, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { FormProblem } from '#renderer/components/FormProblem.tsx';
import { tryAsk } from '#renderer/lib/api.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { SetupDraft } from '#shared/ipc/access-channels.ts';
import type { Failure } from '#shared/ipc/result.ts';
import type { Language } from '#shared/text/render.ts';
import styles from '../access/Form.module.css';
import { listStartTimes, readTimeOfDay, writeTimeOfDay } from '../settings/day-start.ts';
import { findShopProblems, isShopReady, openShopForm, readTills } from './shop-form.ts';
import { TillRows } from './TillRows.tsx';
import wizard from './Wizard.module.css';

type Props = { draft: SetupDraft; language: Language; onSaved: (draft: SetupDraft) => void };

const SOURCES: readonly SetupDraft['statementsFrom'][] = ['portal', 'email', 'both', 'unknown'];

/** The ways that can be shown step by step. */
const PATHS: Readonly<Record<SetupDraft['statementsFrom'], readonly ('portal' | 'email')[]>> = {
  portal: ['portal'],
  email: ['email'],
  both: ['portal', 'email'],
  unknown: [],
};

/** The shop: its name, its numbers, its day, and where its statements come from. */
export function ShopStep({ draft, language, onSaved }: Props) {
  const { t } = useText();
  const [form, setForm] = useState(() => openShopForm(draft));
  const [isChecked, setChecked] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const page = useRef<HTMLFormElement>(null);
  const found = findShopProblems(form);
  const problems = isChecked ? found : null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    setFailure(null);
    if (!isShopReady(found)) {
      // The fields know what is wrong with them once they are drawn again.
      requestAnimationFrame(() => page.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
      return;
    }
    setBusy(true);
    const answer = await tryAsk('setup:save-shop', {
      language,
      shopName: form.shopName.trim(),
      tills: readTills(form),
      dayStartMinutes: form.dayStartMinutes,
      statementsFrom: form.statementsFrom,
    });
    setBusy(false);
    if (answer.ok) onSaved(answer.value);
    else setFailure(answer.error);
  }

  return (
    <form ref={page} className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <div className={styles.head}>
        <h1>{t('wizard.shop-title')}</h1>
        <p className={styles.soft}>{t('wizard.shop-why')}</p>
      </div>
      <TextInput
        label={t('settings.shop-name')}
        autoFocus
        maxLength={80}
        value={form.shopName}
        error={problems?.shopName === undefined ? null : t(problems.shopName)}
        onChange={(event) => setForm({ ...form, shopName: event.currentTarget.value })}
      />
      <TillRows form={form} problems={problems} onChange={setForm} />
      <NativeSelect
        label={t('wizard.day-start')}
        description={t('wizard.day-start-hint')}
        data={listStartTimes(form.dayStartMinutes)}
        value={writeTimeOfDay(form.dayStartMinutes)}
        onChange={(event) => {
          const minutes = readTimeOfDay(event.currentTarget.value);
          if (minutes !== null) setForm({ ...form, dayStartMinutes: minutes });
        }}
      />
      <div>
        <Radio.Group
          label={t('wizard.from')}
          value={form.statementsFrom}
          onChange={(value) => {
            const source = SOURCES.find((name) => name === value);
            if (source !== undefined) setForm({ ...form, statementsFrom: source });
          }}
        >
          <div className={wizard.choices}>
            {SOURCES.map((source) => (
              <Radio key={source} value={source} label={t(`wizard.from-${source}`)} />
            ))}
          </div>
        </Radio.Group>
        {PATHS[form.statementsFrom].map((path) => (
          <div key={path} className={wizard.path}>
            <strong>{t(`wizard.from-${path}`)}</strong>
            <ol>
              {[1, 2, 3].map((number) => (
                <li key={number}>{t(`wizard.path-${path}-${number}`)}</li>
              ))}
            </ol>
          </div>
        ))}
      </div>
      <FormProblem failure={failure} />
      <div className={styles.actions}>
        <Button type="submit" loading={isBusy}>
          {t('wizard.next')}
        </Button>
      </div>
    </form>
  );
}
