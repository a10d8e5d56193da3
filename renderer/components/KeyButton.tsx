import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { Keycap } from './Keycap.tsx';

type Props = {
  /** The key that does the same, as the keyboard map names it. */
  stroke: string;
  onPress: () => void;
  isMain?: boolean;
  disabled?: boolean;
  size?: ButtonProps['size'];
  children: ReactNode;
};

/** A button that teaches its key. */
export function KeyButton({
  stroke,
  onPress,
  isMain = false,
  disabled = false,
  size = 'xs',
  children,
}: Props) {
  return (
    <Button
      size={size ?? 'xs'}
      variant={isMain ? 'filled' : 'default'}
      disabled={disabled}
      onClick={onPress}
      aria-keyshortcuts={stroke.replaceAll('Ctrl', 'Control')}
      rightSection={<Keycap stroke={stroke} />}
    >
      {children}
    </Button>
  );
}
