import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import type { AppState } from '#shared/ipc/views.ts';

type Look = Pick<AppState, 'language' | 'theme'>;

type WindowLook = {
  /** What the person before the window chose for it; what is absent is as the shop has it. */
  readonly chosen: Partial<Look>;
  readonly choose: (look: Partial<Look>) => void;
  readonly forget: () => void;
};

const WindowLookContext = createContext<WindowLook | null>(null);

/**
 * The language and the colours that one person wants, from the log-in until the sign-out. How the shop has them is the
 * owner's setting; a clerk who reads Swahili need not ask for it.
 */
export function WindowLookProvider({ children }: { children: ReactNode }) {
  const [chosen, setChosen] = useState<Partial<Look>>({});
  const choose = useCallback((next: Partial<Look>) => setChosen((before) => ({ ...before, ...next })), []);
  const forget = useCallback(() => setChosen({}), []);
  const look = useMemo(() => ({ chosen, choose, forget }), [chosen, choose, forget]);
  return <WindowLookContext value={look}>{children}</WindowLookContext>;
}

export function useWindowLook(): WindowLook {
  const look = useContext(WindowLookContext);
  if (look === null) throw new Error('useWindowLook needs the WindowLookProvider above it');
  return look;
}
