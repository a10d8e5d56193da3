import { Checkbox, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ActDialog } from '#renderer/components/ActDialog.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { StaffMember } from '#shared/ipc/access-channels.ts';
import { RoleChoice } from './RoleChoice.tsx';
import styles from './Staff.module.css';
import { StartingPassword } from './StartingPassword.tsx';
import { type PersonAct, readCap } from './staff-acts.ts';
import { useStaffAct } from './use-staff-act.ts';

type Props = { act: PersonAct; person: StaffMember; onClose: () => void };
type PersonProps = Omit<Props, 'act'>;

/** The question that belongs to an entry of a person's menu. */
export function PersonDialog({ act, person, onClose }: Props) {
  const about = { person, onClose };
  if (act === 'set-role') return <RoleDialog {...about} />;
  if (act === 'set-approver') return <ApproverDialog {...about} />;
  if (act === 'reset-password') return <PasswordDialog {...about} />;
  if (act === 'reset-totp') return <TotpDialog {...about} />;
  if (act === 'end-sessions') return <SessionsDialog {...about} />;
  return <ActiveDialog {...about} />;
}

function RoleDialog({ person, onClose }: PersonProps) {
  const { t } = useText();
  const [role, setRole] = useState(person.role);
  const { run, isPending, failure } = useStaffAct('staff:set-role', onClose);
  return (
    <ActDialog
      title={t('staff.set-role-title', { name: person.name })}
      act={t('staff.set-role')}
      isReady={role !== person.role}
      isPending={isPending}
      failure={failure}
      onAct={() => run({ staffId: person.id, role })}
      onClose={onClose}
    >
      <RoleChoice role={role} onChange={setRole} />
      <p>{t('staff.set-role-what')}</p>
    </ActDialog>
  );
}

function ApproverDialog({ person, onClose }: PersonProps) {
  const { t } = useText();
  const [isApprover, setApprover] = useState(person.isApprover);
  const [capText, setCap] = useState(inShillings(person.capCents));
  const [dayCapText, setDayCap] = useState(inShillings(person.dayCapCents));
  const [isRiskSeen, setRiskSeen] = useState(false);
  const { run, isPending, failure } = useStaffAct('staff:set-approver', onClose);
  const capCents = readCap(capText);
  const dayCapCents = readCap(dayCapText);
  const isBelow = capCents !== null && dayCapCents !== null && dayCapCents < capCents;
  const isRisky = isApprover && !person.hasTotp;
  const isRight = !isApprover || (capCents !== null && dayCapCents !== null && !isBelow);
  const isChanged =
    isApprover !== person.isApprover ||
    (isApprover && (capCents !== person.capCents || dayCapCents !== person.dayCapCents));
  return (
    <ActDialog
      title={t('staff.set-approver-title', { name: person.name })}
      act={t('app.save')}
      isReady={isRight && isChanged && (!isRisky || isRiskSeen)}
      isPending={isPending}
      failure={failure}
      onAct={() =>
        run({
          staffId: person.id,
          isApprover,
          capCents: isApprover ? capCents : null,
          dayCapCents: isApprover ? dayCapCents : null,
          refusesTotp: isRisky && isRiskSeen,
        })
      }
      onClose={onClose}
    >
      <p>{t('staff.set-approver-what')}</p>
      <Switch
        label={t('staff.set-approver-switch')}
        checked={isApprover}
        onChange={(event) => setApprover(event.currentTarget.checked)}
      />
      {isApprover && (
        <div className={styles.caps}>
          <TextInput
            label={t('staff.cap')}
            inputMode="numeric"
            maxLength={12}
            value={capText}
            error={capText !== '' && capCents === null ? t('staff.cap-wrong') : null}
            onChange={(event) => setCap(event.currentTarget.value)}
          />
          <TextInput
            label={t('staff.day-cap')}
            inputMode="numeric"
            maxLength={12}
            value={dayCapText}
            error={
              dayCapText !== '' && dayCapCents === null
                ? t('staff.cap-wrong')
                : isBelow
                  ? t('staff.day-cap-below')
                  : null
            }
            onChange={(event) => setDayCap(event.currentTarget.value)}
          />
        </div>
      )}
      {isRisky && (
        <section className={styles.risk} aria-label={t('staff.second-factor')}>
          <p>{t('staff.approver-risk', { name: person.name })}</p>
          <Checkbox
            label={t('staff.approver-risk-seen')}
            checked={isRiskSeen}
            onChange={(event) => setRiskSeen(event.currentTarget.checked)}
          />
        </section>
      )}
    </ActDialog>
  );
}

function inShillings(capCents: number | null): string {
  return capCents === null ? '' : String(capCents / 100);
}

function PasswordDialog({ person, onClose }: PersonProps) {
  const { t } = useText();
  const [starting, setStarting] = useState<string | null>(null);
  const { run, isPending, failure } = useStaffAct('staff:reset-password', (answer) =>
    setStarting(answer.startingPassword),
  );
  if (starting !== null) return <StartingPassword name={person.name} password={starting} onClose={onClose} />;
  return (
    <ActDialog
      title={t('staff.reset-password-title', { name: person.name })}
      act={t('staff.reset-password')}
      isPending={isPending}
      failure={failure}
      onAct={() => run({ staffId: person.id })}
      onClose={onClose}
    >
      <p>{t('staff.reset-password-what', { name: person.name })}</p>
    </ActDialog>
  );
}

function TotpDialog({ person, onClose }: PersonProps) {
  const { t } = useText();
  const { run, isPending, failure } = useStaffAct('staff:reset-totp', onClose);
  return (
    <ActDialog
      title={t('staff.reset-totp-title', { name: person.name })}
      act={t('staff.reset-totp')}
      isGrave
      isPending={isPending}
      failure={failure}
      onAct={() => run({ staffId: person.id })}
      onClose={onClose}
    >
      <p>{t('staff.reset-totp-what', { name: person.name })}</p>
    </ActDialog>
  );
}

function SessionsDialog({ person, onClose }: PersonProps) {
  const { t } = useText();
  const { run, isPending, failure } = useStaffAct('staff:end-sessions', onClose);
  return (
    <ActDialog
      title={t('staff.end-sessions-title', { name: person.name })}
      act={t('staff.end-sessions')}
      isPending={isPending}
      failure={failure}
      onAct={() => run({ staffId: person.id })}
      onClose={onClose}
    >
      <p>{t('staff.end-sessions-what', { name: person.name })}</p>
    </ActDialog>
  );
}

function ActiveDialog({ person, onClose }: PersonProps) {
  const { t } = useText();
  const { run, isPending, failure } = useStaffAct('staff:set-active', onClose);
  const { isActive, name } = person;
  return (
    <ActDialog
      title={isActive ? t('staff.disable-title', { name }) : t('staff.enable-title', { name })}
      act={t(isActive ? 'staff.disable' : 'staff.enable')}
      isGrave={isActive}
      isPending={isPending}
      failure={failure}
      onAct={() => run({ staffId: person.id, isActive: !isActive })}
      onClose={onClose}
    >
      <p>{t(isActive ? 'staff.disable-what' : 'staff.enable-what', { name })}</p>
    </ActDialog>
  );
}
