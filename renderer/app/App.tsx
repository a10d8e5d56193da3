import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { useActivity } from '../lib/activity.ts';
import { findBridge } from '../lib/bridge.ts';
import { useAnswer, useLedgerEvents } from '../lib/queries.ts';
import { guessLanguage } from '../lib/text.tsx';
import { Closed } from '../screens/access/Closed.tsx';
import { ImportProvider } from '../screens/import/ImportProvider.tsx';
import { FirstRun } from '../screens/setup/FirstRun.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { FileDrop } from './FileDrop.tsx';
import { Providers, Speaking, useThemeOf } from './Providers.tsx';
import { Shell } from './Shell.tsx';
import styles from './StartupFailure.module.css';
import { StartupFailure } from './StartupFailure.tsx';
import { SessionProvider } from './session-context.tsx';
import { useAccess } from './use-access.ts';
import { useWindowLook, WindowLookProvider } from './window-look.tsx';

/** The window: ready, or the reason why it is not. */
export function App() {
  return (
    <Providers>
      <ErrorBoundary>
        <WindowLookProvider>
          <Opening />
        </WindowLookProvider>
      </ErrorBoundary>
    </Providers>
  );
}

function Opening() {
  const startup = useQuery({ queryKey: ['startup'], queryFn: () => findBridge().startup() });
  const { access, error, isPending, ending, refresh } = useAccess();
  const guess = guessLanguage(navigator.languages);

  async function startAgain() {
    await startup.refetch();
    await refresh();
  }

  if (startup.isPending || isPending) return null;
  if (startup.isError) throw startup.error;
  if (startup.data.state === 'failed') {
    const canRecover = access?.phase === 'recovery';
    return (
      <StartupFailure
        failure={startup.data.failure}
        guess={guess}
        recovery={canRecover ? { access, onDone: () => void startAgain() } : null}
      />
    );
  }
  if (access === undefined) {
    return (
      <Speaking language={guess}>
        <main className={styles.page}>
          <ErrorNotice error={error} onRetry={() => void refresh()} />
        </main>
      </Speaking>
    );
  }
  if (access.phase === 'first-run') return <FirstRun access={access} guess={guess} onDone={refresh} />;
  if (access.phase !== 'open' || access.person === null)
    return <Closed access={access} ending={ending} onDone={refresh} />;
  return (
    <SessionProvider person={access.person} refresh={refresh}>
      <Ready />
    </SessionProvider>
  );
}

function Ready() {
  useLedgerEvents();
  useActivity();
  const { data, error, refetch } = useAnswer('app:state', {});
  const { chosen } = useWindowLook();
  useThemeOf(chosen.theme ?? data?.theme);
  const language = chosen.language ?? data?.language ?? guessLanguage(navigator.languages);
  return (
    <Speaking language={language}>
      {data !== undefined && (
        <ImportProvider>
          <FileDrop />
          <Shell />
          <ConfirmDialog />
        </ImportProvider>
      )}
      {data === undefined && error !== null && (
        <main className={styles.page}>
          <ErrorNotice error={error} onRetry={() => void refetch()} />
        </main>
      )}
    </Speaking>
  );
}
