import { Button, Skeleton } from '@mantine/core';
import { UserRoundPlus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '#renderer/components/EmptyState.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { Keycap } from '#renderer/components/Keycap.tsx';
import { PageHeader } from '#renderer/components/PageHeader.tsx';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAnswer, useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { StaffMember } from '#shared/ipc/access-channels.ts';
import { AddPersonDialog } from './AddPersonDialog.tsx';
import { PeopleTable } from './PeopleTable.tsx';
import { PermissionTable } from './PermissionTable.tsx';
import { PersonDialog } from './PersonDialog.tsx';
import styles from './Staff.module.css';
import { type PersonAct, sortPeople } from './staff-acts.ts';

type Open =
  | { readonly dialog: 'none' | 'add' }
  | { readonly dialog: 'person'; readonly act: PersonAct; readonly person: StaffMember };

/** The people of the shop and what each may do. The owner changes it; the auditor reads it. */
export function StaffScreen() {
  const { t } = useText();
  const { permissions, actor } = useAppState();
  const canChange = permissions.includes('staff.write');
  const staff = useAnswer('staff:list', {});
  const [open, setOpen] = useState<Open>({ dialog: 'none' });
  const close = () => setOpen({ dialog: 'none' });
  const add = () => setOpen({ dialog: 'add' });
  useShortcuts('screen', [{ keys: ['N'], label: 'staff.add-title', isOn: canChange, run: add }]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who only reads has nothing else here to scroll by
    <section className={styles.screen} aria-label={t('nav.staff')} tabIndex={0}>
      <PageHeader
        title={t('nav.staff')}
        sub={t('staff.subtitle')}
        actions={
          canChange && (
            <Button
              size="xs"
              leftSection={<UserRoundPlus size={16} aria-hidden />}
              rightSection={<Keycap stroke="N" />}
              onClick={add}
            >
              {t('staff.add-title')}
            </Button>
          )
        }
      />
      <div className={styles.sections}>
        {staff.error !== null && <ErrorNotice error={staff.error} onRetry={() => void staff.refetch()} />}
        {staff.isPending && <Skeleton height={180} />}
        {staff.data !== undefined && (
          <People
            people={staff.data.people}
            self={actor.name}
            canChange={canChange}
            onAct={(act, person) => setOpen({ dialog: 'person', act, person })}
            onAdd={add}
          />
        )}
        <PermissionTable />
      </div>
      {open.dialog === 'add' && <AddPersonDialog onClose={close} />}
      {open.dialog === 'person' && <PersonDialog act={open.act} person={open.person} onClose={close} />}
    </section>
  );
}

type PeopleProps = {
  people: readonly StaffMember[];
  self: string;
  canChange: boolean;
  onAct: (act: PersonAct, person: StaffMember) => void;
  onAdd: () => void;
};

function People({ people, self, canChange, onAct, onAdd }: PeopleProps) {
  const { t } = useText();
  const { active, disabled } = sortPeople(people);
  const rest = { self, canChange, onAct };
  return (
    <>
      <PeopleTable label={t('staff.people')} people={active} {...rest} />
      {people.length === 1 && canChange && (
        <EmptyState
          icon={UsersRound}
          title={t('staff.alone-title')}
          actions={<Button onClick={onAdd}>{t('staff.add-title')}</Button>}
        >
          {t('staff.alone-text')}
        </EmptyState>
      )}
      {disabled.length > 0 && (
        <section className={styles.section}>
          <h2>{t('staff.disabled-title')}</h2>
          <p className={styles.soft}>{t('staff.disabled-hint')}</p>
          <PeopleTable label={t('staff.disabled-title')} people={disabled} {...rest} />
        </section>
      )}
    </>
  );
}
