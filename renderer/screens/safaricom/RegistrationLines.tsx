import { Button } from '@mantine/core';
import { BellRing, Check, CircleAlert, CircleDashed, Download, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Chip } from '#renderer/components/Chip.tsx';
import { useText } from '#renderer/lib/text.tsx';
import { businessDayOf } from '#shared/domain/time.ts';
import type { Output } from '#shared/ipc/contract.ts';
import type { RegistrationView } from '#shared/ipc/credential-channels.ts';
import { choice } from './choice.ts';
import { NoticesDialog } from './NoticesDialog.tsx';
import { PullDialog } from './PullDialog.tsx';
import styles from './Safaricom.module.css';

type Kind = RegistrationView['kind'];
type Props = {
  shortCode: string;
  environment: Output<'credential:list'>['environment'];
  list: Output<'registration:list'>;
  canChange: boolean;
};

const KINDS = ['pull', 'c2b'] as const satisfies readonly Kind[];
const ICONS = { pull: Download, c2b: BellRing } as const;
const SIGNS = { registered: Check, elsewhere: TriangleAlert, unknown: CircleAlert } as const;
const TONES = { registered: 'good', elsewhere: 'open', unknown: 'open' } as const;

/** What Safaricom was told once for a number: that it may be asked for payments, and where to send news of them. */
export function RegistrationLines({ shortCode, environment, list, canChange }: Props) {
  const { t, day } = useText();
  const [open, setOpen] = useState<Kind | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <h3 className={styles.part}>{t('safaricom-screen.registrations')}</h3>
      <ul className={styles.lines}>
        {KINDS.map((kind) => {
          const found = list.registrations.find((row) => row.shortCode === shortCode && row.kind === kind);
          const Icon = ICONS[kind];
          return (
            <li key={kind} className={styles.line}>
              <Icon size={18} className={styles.lineIcon ?? ''} aria-hidden />
              <div className={styles.lineWords}>
                <div className={styles.lineName}>
                  <h4>{t('safaricom-screen.registration', { kind: choice(kind) })}</h4>
                  <Chip
                    tone={found === undefined ? 'quiet' : TONES[found.state]}
                    icon={found === undefined ? CircleDashed : SIGNS[found.state]}
                  >
                    {t('safaricom-screen.registered', { state: found?.state ?? 'none' })}
                  </Chip>
                </div>
                <p className={styles.soft}>
                  {t('safaricom-screen.registration-what', { kind: choice(kind) })}
                </p>
                {found !== undefined && (
                  <p className={styles.facts}>
                    <span>
                      {t('safaricom-screen.registration-facts', {
                        kind: choice(kind),
                        details: found.details,
                        day: day(businessDayOf(found.at)),
                        name: found.by,
                      })}
                    </span>
                  </p>
                )}
                {found?.state === 'elsewhere' && (
                  <p className={styles.warn}>{t('safaricom-screen.elsewhere-text')}</p>
                )}
              </div>
              {canChange && (
                <Button
                  size="xs"
                  variant="default"
                  className={styles.lineAct ?? ''}
                  aria-label={t('safaricom-screen.register-named', {
                    kind: choice(kind),
                    isAgain: found === undefined ? 'no' : 'yes',
                  })}
                  onClick={() => setOpen(kind)}
                >
                  {t(found === undefined ? 'safaricom-screen.register' : 'safaricom-screen.register-again')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {open === 'pull' && <PullDialog shortCode={shortCode} relay={list.relay} onClose={close} />}
      {open === 'c2b' && (
        <NoticesDialog shortCode={shortCode} environment={environment} relay={list.relay} onClose={close} />
      )}
    </>
  );
}
