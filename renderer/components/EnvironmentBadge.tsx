import { FlaskConical, ShieldCheck, TestTube } from 'lucide-react';
import type { AppState } from '#shared/ipc/views.ts';
import { useText } from '../lib/text.tsx';
import styles from './EnvironmentBadge.module.css';

const ICONS = { production: ShieldCheck, sandbox: TestTube, demo: FlaskConical } as const;

/** DEMO, SANDBOX or PRODUCTION: by word, sign and colour, so that they cannot be mistaken. */
export function EnvironmentBadge({ environment }: { environment: AppState['environment'] }) {
  const { t } = useText();
  const Icon = ICONS[environment];
  return (
    <span className={`${styles.badge} ${styles[environment] ?? ''}`} data-environment={environment}>
      <Icon size={14} aria-hidden />
      {t('app.environment', { environment })}
    </span>
  );
}
