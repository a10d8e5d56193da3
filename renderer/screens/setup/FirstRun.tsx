import { Speaking } from '#renderer/app/Providers.tsx';
import { ErrorNotice } from '#renderer/components/ErrorNotice.tsx';
import { useAnswer } from '#renderer/lib/queries.ts';
import type { AccessState } from '#shared/ipc/access-channels.ts';
import type { Language } from '#shared/text/render.ts';
import { Wizard } from './Wizard.tsx';

type Props = { access: AccessState; guess: Language; onDone: () => void };

/** The wizard, where it was left. */
export function FirstRun({ access, guess, onDone }: Props) {
  const { data, error, refetch } = useAnswer('setup:show', {});
  if (data !== undefined) return <Wizard access={access} draft={data} guess={guess} onDone={onDone} />;
  if (error === null) return null;
  return (
    <Speaking language={guess}>
      <main>
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </main>
    </Speaking>
  );
}
