import { Button } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import type { Language } from '#shared/text/render.ts';
import { createText, guessLanguage } from '../lib/text.tsx';
import styles from './StartupFailure.module.css';

type Props = { children: ReactNode };
type State = { reference: string | null };

/**
 * The last net: a bug in the window shows a sentence and a reference instead of a white page. The ledger is safe:
 * it lives in another process, and nothing is half written.
 */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { reference: null };

  static getDerivedStateFromError(): State {
    return { reference: makeReference() };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    // An uncaught error reaches the page's console, which the host logs: the reference finds it there.
    const where = `window bug ${this.state.reference ?? '?'} at ${info.componentStack ?? 'an unknown place'}`;
    reportError(new Error(where, { cause: error }));
  }

  override render(): ReactNode {
    const { reference } = this.state;
    if (reference === null) return this.props.children;
    const { t } = createText(readLanguage());
    return (
      <main className={styles.page} role="alert">
        <div className={styles.sheet}>
          <h1 className={styles.title}>{t('app.bug-title')}</h1>
          <p>{t('app.bug-safe')}</p>
          <p className={styles.reference}>{t('app.reference', { reference })}</p>
          <div className={styles.actions}>
            <Button onClick={() => window.location.reload()}>{t('app.bug-reload')}</Button>
          </div>
        </div>
      </main>
    );
  }
}

function readLanguage(): Language {
  const { lang } = document.documentElement;
  return lang === 'sw' || lang === 'en' ? lang : guessLanguage(navigator.languages);
}

/** Short enough to read out on the phone, and without look-alike letters. */
function makeReference(): string {
  const alphabet = 'ACDEFGHJKMNPRTUVWXY3479';
  const bytes = crypto.getRandomValues(new Uint8Array(4));
  return Array.from(bytes, (byte) => alphabet.charAt(byte % alphabet.length)).join('');
}
