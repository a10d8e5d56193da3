import { Radio } from '@mantine/core';
import { useText } from '#renderer/lib/text.tsx';
import { ROLES, type Role } from '#shared/domain/access/permissions.ts';
import { ROLE_SENTENCES } from './permission-words.ts';
import styles from './Staff.module.css';

type Props = { role: Role; onChange: (role: Role) => void };

/** The four roles, each with what it is for. */
export function RoleChoice({ role, onChange }: Props) {
  const { t } = useText();
  return (
    <Radio.Group
      label={t('staff.role-label')}
      value={role}
      onChange={(value) => onChange(ROLES.find((one) => one === value) ?? role)}
    >
      <div className={styles.roles}>
        {ROLES.map((one) => (
          <Radio
            key={one}
            value={one}
            label={t('staff.role', { role: one })}
            description={t(ROLE_SENTENCES[one])}
          />
        ))}
      </div>
    </Radio.Group>
  );
}
