import { Button, FileButton, Skeleton } from '@mantine/core';
import { FileBadge } from 'lucide-react';
import { useState } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { Chip } from '#renderer/components/Chip.tsx';
import { FormProblem } from '#renderer/components/FormProblem.tsx';
import { admitFile, RequestFailure } from '#renderer/lib/api.ts';
import { useAnswer } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { Failure } from '#shared/ipc/result.ts';
import { CertificateFacts } from './CertificateFacts.tsx';
import styles from './Safaricom.module.css';
import { useSecretAct } from './use-secret-act.ts';

/** The public key that operators' passwords are encrypted with: which one is used, and how to take another. */
export function CertificateCard({ canChange }: { canChange: boolean }) {
  const { t, tell } = useText();
  const { say } = useToasts();
  const { data, error } = useAnswer('certificate:list', {});
  const [problem, setProblem] = useState<Failure | null>(null);
  const told = () => say(t('safaricom-screen.certificate-used'));
  const load = useSecretAct('certificate:load', told);
  const use = useSecretAct('certificate:use', told);

  async function take(file: File | null) {
    if (file === null) return;
    const admitted = await admitFile(file);
    setProblem(admitted.ok ? null : admitted.error);
    if (admitted.ok) load.run({ token: admitted.value.token });
  }

  const used = data?.certificates.find(({ isUsed }) => isUsed);
  const others = data?.certificates.filter(({ isUsed }) => !isUsed) ?? [];
  return (
    <section className={styles.card} aria-label={t('safaricom-screen.certificate')}>
      <div className={styles.cardHead}>
        <h2>{t('safaricom-screen.certificate')}</h2>
      </div>
      <p className={styles.soft}>{t('safaricom-screen.certificate-what')}</p>
      {data === undefined && error === null && <Skeleton height={120} />}
      {error !== null && (
        <p className={styles.bad}>
          {error instanceof RequestFailure ? tell(error.failure.message) : t('app.unexpected')}
        </p>
      )}
      {data !== undefined && used === undefined && (
        <p className={styles.warn}>{t('safaricom-screen.certificate-none')}</p>
      )}
      {used !== undefined && <CertificateFacts certificate={used} />}
      {others.map((other) => (
        <div key={other.fingerprint} className={styles.other}>
          <CertificateFacts certificate={other} />
          {canChange && (
            <Button
              size="xs"
              variant="default"
              loading={use.isPending}
              onClick={() => use.run({ fingerprint: other.origin === 'shipped' ? null : other.fingerprint })}
            >
              {t('safaricom-screen.certificate-use', { origin: other.origin })}
            </Button>
          )}
        </div>
      ))}
      <FormProblem failure={problem ?? load.failure ?? use.failure} />
      {canChange && (
        <div className={styles.cardFoot}>
          <FileButton accept=".cer,.crt,.pem,.der" onChange={(file) => void take(file)}>
            {(props) => (
              <Button
                {...props}
                size="xs"
                variant="default"
                loading={load.isPending}
                leftSection={<FileBadge size={14} aria-hidden />}
              >
                {t('safaricom-screen.certificate-load')}
              </Button>
            )}
          </FileButton>
          {used?.knownFor === null && <Chip tone="open">{t('safaricom-screen.certificate-unknown')}</Chip>}
        </div>
      )}
    </section>
  );
}
