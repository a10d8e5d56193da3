import { createContext, useContext } from 'react';
import type { Job } from '#shared/ipc/views.ts';

/** What is being brought in: an `auto` file is recognised by its content. */
export type FileKind = 'auto' | 'statement' | 'sales';

/** A file on its way into the ledger, from the moment it is dropped. */
export type ImportItem = {
  /** Unique in this window. */
  readonly key: string;
  readonly fileName: string;
  /** Null while the file waits its turn or is being admitted. */
  readonly job: Job | null;
};

/** The import flow as the rest of the window sees it. */
export type ImportFlow = {
  readonly items: readonly ImportItem[];
  /** False for a role that brings nothing in: it is offered nothing to bring in with. */
  readonly canImport: boolean;
  /** True while a file is waiting, being read or asking something. */
  readonly isBusy: boolean;
  /** True while a question waits for a person. */
  readonly isAsking: boolean;
  /** Queues files and opens the panel. */
  readonly start: (files: readonly File[], kind?: FileKind) => void;
  /** Opens the system's file chooser, then does the same. */
  readonly choose: (kind?: FileKind) => void;
  /** Opens the panel that shows progress, results and questions. */
  readonly open: () => void;
};

export const ImportContext = createContext<ImportFlow | null>(null);

export function useImport(): ImportFlow {
  const flow = useContext(ImportContext);
  if (flow === null) throw new Error('useImport needs the ImportProvider above it');
  return flow;
}
