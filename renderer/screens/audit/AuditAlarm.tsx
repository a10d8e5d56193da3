import { Button, Group, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { CodeFields } from '#renderer/components/CodeFields.tsx';
import { isWholeCode, NO_GROUPS } from '#renderer/components/code-groups.ts';
import { FormProblem } from '#renderer/components/FormProblem.tsx';
import { tryAsk } from '#renderer/lib/api.ts';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { keyOf, useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { AuditHead } from '#shared/ipc/audit-channels.ts';
import type { Failure } from '#shared/ipc/result.ts';
import styles from './Audit.module.css';

type Alarm = NonNullable<AuditHead['alarm']>;

/** What to do about each alarm. The words of what happened come with it from main. */
const WHAT_TO_DO: Readonly<Record<Alarm['kind'], string>> = {
  'rolled-back': 'audit-screen.do-rolled-back',
  'no-signing-key': 'audit-screen.do-no-signing-key',
  'anchor-missing': 'audit-screen.do-anchor-missing',
};

/** Something is wrong with the log itself: what, what it may mean, and the way out. Nobody can wave it away. */
export function AuditAlarm({ alarm }: { alarm: AuditHead['alarm'] }) {
  const { t, tell } = useText();
  const { permissions } = useAppState();
  const [isAsking, setAsking] = useState(false);
  if (alarm === null) return null;
  return (
    <section className={styles.alarm} role="alert" data-alarm={alarm.kind}>
      <TriangleAlert size={22} aria-hidden />
      <div>
        <h2>{tell(alarm.words)}</h2>
        <p>{t(WHAT_TO_DO[alarm.kind])}</p>
        {permissions.includes('recovery.write') ? (
          <Button size="xs" color="red.9" onClick={() => setAsking(true)}>
            {t('audit-screen.restart')}
          </Button>
        ) : (
          <p>{t('audit-screen.tell-owner')}</p>
        )}
      </div>
      {isAsking && <RestartDialog onClose={() => setAsking(false)} />}
    </section>
  );
}

/** The recovery code starts the signing again, or begins what never was signed. */
export function RestartDialog({ isFirst = false, onClose }: { isFirst?: boolean; onClose: () => void }) {
  const { t } = useText();
  const client = useQueryClient();
  const { say } = useToasts();
  const [groups, setGroups] = useState<readonly string[]>(NO_GROUPS);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isPending, setPending] = useState(false);
  useShortcuts('dialog', []);

  async function restart(event: FormEvent) {
    event.preventDefault();
    setFailure(null);
    setPending(true);
    const answer = await tryAsk('audit:restart', { code: groups.join('-') });
    setPending(false);
    if (!answer.ok) return answer.error.code === 'access/cancelled' ? undefined : setFailure(answer.error);
    client.setQueryData(keyOf('audit:head', {}), answer.value);
    say(t('audit-screen.restarted'));
    onClose();
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(isFirst ? 'audit-screen.begin-title' : 'audit-screen.restart-title')}
      size="lg"
      // Meanwhile the password may be asked for in a dialog above, and Escape is meant for that one.
      closeOnEscape={!isPending}
      closeOnClickOutside={!isPending}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form className={styles.dialog} onSubmit={(event) => void restart(event)}>
        <p>{t(isFirst ? 'audit-screen.begin-what' : 'audit-screen.restart-what')}</p>
        <CodeFields groups={groups} onChange={setGroups} autoFocus />
        <FormProblem failure={failure} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={isPending} disabled={!isWholeCode(groups)}>
            {t(isFirst ? 'audit-screen.begin-now' : 'audit-screen.restart-now')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
