import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AccessState } from '#shared/ipc/access-channels.ts';
import type { ErrorCode } from '#shared/ipc/errors.ts';
import type { Failure } from '#shared/ipc/result.ts';
import type { Language } from '#shared/text/render.ts';
import { LanguageSwitch } from '../components/LanguageSwitch.tsx';
import { referenceBeside } from '../lib/api.ts';
import { useText } from '../lib/text.tsx';
import { AccessFrame } from '../screens/access/AccessFrame.tsx';
import { RecoveryScreen } from '../screens/access/RecoveryScreen.tsx';
import { Speaking } from './Providers.tsx';
import styles from './StartupFailure.module.css';

type Words = { title: string; safe: string; steps: readonly string[] };

/** What happened, what is safe and what to do, for each way in which the ledger may not open. None deletes anything. */
const WORDS: Partial<Record<ErrorCode, Words>> = {
  'startup/keychain-locked': {
    title: 'startup.keychain-locked.title',
    safe: 'startup.keychain-locked.safe',
    steps: ['startup.keychain-locked.do-1', 'startup.keychain-locked.do-2'],
  },
  'startup/key-missing': {
    title: 'startup.key-missing.title',
    safe: 'startup.key-missing.safe',
    steps: ['startup.key-missing.do-1', 'startup.key-missing.do-2'],
  },
  'startup/wrong-key': {
    title: 'startup.wrong-key.title',
    safe: 'startup.wrong-key.safe',
    steps: ['startup.wrong-key.do-1', 'startup.wrong-key.do-2'],
  },
  'startup/damaged': {
    title: 'startup.damaged.title',
    safe: 'startup.damaged.safe',
    steps: ['startup.damaged.do-1', 'startup.damaged.do-2'],
  },
  'startup/newer-schema': {
    title: 'startup.newer-schema.title',
    safe: 'startup.newer-schema.safe',
    steps: ['startup.newer-schema.do-1'],
  },
  'startup/in-use': {
    title: 'startup.in-use.title',
    safe: 'startup.in-use.safe',
    steps: ['startup.in-use.do-1', 'startup.in-use.do-2'],
  },
  'startup/no-keychain': {
    title: 'startup.no-keychain.title',
    safe: 'startup.no-keychain.safe',
    steps: ['startup.no-keychain.do-1', 'startup.no-keychain.do-2'],
  },
};

const UNKNOWN: Words = {
  title: 'startup.failed.title',
  safe: 'startup.failed.safe',
  steps: ['startup.failed.do-1', 'startup.failed.do-2'],
};

type Props = {
  failure: Failure;
  guess: Language;
  /** There is a recovery kit that can mend it. */
  recovery: { access: AccessState; onDone: () => void } | null;
};

/** The whole window when the ledger did not open. */
export function StartupFailure({ failure, guess, recovery }: Props) {
  const [language, setLanguage] = useState(guess);
  const [isRecovering, setRecovering] = useState(false);
  return (
    <Speaking language={language}>
      {isRecovering && recovery !== null ? (
        <AccessFrame access={recovery.access} language={language} onLanguage={setLanguage}>
          <RecoveryScreen onDone={recovery.onDone} onBack={() => setRecovering(false)} />
        </AccessFrame>
      ) : (
        <Sheet
          failure={failure}
          language={language}
          onLanguage={setLanguage}
          onRecover={recovery === null ? null : () => setRecovering(true)}
        />
      )}
    </Speaking>
  );
}

type SheetProps = {
  failure: Failure;
  language: Language;
  onLanguage: (language: Language) => void;
  onRecover: (() => void) | null;
};

function Sheet({ failure, language, onLanguage, onRecover }: SheetProps) {
  const { t, tell } = useText();
  const words = WORDS[failure.code] ?? UNKNOWN;
  const reference = referenceBeside(failure);
  return (
    <main className={styles.page}>
      <div className={styles.sheet} role="alert" data-testid="startup-failure" data-code={failure.code}>
        <div className={styles.brand}>
          <span>Daftari</span>
          <LanguageSwitch language={language} onLanguage={onLanguage} />
        </div>
        <h1 className={styles.title}>{t(words.title)}</h1>
        <p>{tell(failure.message)}</p>
        <section className={styles.part}>
          <h2>{t('startup.what-is-safe')}</h2>
          <p>{t(words.safe)}</p>
        </section>
        <section className={styles.part}>
          <h2>{t('startup.what-to-do')}</h2>
          <ol className={styles.steps}>
            {words.steps.map((step) => (
              <li key={step}>{t(step)}</li>
            ))}
          </ol>
        </section>
        <div className={styles.actions}>
          {onRecover !== null && <Button onClick={onRecover}>{t('rescue.have-code')}</Button>}
          <Button
            variant={onRecover === null ? 'filled' : 'default'}
            onClick={() => window.location.reload()}
          >
            {t('startup.try-again')}
          </Button>
        </div>
        {reference !== undefined && <p className={styles.reference}>{t('app.reference', { reference })}</p>}
      </div>
    </main>
  );
}
