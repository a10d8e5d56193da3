import { Button } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { FormProblem } from '#renderer/components/FormProblem.tsx';
import { NewPassword } from '#renderer/components/NewPassword.tsx';
import { findDraftProblem, NO_PASSWORD } from '#renderer/components/new-password.ts';
import { RequestFailure, tryAsk } from '#renderer/lib/api.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { AccessState } from '#shared/ipc/access-channels.ts';
import type { Failure } from '#shared/ipc/result.ts';
import styles from './Form.module.css';

type Props = { person: NonNullable<AccessState['person']>; onDone: () => void };

/** A starting password, or one too short to stand alone, opens nothing: its owner chooses another, seen by nobody else. */
export function ChoosePassword({ person, onDone }: Props) {
  const { t } = useText();
  const { failed } = useToasts();
  const [draft, setDraft] = useState(NO_PASSWORD);
  const [problem, setProblem] = useState<ReturnType<typeof findDraftProblem>>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found = findDraftProblem(draft);
    setProblem(found);
    setFailure(null);
    if (found !== null) return field.current?.focus();
    setBusy(true);
    const answer = await tryAsk('access:choose-password', { password: draft.password });
    setBusy(false);
    if (answer.ok) return onDone();
    setFailure(answer.error);
    field.current?.focus();
  }

  async function signOut() {
    const answer = await tryAsk('access:sign-out', {});
    if (answer.ok) onDone();
    else failed(new RequestFailure(answer.error));
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <div className={styles.head}>
        <h1>{t('newpass.title', { name: person.name })}</h1>
        <p className={styles.soft}>{t(person.mustLengthen ? 'newpass.why-short' : 'newpass.why')}</p>
      </div>
      <NewPassword
        ref={field}
        autoFocus
        draft={draft}
        onChange={setDraft}
        name={person.name}
        hasTotp={person.hasTotp}
        problem={problem}
      />
      <FormProblem failure={failure} />
      <div className={`${styles.actions} ${styles.spread}`}>
        <Button type="submit" loading={isBusy}>
          {t('newpass.save')}
        </Button>
        <Button variant="subtle" size="xs" onClick={() => void signOut()}>
          {t('access.sign-out')}
        </Button>
      </div>
    </form>
  );
}
