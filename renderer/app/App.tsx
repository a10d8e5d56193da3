import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { findBridge } from '../lib/bridge.ts';
import { useAnswer, useLedgerEvents } from '../lib/queries.ts';
import { guessLanguage } from '../lib/text.tsx';
import { ImportProvider } from '../screens/import/ImportProvider.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { FileDrop } from './FileDrop.tsx';
import { Providers, Speaking, useThemeOf } from './Providers.tsx';
import { Shell } from './Shell.tsx';
import styles from './StartupFailure.module.css';
import { StartupFailure } from './StartupFailure.tsx';

/** The window: ready, or the reason why it is not. */
export function App() {
  return (
    <Providers>
      <ErrorBoundary>
        <Opening />
      </ErrorBoundary>
    </Providers>
  );
}

function Opening() {
  const startup = useQuery({ queryKey: ['startup'], queryFn: () => findBridge().startup() });
  const language = guessLanguage(navigator.languages);
  if (startup.isPending) return null;
  if (startup.isError) throw startup.error;
  if (startup.data.state === 'failed')
    return <StartupFailure failure={startup.data.failure} guess={language} />;
  return <Ready />;
}

function Ready() {
  useLedgerEvents();
  const { data, error, refetch } = useAnswer('app:state', {});
  useThemeOf(data);
  const language = data?.language ?? guessLanguage(navigator.languages);
  return (
    <Speaking language={language}>
      {data !== undefined && (
        <ImportProvider>
          <FileDrop />
          <Shell />
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
