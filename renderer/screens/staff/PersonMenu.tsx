import { ActionIcon, Menu } from '@mantine/core';
import {
  Ellipsis,
  Fingerprint,
  KeyRound,
  LogOut,
  type LucideIcon,
  ShieldOff,
  UserCheck,
  UserCog,
  UserRoundCheck,
} from 'lucide-react';
import { useText } from '#renderer/lib/text.tsx';
import type { StaffMember } from '#shared/ipc/access-channels.ts';
import type { PersonAct } from './staff-acts.ts';

const ENTRIES: Readonly<Record<PersonAct, { words: string; icon: LucideIcon }>> = {
  'set-role': { words: 'staff.act-set-role', icon: UserCog },
  'set-approver': { words: 'staff.act-set-approver', icon: UserCheck },
  'reset-password': { words: 'staff.act-reset-password', icon: KeyRound },
  'reset-totp': { words: 'staff.act-reset-totp', icon: Fingerprint },
  'end-sessions': { words: 'staff.act-end-sessions', icon: LogOut },
  disable: { words: 'staff.act-disable', icon: ShieldOff },
  enable: { words: 'staff.act-enable', icon: UserRoundCheck },
};

type Props = { person: StaffMember; acts: readonly PersonAct[]; onAct: (act: PersonAct) => void };

/** What can be done about one person. Each entry asks first, in a sentence, what it is about to do. */
export function PersonMenu({ person, acts, onAct }: Props) {
  const { t } = useText();
  return (
    <Menu position="bottom-end" shadow="md" width={260}>
      <Menu.Target>
        <ActionIcon variant="default" size={32} aria-label={t('staff.acts-for', { name: person.name })}>
          <Ellipsis size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map((act) => {
          const { words, icon: Icon } = ENTRIES[act];
          return (
            <Menu.Item key={act} leftSection={<Icon size={16} aria-hidden />} onClick={() => onAct(act)}>
              {t(words)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
