import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { ActDialog } from '#renderer/components/ActDialog.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { Role } from '#shared/domain/access/permissions.ts';
import { RoleChoice } from './RoleChoice.tsx';
import { StartingPassword } from './StartingPassword.tsx';
import { useStaffAct } from './use-staff-act.ts';

/** A new person: a name, a role, and the password with which they come in the first time. */
export function AddPersonDialog({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('clerk');
  const [starting, setStarting] = useState<string | null>(null);
  const { run, isPending, failure } = useStaffAct('staff:add', (answer) =>
    setStarting(answer.startingPassword),
  );
  if (starting !== null) return <StartingPassword name={name.trim()} password={starting} onClose={onClose} />;
  return (
    <ActDialog
      title={t('staff.add-title')}
      act={t('staff.add')}
      isReady={name.trim() !== ''}
      isPending={isPending}
      failure={failure}
      onAct={() => run({ name: name.trim(), role })}
      onClose={onClose}
    >
      <TextInput
        label={t('staff.name')}
        description={t('staff.name-hint')}
        maxLength={80}
        data-autofocus
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <RoleChoice role={role} onChange={setRole} />
    </ActDialog>
  );
}
