import { FlaskConical, ShieldCheck, TestTube } from 'lucide-react';
import { useEffect } from 'react';
import type { AppState } from '#shared/ipc/views.ts';
import { windowTitle } from '#shared/text/window-title.ts';
import { useText } from '../lib/text.tsx';
import styles from './EnvironmentBadge.module.css';

const ICONS = { production: ShieldCheck, sandbox: TestTube, demo: FlaskConical } as const;

/**
 * DEMO, SANDBOX or PRODUCTION: by word, sign and colour, over the menu and over the window, so that they cannot be
 * mistaken.
 */
export function EnvironmentBadge({ environment }: { environment: AppState['environment'] }) {
  const { t, language } = useText();
  const Icon = ICONS[environment];
  useEffect(() => {
    document.title = windowTitle(environment, language);
    // The window's own colours follow it, see tokens.css.
    document.documentElement.dataset.books = environment;
  }, [environment, language]);
  return (
    <span className={`${styles.badge} ${styles[environment] ?? ''}`} data-environment={environment}>
      <Icon size={14} aria-hidden />
      {t('app.environment', { environment })}
    </span>
  );
}
