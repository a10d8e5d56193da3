import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type FileKind, ImportContext, type ImportFlow } from '#renderer/app/import-context.ts';
import { useToasts } from '#renderer/app/toasts.tsx';
import { RequestFailure, tryAsk } from '#renderer/lib/api.ts';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import { ColumnMapping } from './ColumnMapping.tsx';
import { focusImportPanel, ImportPanel } from './ImportPanel.tsx';
import { type ImportDesk, ImportDeskContext } from './import-desk.ts';
import { countStates, jobOf, type QueueItem, stateOf } from './import-queue.ts';
import { takeLeftBehind } from './left-behind.ts';
import { useQueue } from './use-queue.ts';

const ACCEPTED = '.csv,.txt,.tsv,.xls,.xlsx,.pdf,text/csv,application/pdf';

/** Files on their way into the ledger. It lives above the screens, so nothing is lost when a person moves on. */
export function ImportProvider({ children }: { children: ReactNode }) {
  const [queue, dispatch] = useQueue();
  const [isOpen, setOpen] = useState(true);
  const [mappingKey, setMappingKey] = useState<string | null>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const chosenKind = useRef<FileKind>('auto');
  const { failed, say } = useToasts();
  const { t } = useText();
  const { permissions } = useAppState();
  useEffect(() => {
    const files = takeLeftBehind();
    if (files > 0) say(t('importing.left-behind', { count: files }));
  }, [say, t]);
  const canImport = permissions.includes('ledger.import');

  const start = useCallback(
    (files: readonly File[], kind: FileKind = 'auto') => {
      if (!canImport) return say(t('importing.forbidden'));
      dispatch({ type: 'add', files, kind });
      setOpen(true);
    },
    [canImport, dispatch, say, t],
  );

  const choose = useCallback((kind: FileKind = 'auto') => {
    chosenKind.current = kind;
    chooser.current?.click();
  }, []);

  const flow = useMemo<ImportFlow>(() => {
    const counts = countStates(queue);
    return {
      items: queue.items.map((item) => ({ key: item.key, fileName: item.fileName, job: jobOf(queue, item) })),
      canImport,
      isBusy: counts.waiting + counts.running + counts.asking > 0,
      isAsking: counts.asking > 0,
      start,
      choose,
      open: () => {
        setOpen(true);
        focusImportPanel();
      },
    };
  }, [queue, canImport, start, choose]);

  const desk = useMemo<ImportDesk>(() => {
    async function cancel(item: QueueItem): Promise<boolean> {
      if (item.jobId === null) return true;
      const answer = await tryAsk('job:cancel', { jobId: item.jobId });
      if (answer.ok) dispatch({ type: 'progress', job: answer.value });
      else failed(new RequestFailure(answer.error));
      return answer.ok;
    }
    async function leaveOut(item: QueueItem) {
      const isOver = stateOf(queue, item) === 'done';
      if (isOver || (await cancel(item))) dispatch({ type: 'dismiss', key: item.key });
    }
    const mapping = queue.items.find((item) => item.key === mappingKey) ?? null;
    return {
      queue,
      isOpen,
      setOpen,
      answer: (item, answers) => dispatch({ type: 'answered', key: item.key, answers }),
      stop: (item) => void cancel(item),
      leaveOut: (item) => void leaveOut(item),
      dismiss: (item) => dispatch({ type: 'dismiss', key: item.key }),
      dismissFinished: () => dispatch({ type: 'dismiss-finished' }),
      track: (job, fileName) => {
        dispatch({ type: 'track', job, fileName });
        setOpen(true);
      },
      mapping: mapping !== null && stateOf(queue, mapping) === 'asking' ? mapping : null,
      openMapping: (item) => setMappingKey(item.key),
      closeMapping: () => setMappingKey(null),
    };
  }, [queue, isOpen, mappingKey, dispatch, failed]);

  return (
    <ImportContext value={flow}>
      <ImportDeskContext value={desk}>
        {children}
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          accept={ACCEPTED}
          aria-label={t('importing.choose')}
          data-testid="file-chooser"
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])];
            event.currentTarget.value = '';
            if (files.length > 0) start(files, chosenKind.current);
          }}
        />
        <ImportPanel />
        <ColumnMapping />
      </ImportDeskContext>
    </ImportContext>
  );
}
