/** What the approval window is about. That page never names a reversal: main remembers which one it was opened for. */
export type ApprovalDesk = {
  /** The reversal that is to be decided; null = the window is closed. */
  readonly about: () => number | null;
  /** Asks the host to open the window on this reversal, in place of any other. */
  readonly open: (reversalId: number) => void;
  readonly close: () => void;
  /** Hears when the window is to open or close; returns the way to stop. */
  readonly onWanted: (hear: (wanted: 'open' | 'close') => void) => () => void;
};

export function openApprovalDesk(): ApprovalDesk {
  let about: number | null = null;
  const listeners = new Set<(wanted: 'open' | 'close') => void>();
  const ring = (wanted: 'open' | 'close') => {
    for (const hear of listeners) hear(wanted);
  };
  return {
    about: () => about,
    open: (reversalId) => {
      about = reversalId;
      ring('open');
    },
    close: () => {
      about = null;
      ring('close');
    },
    onWanted: (hear) => {
      listeners.add(hear);
      return () => {
        listeners.delete(hear);
      };
    },
  };
}
