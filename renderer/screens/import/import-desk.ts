import { createContext, useContext } from 'react';
import type { Job } from '#shared/ipc/views.ts';
import type { Answers, ImportQueue, QueueItem } from './import-queue.ts';

/** What the panel and its questions can do with the files in it. */
export type ImportDesk = {
  readonly queue: ImportQueue;
  readonly isOpen: boolean;
  readonly setOpen: (isOpen: boolean) => void;
  readonly answer: (item: QueueItem, answers: Partial<Answers>) => void;
  /** Asks main to stop the job of this line. What it had written is taken back. */
  readonly stop: (item: QueueItem) => void;
  /** Stops a file that asks something, and takes it off the list. */
  readonly leaveOut: (item: QueueItem) => void;
  readonly dismiss: (item: QueueItem) => void;
  readonly dismissFinished: () => void;
  /** Shows a job that was started elsewhere on the screen, such as an undo, under the name of its file. */
  readonly track: (job: Job, fileName: string) => void;
  /** The file whose columns are being chosen. */
  readonly mapping: QueueItem | null;
  readonly openMapping: (item: QueueItem) => void;
  readonly closeMapping: () => void;
};

export const ImportDeskContext = createContext<ImportDesk | null>(null);

export function useImportDesk(): ImportDesk {
  const desk = useContext(ImportDeskContext);
  if (desk === null) throw new Error('useImportDesk needs the ImportProvider above it');
  return desk;
}
