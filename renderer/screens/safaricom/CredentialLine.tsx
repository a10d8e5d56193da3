import { Button, Menu } from '@mantine/core';
import { Ellipsis, KeyRound, type LucideIcon, RotateCw, ScanSearch, Smartphone, Undo2 } from 'lucide-react';
import { Chip } from '#renderer/components/Chip.tsx';
import { useText } from '#renderer/lib/text.tsx';
import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import type { CredentialView, ShortCodeView } from '#shared/ipc/credential-channels.ts';
import { choice } from './choice.ts';
import { type CredentialAct, listActs } from './credential-acts.ts';
import { DueLine } from './DueLine.tsx';
import styles from './Safaricom.module.css';
import { Sealing } from './Sealing.tsx';
import { standingOf } from './standing.ts';

const ICONS: Readonly<Record<CredentialKind, LucideIcon>> = {
  app: KeyRound,
  'look-up-operator': ScanSearch,
  'reversal-operator': Undo2,
  passkey: Smartphone,
};

type Props = {
  kind: CredentialKind;
  view: CredentialView | null;
  code: ShortCodeView;
  canChange: boolean;
  onAct: (act: CredentialAct) => void;
};

/** One secret: what it is for, how it stands, and what can be done. Never the secret. */
export function CredentialLine({ kind, view, code, canChange, onAct }: Props) {
  const { t, tell } = useText();
  const Icon = ICONS[kind];
  const standing = standingOf(view);
  const name = t('safaricom-screen.kind', { kind: choice(kind) });
  return (
    <li className={styles.line}>
      <Icon size={18} className={styles.lineIcon ?? ''} aria-hidden />
      <div className={styles.lineWords}>
        <div className={styles.lineName}>
          <h3>{name}</h3>
          <Chip tone={standing.tone} icon={standing.icon}>
            {t('safaricom-screen.standing', { standing: choice(standing.word) })}
          </Chip>
        </div>
        <p className={styles.soft}>{t('safaricom-screen.what-for', { kind: choice(kind) })}</p>
        {view !== null && <DueLine view={view} />}
        {view?.kept === 'no' && (
          <p className={styles.bad}>{t('safaricom-screen.lost-text', { kind: choice(kind) })}</p>
        )}
        {view?.state === 'refused' && (
          <div className={styles.trouble}>
            {view.why !== null && <p>{tell(view.why)}</p>}
            <p>{t('safaricom-screen.refused-text')}</p>
            {view.sharedWith.length > 0 && (
              <p>
                {t('safaricom-screen.refused-shared', {
                  kind: choice(kind),
                  codes: view.sharedWith.join(', '),
                })}
              </p>
            )}
            {canChange && (
              <Button
                size="xs"
                variant="default"
                leftSection={<RotateCw size={14} aria-hidden />}
                onClick={() => onAct('retry')}
              >
                {t('safaricom-screen.act', { act: 'retry' })}
              </Button>
            )}
          </div>
        )}
        {kind === 'reversal-operator' && <Sealing code={code} isSet={view !== null} />}
      </div>
      {canChange && <Acts name={name} kind={kind} view={view} onAct={onAct} />}
    </li>
  );
}

type ActsProps = Pick<Props, 'kind' | 'view' | 'onAct'> & { name: string };

function Acts({ name, kind, view, onAct }: ActsProps) {
  const { t } = useText();
  if (view === null) {
    return (
      <Button
        size="xs"
        variant="default"
        className={styles.lineAct ?? ''}
        aria-label={t('safaricom-screen.set-named', { name })}
        onClick={() => onAct('set')}
      >
        {t('safaricom-screen.act', { act: 'first' })}
      </Button>
    );
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          className={styles.lineAct ?? ''}
          aria-label={t('safaricom-screen.acts-named', { name })}
          rightSection={<Ellipsis size={14} aria-hidden />}
        >
          {t('safaricom-screen.change')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {listActs(kind, view).map((act) => (
          <Menu.Item key={act} onClick={() => onAct(act)} {...(act === 'remove' ? { color: 'red' } : {})}>
            {t('safaricom-screen.act', { act })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
