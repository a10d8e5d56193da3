import { Button } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import type { Login } from '#renderer/lib/login.ts';
import { useText } from '#renderer/lib/text.tsx';

type Props = { login: Login; ref?: Ref<HTMLButtonElement>; children: ReactNode };

/** Sends a {@link Login}; after too many tries it counts down instead. Reachable while it cannot be pressed. */
export function SendButton({ login, ref, children }: Props) {
  const { t } = useText();
  const { secondsLeft } = login;
  return (
    <Button
      {...(ref === undefined ? {} : { ref })}
      type="submit"
      loading={login.isBusy}
      {...(secondsLeft > 0 ? { 'data-disabled': true, 'aria-disabled': true } : {})}
    >
      {secondsLeft > 0 ? t('access.wait-seconds', { seconds: secondsLeft }) : children}
    </Button>
  );
}
