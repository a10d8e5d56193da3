import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { CodeFields, type CodeFieldsHandle } from '#renderer/components/CodeFields.tsx';
import { isWholeCode, NO_GROUPS } from '#renderer/components/code-groups.ts';
import { FormProblem } from '#renderer/components/FormProblem.tsx';
import { NewPassword } from '#renderer/components/NewPassword.tsx';
import { findDraftProblem, NO_PASSWORD } from '#renderer/components/new-password.ts';
import { SendButton } from '#renderer/components/SendButton.tsx';
import { tryAsk } from '#renderer/lib/api.ts';
import { useText } from '#renderer/lib/text.tsx';
import { useWait } from '#renderer/lib/wait.ts';
import type { Failure } from '#shared/ipc/result.ts';
import styles from './Form.module.css';

type Problem = ReturnType<typeof findDraftProblem> | 'rescue.code-missing' | 'rescue.name-missing';

/** The owner has forgotten the password: the recovery code sets another. */
export function ResetOwner({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const { t, tell } = useText();
  const [groups, setGroups] = useState<readonly string[]>(NO_GROUPS);
  const [name, setName] = useState('');
  const [draft, setDraft] = useState(NO_PASSWORD);
  const [problem, setProblem] = useState<Problem>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { secondsLeft, waitAfter } = useWait();
  const codeFields = useRef<CodeFieldsHandle>(null);
  const nameField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const isCodeWrong = failure?.code === 'recovery/wrong-code';

  function findProblem(): Problem {
    if (!isWholeCode(groups)) return 'rescue.code-missing';
    if (name.trim() === '') return 'rescue.name-missing';
    return findDraftProblem(draft);
  }

  function goTo(where: Problem) {
    if (where === 'rescue.code-missing') codeFields.current?.focus();
    else if (where === 'rescue.name-missing') nameField.current?.focus();
    else passwordField.current?.focus();
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isBusy || secondsLeft > 0) return;
    const found = findProblem();
    setProblem(found);
    setFailure(null);
    if (found !== null) return goTo(found);
    setBusy(true);
    const input = { code: groups.join('-'), name: name.trim(), password: draft.password };
    const answer = await tryAsk('recovery:reset-owner', input);
    setBusy(false);
    if (answer.ok) return onDone();
    setFailure(answer.error);
    waitAfter(answer.error);
    goTo(answer.error.code === 'access/weak-password' ? null : 'rescue.code-missing');
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <div className={styles.head}>
        <h1>{t('rescue.reset-title')}</h1>
        <p className={styles.soft}>{t('rescue.reset-why')}</p>
      </div>
      <CodeFields
        ref={codeFields}
        autoFocus
        groups={groups}
        onChange={setGroups}
        error={
          isCodeWrong
            ? tell(failure.message)
            : problem === 'rescue.code-missing' && !isWholeCode(groups)
              ? t('rescue.code-missing')
              : null
        }
      />
      <TextInput
        ref={nameField}
        label={t('rescue.owner-name')}
        autoComplete="username"
        maxLength={80}
        value={name}
        error={problem === 'rescue.name-missing' && name.trim() === '' ? t('rescue.name-missing') : null}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NewPassword
        ref={passwordField}
        draft={draft}
        onChange={setDraft}
        name={name}
        hasTotp={false}
        problem={problem === 'newpass.empty' || problem === 'newpass.differs' ? problem : null}
      />
      <p className={styles.fine}>{t('rescue.reset-after')}</p>
      <FormProblem failure={isCodeWrong ? null : failure} />
      <div className={styles.actions}>
        <SendButton secondsLeft={secondsLeft} isBusy={isBusy}>
          {t('newpass.save')}
        </SendButton>
        <Button variant="default" onClick={onBack}>
          {t('wizard.back')}
        </Button>
      </div>
    </form>
  );
}
