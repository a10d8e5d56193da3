import { Button } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { useText } from '#renderer/lib/text.tsx';

type Props = {
  /** How long to wait after too many tries; 0 = not at all. */
  secondsLeft: number;
  isBusy: boolean;
  ref?: Ref<HTMLButtonElement>;
  children: ReactNode;
};

/** Sends what proves who one is; after too many tries it counts down instead. Reachable while it cannot be pressed. */
export function SendButton({ secondsLeft, isBusy, ref, children }: Props) {
  const { t } = useText();
  return (
    <Button
      {...(ref === undefined ? {} : { ref })}
      type="submit"
      loading={isBusy}
      {...(secondsLeft > 0 ? { 'data-disabled': true, 'aria-disabled': true } : {})}
    >
      {secondsLeft > 0 ? t('access.wait-seconds', { seconds: secondsLeft }) : children}
    </Button>
  );
}
