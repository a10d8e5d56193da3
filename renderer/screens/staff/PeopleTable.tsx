import { Fingerprint, KeyRound, MonitorSmartphone, ShieldOff, UserCheck } from 'lucide-react';
import { Link } from 'wouter';
import { paths } from '#renderer/app/routes.ts';
import { Chip } from '#renderer/components/Chip.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { Cents } from '#shared/domain/money.ts';
import type { StaffMember } from '#shared/ipc/access-channels.ts';
import { PersonMenu } from './PersonMenu.tsx';
import styles from './Staff.module.css';
import { listActs, type PersonAct } from './staff-acts.ts';

type Props = {
  label: string;
  people: readonly StaffMember[];
  /** The name under which this window is signed in. */
  self: string;
  canChange: boolean;
  onAct: (act: PersonAct, person: StaffMember) => void;
};

/** People with what protects their login, when they were last here, and what can be done about them. */
export function PeopleTable({ label, people, self, canChange, onAct }: Props) {
  const { t } = useText();
  return (
    <div className={styles.frame}>
      <table className={styles.people} aria-label={label}>
        <thead>
          <tr>
            <th scope="col" className={styles.head}>
              {t('staff.person')}
            </th>
            <th scope="col" className={styles.head}>
              {t('staff.second-factor')}
            </th>
            <th scope="col" className={styles.head}>
              {t('staff.last-seen')}
            </th>
            <th scope="col" className={styles.head}>
              {t('staff.session')}
            </th>
            {canChange && (
              <th scope="col" className={`${styles.head} ${styles.narrow}`}>
                <span className="visually-hidden">{t('staff.acts')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => {
            const isSelf = person.isActive && person.name === self;
            return (
              <tr key={person.id} className={person.isActive ? undefined : styles.gone}>
                <th scope="row" className={styles.cell}>
                  <Identity person={person} isSelf={isSelf} />
                </th>
                <td className={styles.cell}>
                  <SecondFactor person={person} />
                </td>
                <td className={styles.cell}>
                  <LastSeen person={person} />
                </td>
                <td className={styles.cell}>
                  <OpenSession person={person} />
                </td>
                {canChange && (
                  <td className={`${styles.cell} ${styles.last}`}>
                    {isSelf ? (
                      <Link href={paths.account} className={styles.link}>
                        {t('staff.own-login')}
                      </Link>
                    ) : (
                      <PersonMenu
                        person={person}
                        acts={listActs(person, isSelf)}
                        onAct={(act) => onAct(act, person)}
                      />
                    )}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Identity({ person, isSelf }: { person: StaffMember; isSelf: boolean }) {
  const { t, kes } = useText();
  const { capCents, dayCapCents } = person;
  return (
    <div className={styles.identity}>
      <div className={styles.name}>
        <span>{person.name}</span>
        {isSelf && <Chip tone="quiet">{t('staff.you')}</Chip>}
        {!person.isActive && (
          <Chip tone="quiet" icon={ShieldOff}>
            {t('staff.disabled')}
          </Chip>
        )}
        {person.isActive && person.mustChoosePassword && (
          <Chip tone="open" icon={KeyRound}>
            {t('staff.must-choose')}
          </Chip>
        )}
      </div>
      <div className={styles.soft}>{t('staff.role', { role: person.role })}</div>
      {person.isActive && person.isApprover && person.role === 'manager' && (
        <div className={styles.approver}>
          <UserCheck size={14} aria-hidden />
          {t('staff.approves', {
            cap: capCents === null ? '–' : kes(capCents as Cents),
            day: dayCapCents === null ? '–' : kes(dayCapCents as Cents),
          })}
        </div>
      )}
    </div>
  );
}

function SecondFactor({ person }: { person: StaffMember }) {
  const { t } = useText();
  if (person.hasTotp) {
    return (
      <Chip tone="good" icon={Fingerprint}>
        {t('staff.totp-on')}
      </Chip>
    );
  }
  // Whoever may send money back without one is worth a look; for a clerk it is the usual thing.
  return person.isActive && (person.role === 'owner' || person.isApprover) ? (
    <>
      <Chip tone="open" icon={ShieldOff}>
        {t('staff.totp-off')}
      </Chip>
      {person.isApprover && <div className={styles.soft}>{t('staff.approver-without')}</div>}
    </>
  ) : (
    <span className={styles.soft}>{t('staff.totp-off')}</span>
  );
}

function LastSeen({ person }: { person: StaffMember }) {
  const { t, time } = useText();
  if (person.lastSeenAt !== null) return <span>{time(person.lastSeenAt)}</span>;
  return (
    <>
      <div>{t('staff.never')}</div>
      <div className={styles.soft}>{t('staff.added-on', { at: { at: person.createdAt } })}</div>
    </>
  );
}

function OpenSession({ person: { openSession } }: { person: StaffMember }) {
  const { t } = useText();
  if (openSession === null) return <span className={styles.soft}>{t('staff.session-none')}</span>;
  const { startedAt, host } = openSession;
  return (
    <>
      <div className={styles.session}>
        <MonitorSmartphone size={14} aria-hidden />
        {t('staff.session-where', { host })}
      </div>
      <div className={styles.soft}>{t('staff.session-since-at', { at: { at: startedAt } })}</div>
    </>
  );
}
