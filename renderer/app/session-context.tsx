import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { AccessState } from '#shared/ipc/access-channels.ts';

export type Person = NonNullable<AccessState['person']>;

type Session = {
  readonly person: Person;
  /** Asks main how things stand now: the session was locked or ended, or the person's login has changed. */
  readonly refresh: () => void;
};

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({
  person,
  refresh,
  children,
}: {
  person: Person;
  refresh: () => void;
  children: ReactNode;
}) {
  const { name, role, hasTotp, mustLengthen } = person;
  const session = useMemo<Session>(
    () => ({ person: { name, role, hasTotp, mustLengthen }, refresh }),
    [name, role, hasTotp, mustLengthen, refresh],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Who is signed in. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession needs somebody signed in');
  return session;
}
