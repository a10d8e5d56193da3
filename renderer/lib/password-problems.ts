import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { Message } from '#shared/domain/message.ts';
import { RequestFailure, tryAsk } from './api.ts';

type Subject = { readonly password: string; readonly name: string; readonly hasTotp: boolean };
type Verdict = { readonly about: string; readonly problems: readonly Message[] };

/** Long enough that a sentence does not flicker while one types on. */
const PAUSE_MS = 250;

/**
 * What speaks against a password while it is being typed; null while that is not known yet. Not a query: a password
 * must not lie in a cache.
 */
export function usePasswordProblems({ password, name, hasTotp }: Subject): readonly Message[] | null {
  const [settled] = useDebouncedValue(password, PAUSE_MS);
  const [verdict, setVerdict] = useState<Verdict | null>(null);

  useEffect(() => {
    if (settled === '') return;
    let isGone = false;
    void tryAsk('password:check', { password: settled, name, hasTotp }).then((answer) => {
      if (isGone) return;
      if (answer.ok) setVerdict({ about: settled, problems: answer.value.problems });
      else reportError(new RequestFailure(answer.error));
    });
    return () => {
      isGone = true;
    };
  }, [settled, name, hasTotp]);

  return verdict?.about === password ? verdict.problems : null;
}
