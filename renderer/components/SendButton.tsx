import { Button } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import type { Login } from '#renderer/lib/login.ts';
import { useText } from '#renderer/lib/text.tsx';

type Props = { login: Login; isReady?: boolean; ref?: Ref<HTMLButtonElement>; children: ReactNode };

/** Sends a {@link Login}; after too many tries it counts down instead. Reachable while it cannot be pressed. */
export function SendButton({ login, isReady = true, ref, children }: Props) {
  const { t } = useText();
  const { secondsLeft } = login;
  const isOff = !login.canSend || !isReady;
  return (
    <Button
      {...(ref === undefined ? {} : { ref })}
      type="submit"
      loading={login.isBusy}
      aria-disabled={isOff}
      {...(secondsLeft > 0 ? { 'data-disabled': true } : {})}
    >
      {secondsLeft > 0 ? t('access.wait-seconds', { seconds: secondsLeft }) : children}
    </Button>
  );
}
