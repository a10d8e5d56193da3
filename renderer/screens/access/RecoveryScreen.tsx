import { Button } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { CodeFields, type CodeFieldsHandle } from '#renderer/components/CodeFields.tsx';
import { isWholeCode, NO_GROUPS } from '#renderer/components/code-groups.ts';
import { FormProblem } from '#renderer/components/FormProblem.tsx';
import { SendButton } from '#renderer/components/SendButton.tsx';
import { tryAsk } from '#renderer/lib/api.ts';
import { useText } from '#renderer/lib/text.tsx';
import { useWait } from '#renderer/lib/wait.ts';
import type { Failure } from '#shared/ipc/result.ts';
import styles from './Form.module.css';

type Props = { onDone: () => void; onBack: () => void };

/** The key of the books is gone from this computer: the recovery code opens them and puts it back. */
export function RecoveryScreen({ onDone, onBack }: Props) {
  const { t, tell } = useText();
  const [groups, setGroups] = useState<readonly string[]>(NO_GROUPS);
  const [isMissing, setMissing] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const fields = useRef<CodeFieldsHandle>(null);
  const { secondsLeft, waitAfter } = useWait();
  const isWrong = failure?.code === 'recovery/wrong-code';

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isBusy || secondsLeft > 0) return;
    setMissing(!isWholeCode(groups));
    setFailure(null);
    if (!isWholeCode(groups)) return fields.current?.focus();
    setBusy(true);
    const answer = await tryAsk('recovery:open', { code: groups.join('-') });
    setBusy(false);
    if (answer.ok) return onDone();
    setFailure(answer.error);
    waitAfter(answer.error);
    fields.current?.focus();
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <div className={styles.head}>
        <h1>{t('rescue.title')}</h1>
        <p className={styles.soft}>{t('rescue.why')}</p>
      </div>
      <CodeFields
        ref={fields}
        autoFocus
        groups={groups}
        onChange={setGroups}
        error={
          isWrong
            ? tell(failure.message)
            : isMissing && !isWholeCode(groups)
              ? t('rescue.code-missing')
              : null
        }
      />
      <p className={styles.fine}>{t('rescue.safe')}</p>
      <FormProblem failure={isWrong ? null : failure} />
      <div className={styles.actions}>
        <SendButton secondsLeft={secondsLeft} isBusy={isBusy}>
          {t('rescue.open')}
        </SendButton>
        <Button variant="default" onClick={onBack}>
          {t('wizard.back')}
        </Button>
      </div>
    </form>
  );
}
