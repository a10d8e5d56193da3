/** What a shortcut is compared with: the parts of a KeyboardEvent that matter. */
export type Stroke = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
};

/**
 * The one name of a key press: `J`, `Enter`, `Ctrl+Z`, `Ctrl+Shift+Z`, `?`, `[`. Letters are upper case whether or
 * not Caps Lock is on; Shift is named only where the character does not already say it; ⌘ counts as Ctrl.
 */
export function nameStroke(stroke: Stroke): string {
  const isLetter = /^\p{L}$/u.test(stroke.key);
  const isSymbol = stroke.key.length === 1 && !isLetter;
  const hasCtrl = stroke.ctrlKey || stroke.metaKey;
  const parts: string[] = [];
  if (hasCtrl) parts.push('Ctrl');
  if (stroke.altKey) parts.push('Alt');
  if (stroke.shiftKey && !isSymbol) parts.push('Shift');
  parts.push(isLetter ? stroke.key.toUpperCase() : stroke.key === ' ' ? 'Space' : stroke.key);
  return parts.join('+');
}

export type Where = {
  /** A text field, or anything else that takes what is typed. */
  readonly isField: boolean;
  /** A button, link or the like, which has its own meaning for Enter and Space. */
  readonly isPressable: boolean;
  /** An open menu, list box or calendar, which has its own meaning for arrows, Enter and letters. */
  readonly isOwnWidget: boolean;
};

/** Whether a shortcut may act with the focus where it is: never instead of what the focused element does itself. */
export function mayAct(stroke: string, where: Where): boolean {
  if (where.isField || where.isOwnWidget) return false;
  return !(where.isPressable && (stroke === 'Enter' || stroke === 'Space'));
}

const FIELDS =
  'input:not([type=checkbox],[type=radio],[type=button],[type=submit]),textarea,select,[contenteditable=true]';
const PRESSABLES = 'button,a[href],summary,[role=button],[role=tab],[role=checkbox],input';
const OWN_WIDGETS = '[role=menu],[role=listbox],[role=combobox],[role=radiogroup],[data-own-keys]';

export function describeFocus(target: EventTarget | null): Where {
  if (!(target instanceof Element)) return { isField: false, isPressable: false, isOwnWidget: false };
  return {
    isField: target.closest(FIELDS) !== null,
    isPressable: target.closest(PRESSABLES) !== null,
    isOwnWidget: target.closest(OWN_WIDGETS) !== null,
  };
}
