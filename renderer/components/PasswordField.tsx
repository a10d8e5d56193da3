import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useText } from '../lib/text.tsx';
import styles from './PasswordField.module.css';

type Props = Pick<PasswordInputProps, 'label' | 'description' | 'ref'> & {
  autoFocus?: boolean;
  value: string;
  onChange: (value: string) => void;
  autoComplete: 'current-password' | 'new-password';
  error?: string | null;
  /** Longer than any password by default. */
  maxLength?: number;
  isVisible?: boolean;
  onVisible?: (isVisible: boolean) => void;
};

/** A password: can be shown while it is typed, and says when Caps Lock is on. */
export function PasswordField({
  value,
  onChange,
  error = null,
  isVisible,
  onVisible,
  autoFocus = false,
  maxLength = 200,
  ...rest
}: Props) {
  const { t } = useText();
  const [hasCapsLock, setCapsLock] = useState(false);
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <div>
      <PasswordInput
        {...rest}
        autoFocus={autoFocus}
        // In a dialog the focus trap decides, and goes by this mark.
        {...(autoFocus ? { 'data-autofocus': true } : {})}
        maxLength={maxLength}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={watchCapsLock}
        onKeyUp={watchCapsLock}
        onBlur={() => setCapsLock(false)}
        {...(isVisible === undefined ? {} : { visible: isVisible })}
        {...(onVisible === undefined ? {} : { onVisibilityChange: onVisible })}
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': t('newpass.show') }}
      />
      <div role="status" className={styles.hint}>
        {hasCapsLock && t('newpass.caps-lock')}
      </div>
    </div>
  );
}
