import { Button, CopyButton, Drawer, Skeleton } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAnswer, useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import type { ImportView } from '#shared/ipc/views.ts';
import { AccountSumCard } from './AccountSumCard.tsx';
import { CodeCheck } from './CodeCheck.tsx';
import styles from './FileDetail.module.css';
import { FileProblems } from './FileProblems.tsx';
import { layoutWords, WITNESS_SENTENCES } from './file-words.ts';
import { UndoImport } from './UndoImport.tsx';

/** All that is known about one file, in a drawer beside the list. */
export function FileDetail({ importId, onClose }: { importId: number | null; onClose: () => void }) {
  const { t } = useText();
  useShortcuts('dialog', [], importId !== null);
  return (
    <Drawer
      opened={importId !== null}
      onClose={onClose}
      size={640}
      title={t('statements.detail-title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {importId !== null && <Loaded key={importId} importId={importId} />}
    </Drawer>
  );
}

function Loaded({ importId }: { importId: number }) {
  const file = useAnswer('import:show', { importId });
  if (file.error !== null) return <ErrorNotice error={file.error} onRetry={() => void file.refetch()} />;
  if (file.data === undefined || file.data.id !== importId) return <Skeleton height={320} />;
  return <Described file={file.data} />;
}

function Described({ file }: { file: ImportView }) {
  const { t, time, count } = useText();
  const layout = layoutWords(file.layout);
  return (
    <div className={styles.detail}>
      <section className={styles.section}>
        <h2 className={styles.reason}>{file.fileName}</h2>
        {file.state === 'undone' && <p className={styles.note}>{t('statements.undone-note')}</p>}
        <div className={styles.fine}>
          <div>{layout === null ? file.layout : t(layout)}</div>
          <div>{t('statements.detail-imported', { by: file.by, at: time(file.at) })}</div>
          {file.kind === 'statement' && (
            <div>
              {file.reportAt === null
                ? t('statements.detail-report-none')
                : t('statements.detail-report', { at: time(file.reportAt) })}
            </div>
          )}
        </div>
        <p>
          {t('statements.detail-rows', {
            rows: count(file.rows),
            new: count(file.new),
            known: count(file.known),
            changed: count(file.changed),
            refused: count(file.refused),
          })}
        </p>
      </section>
      {file.accounts.map((account) => (
        <AccountSumCard key={`${account.shortCode}-${account.account}`} account={account} />
      ))}
      {file.kind === 'statement' && (
        <section className={styles.section}>
          <h3>{t('statements.witness')}</h3>
          <p>{t(WITNESS_SENTENCES[file.witness], { seen: file.seen, all: file.seenOf })}</p>
          {file.witness === 'code' && file.seen > 0 && (
            <p>{t('statements.witness-also', { seen: file.seen, all: file.seenOf })}</p>
          )}
          {file.verificationCode !== null && <CodeCheck file={file} code={file.verificationCode} />}
        </section>
      )}
      <FileProblems importId={file.id} />
      <section className={styles.section}>
        <h3>{t('statements.fingerprint')}</h3>
        <div className={styles.hash}>{file.sha256}</div>
        <div className={styles.actions}>
          <CopyButton value={file.sha256}>
            {({ copied, copy }) => (
              <Button size="compact-xs" variant="default" onClick={copy}>
                {t(copied ? 'statements.copied' : 'statements.copy')}
              </Button>
            )}
          </CopyButton>
          <span className={styles.fine}>{t('statements.fingerprint-why')}</span>
        </div>
      </section>
      {file.state === 'done' && <OfferUndo file={file} />}
    </div>
  );
}

function OfferUndo({ file }: { file: ImportView }) {
  const { t } = useText();
  const { permissions } = useAppState();
  const [isAsking, setAsking] = useState(false);
  const canUndo = permissions.includes('ledger.undo-import');
  return (
    <section className={styles.actions}>
      <Button
        variant="default"
        leftSection={<Undo2 size={16} aria-hidden />}
        disabled={!canUndo}
        onClick={() => setAsking(true)}
      >
        {t('statements.undo')}
      </Button>
      {!canUndo && <span className={styles.fine}>{t('statements.undo-forbidden')}</span>}
      <UndoImport file={file} isOpen={isAsking} onClose={() => setAsking(false)} />
    </section>
  );
}
