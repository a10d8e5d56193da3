import type { Dispatch, RefObject, SetStateAction } from 'react';
import { useToasts } from '#renderer/app/toasts.tsx';
import { useReveal } from '#renderer/app/use-reveal.ts';
import { shiftRange } from '#renderer/components/DayPicker.tsx';
import { type Shortcut, useShortcuts } from '#renderer/lib/keyboard.tsx';
import { useAppState } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/text.tsx';
import { phoneOwnersOf, readAbilities } from './question.ts';
import { MOST_DIGITS } from './RowAnswer.tsx';
import type { Answers } from './use-answers.ts';
import type { Commands, Surfaces } from './use-commands.ts';
import type { ScopeControl } from './use-scope.ts';

/** How far Page Up and Page Down go. */
const PAGE = 10;

type Options = {
  control: ScopeControl;
  commands: Commands;
  answers: Answers;
  mayMatch: boolean;
  canAcceptAll: boolean;
  acceptAll: () => void;
  searchRef: RefObject<HTMLInputElement | null>;
  setSurface: Dispatch<SetStateAction<Surfaces>>;
};

/** The keyboard map of the reconcile screen. */
export function useDayKeys(options: Options): void {
  const { control, commands, answers, mayMatch, canAcceptAll, acceptAll, searchRef, setSurface } = options;
  const { t } = useText();
  const { say } = useToasts();
  const { active } = commands;
  const reveal = useReveal();
  const { permissions } = useAppState();
  const able = active === undefined ? null : readAbilities(active, mayMatch);
  // Whoever only reads is not told of keys that decide.
  const deciding = { isHidden: !mayMatch };

  async function undoLast() {
    if (!(await answers.undoLast())) say(t('reconcile.nothing-to-undo'));
  }

  const digits: [string, ...string[]] = ['1'];
  for (let n = 2; n <= MOST_DIGITS; n++) digits.push(String(n));
  const choices = digits.map((digit, i): Shortcut => {
    const option = active?.options[i];
    return {
      keys: [digit],
      label: 'keys.choose',
      isOn: able?.canChoose === true && option !== undefined,
      isHidden: i > 0 || !mayMatch,
      run: () => option !== undefined && commands.choose(option),
    };
  });

  useShortcuts('screen', [
    { keys: ['J', 'ArrowDown'], label: 'keys.next-row', repeats: true, run: () => commands.move(1) },
    { keys: ['K', 'ArrowUp'], label: 'keys.previous-row', repeats: true, run: () => commands.move(-1) },
    {
      keys: ['PageDown'],
      label: 'keys.page-down',
      repeats: true,
      isHidden: true,
      run: () => commands.move(PAGE),
    },
    {
      keys: ['PageUp'],
      label: 'keys.page-up',
      repeats: true,
      isHidden: true,
      run: () => commands.move(-PAGE),
    },
    { keys: ['Home'], label: 'keys.first-row', isHidden: true, run: () => commands.goTo(0) },
    {
      keys: ['End'],
      label: 'keys.last-row',
      isHidden: true,
      run: () => commands.goTo(Number.MAX_SAFE_INTEGER),
    },
    { keys: ['Enter'], label: 'keys.accept', ...deciding, run: commands.enter },
    {
      keys: ['Backspace'],
      label: 'keys.reject',
      ...deciding,
      run: able?.canUnmatch === true ? commands.unmatch : commands.reject,
    },
    ...choices,
    { keys: ['M', 'S'], label: 'keys.match-by-hand', ...deciding, run: commands.matchByHand },
    {
      keys: ['P'],
      label: 'keys.park',
      ...deciding,
      run: able?.canUnpark === true ? commands.unpark : commands.park,
    },
    { keys: ['D'], label: 'keys.details', run: commands.showDetails },
    { keys: ['R'], label: 'keys.send-back', ...deciding, run: commands.sendBack },
    {
      keys: ['F'],
      label: 'keys.look-up',
      isOn: commands.lookUp !== null,
      isHidden: !permissions.includes('payments.look-up'),
      run: () => commands.lookUp?.(),
    },
    {
      keys: ['V'],
      label: 'privacy.key',
      isOn: reveal.isAllowed && active !== undefined,
      isHidden: !reveal.isAllowed,
      run: () => active !== undefined && reveal.run(phoneOwnersOf(active)),
    },
    { keys: ['A'], label: 'keys.accept-all', isOn: canAcceptAll, ...deciding, run: acceptAll },
    { keys: ['/'], label: 'keys.search', run: () => searchRef.current?.focus() },
    { keys: ['['], label: 'keys.previous-day', run: () => control.setRange(shiftRange(control.scope, -1)) },
    { keys: [']'], label: 'keys.next-day', run: () => control.setRange(shiftRange(control.scope, 1)) },
    { keys: ['Ctrl+Z'], label: 'keys.undo', isOn: mayMatch, ...deciding, run: () => void undoLast() },
    { keys: ['Ctrl+Shift+Z'], label: 'keys.log', run: () => setSurface({ open: 'log' }) },
  ]);
}
