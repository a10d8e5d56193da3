import { Input } from '@mantine/core';
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef } from 'react';
import { useText } from '../lib/text.tsx';
import styles from './CodeFields.module.css';
import { fillGroups, GROUP_COUNT, GROUP_LENGTH, nextGroup, numberGroups } from './code-groups.ts';

export type CodeFieldsHandle = { readonly focus: () => void };

type Props = {
  groups: readonly string[];
  onChange: (groups: string[]) => void;
  error?: string | null;
  autoFocus?: boolean;
  ref?: Ref<CodeFieldsHandle>;
};

/** A recovery code, typed group by group or pasted whole. How it is written does not matter. */
export function CodeFields({ groups, onChange, error = null, autoFocus = false, ref }: Props) {
  const { t } = useText();
  const fields = useRef<(HTMLInputElement | null)[]>([]);
  const errorId = useId();
  const hintId = useId();
  const goTo = (index: number | null) => {
    if (index !== null) fields.current[index]?.focus();
  };
  useEffect(() => {
    if (autoFocus) fields.current[0]?.focus();
  }, [autoFocus]);
  useImperativeHandle(ref, () => ({ focus: () => goTo(nextGroup(groups, 0) ?? 0) }));

  function type(index: number, typed: string) {
    const next = fillGroups(groups, index, typed);
    onChange(next);
    const isFull = (next[index]?.length ?? 0) === GROUP_LENGTH;
    if (isFull && typed.length >= GROUP_LENGTH) goTo(nextGroup(next, index));
  }

  function stepBack(event: KeyboardEvent<HTMLInputElement>, index: number) {
    const isAtStart = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0;
    if (event.key === 'Backspace' && isAtStart && index > 0) {
      event.preventDefault();
      goTo(index - 1);
    }
  }

  return (
    <fieldset className={styles.code} aria-describedby={error === null ? hintId : `${hintId} ${errorId}`}>
      <legend>{t('rescue.code')}</legend>
      <p id={hintId} className={styles.hint}>
        {t('rescue.code-hint')}
      </p>
      <div className={styles.groups}>
        {numberGroups(groups).map(({ number, text }, index) => (
          <Input
            key={number}
            ref={(element) => {
              fields.current[index] = element;
            }}
            classNames={{ input: styles.group ?? '' }}
            aria-label={t('rescue.group', { number, count: GROUP_COUNT })}
            error={error !== null}
            // In a dialog the focus trap decides, and goes by this mark.
            {...(autoFocus && index === 0 ? { 'data-autofocus': true } : {})}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            value={text}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => type(index, event.currentTarget.value)}
            onKeyDown={(event) => stepBack(event, index)}
          />
        ))}
      </div>
      <p id={errorId} role="alert" className={styles.error}>
        {error}
      </p>
    </fieldset>
  );
}
