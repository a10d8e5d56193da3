import { ActionIcon, Button, CopyButton, Skeleton, Tooltip } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { AuditHead } from '#shared/ipc/audit-channels.ts';
import styles from './Audit.module.css';
import { RestartDialog } from './AuditAlarm.tsx';

type Props = { head: AuditHead | undefined; error: unknown; onRetry: () => void };

/** What the log comes to now, to write down and compare later; and, folded, what it can and cannot show. */
export function AuditHeadBox({ head, error, onRetry }: Props) {
  const { t, count } = useText();
  if (head === undefined)
    return error === null ? (
      <Skeleton height={52} mx={24} w="auto" />
    ) : (
      <ErrorNotice error={error} onRetry={onRetry} />
    );
  const unsigned = head.entries - head.signedTo;
  return (
    <section className={styles.head} aria-label={t('audit-screen.head')}>
      <dl>
        <Fact name={t('audit-screen.entries')}>{count(head.entries)}</Fact>
        <Fact name={t('audit-screen.signed-to')}>
          {head.rootFingerprint === null ? (
            <Unsigned />
          ) : unsigned === 0 ? (
            t('audit-screen.all-signed')
          ) : (
            t('audit-screen.signed-but', { count: unsigned, shown: count(unsigned) })
          )}
        </Fact>
        <Fact name={t('audit-screen.code')}>
          <span className={styles.code}>{head.code}</span>
          <CopyCode code={head.code} />
        </Fact>
        {head.rootFingerprint !== null && (
          <Fact name={t('audit-screen.fingerprint')}>
            <span className={styles.code}>{head.rootFingerprint}</span>
          </Fact>
        )}
      </dl>
      <details className={styles.limits}>
        <summary>{t('audit-screen.limits-title')}</summary>
        <ul>
          <li>{t('audit-screen.limit-code')}</li>
          <li>{t('audit-screen.limit-account')}</li>
          <li>{t('audit-screen.limit-login')}</li>
          <li>{t('audit-screen.limit-export')}</li>
        </ul>
      </details>
    </section>
  );
}

/** Nothing is signed: the owner's recovery code begins it. */
function Unsigned() {
  const { t } = useText();
  const { permissions } = useAppState();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      {t('audit-screen.unsigned')}
      {permissions.includes('recovery.write') && (
        <Button variant="subtle" size="compact-xs" onClick={() => setAsking(true)}>
          {t('audit-screen.begin')}
        </Button>
      )}
      {isAsking && <RestartDialog isFirst onClose={() => setAsking(false)} />}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function CopyCode({ code }: { code: string }) {
  const { t } = useText();
  return (
    <CopyButton value={code}>
      {({ copied, copy }) => (
        <Tooltip label={t(copied ? 'statements.copied' : 'audit-screen.copy-code')}>
          <ActionIcon variant="subtle" size={24} aria-label={t('audit-screen.copy-code')} onClick={copy}>
            {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
