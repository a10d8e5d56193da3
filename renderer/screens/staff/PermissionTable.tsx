import { Check, Minus } from 'lucide-react';
import { useText } from '#renderer/lib/text.tsx';
import { PERMISSION_TABLE, type Permission, ROLES } from '#shared/domain/access/permissions.ts';
import { PERMISSION_WORDS } from './permission-words.ts';
import styles from './Staff.module.css';

const PERMISSIONS = Object.keys(PERMISSION_TABLE) as Permission[];

/** Who may do what: the very table that decides it, in words. */
export function PermissionTable() {
  const { t } = useText();
  return (
    <section className={styles.section}>
      <h2>{t('staff.rights-title')}</h2>
      <p className={styles.soft}>{t('staff.rights-hint')}</p>
      <div className={styles.frame}>
        <table className={styles.rights} aria-label={t('staff.rights-title')}>
          <thead>
            <tr>
              <th scope="col" className={styles.head}>
                {t('staff.rights-may')}
              </th>
              {ROLES.map((role) => (
                <th key={role} scope="col" className={`${styles.head} ${styles.middle}`}>
                  {t('staff.role', { role })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {PERMISSIONS.map((permission) => (
              <tr key={permission}>
                <th scope="row" className={styles.right}>
                  {t(PERMISSION_WORDS[permission])}
                </th>
                {ROLES.map((role) => (
                  <td key={role} className={`${styles.right} ${styles.middle}`}>
                    <Mark isAllowed={PERMISSION_TABLE[permission].includes(role)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Mark({ isAllowed }: { isAllowed: boolean }) {
  const { t } = useText();
  const Icon = isAllowed ? Check : Minus;
  return (
    <span className={isAllowed ? styles.yes : styles.no}>
      <Icon size={16} aria-hidden />
      <span className="visually-hidden">{t(isAllowed ? 'staff.rights-yes' : 'staff.rights-no')}</span>
    </span>
  );
}
