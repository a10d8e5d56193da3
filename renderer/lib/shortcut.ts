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
  /** A button, link or the like, which has its own meaning for Enter. */
  readonly takesEnter: boolean;
  /** The same, or a box to tick, which has its own meaning for Space. */
  readonly takesSpace: boolean;
  /** An open menu, list box or calendar, which has its own meaning for arrows, Enter and letters. */
  readonly isOwnWidget: boolean;
};

/** Whether a shortcut may act with the focus where it is: never instead of what the focused element does itself. */
export function mayAct(stroke: string, where: Where): boolean {
  if (where.isField || where.isOwnWidget) return false;
  if (stroke === 'Enter') return !where.takesEnter;
  return stroke !== 'Space' || !where.takesSpace;
}

const TICK_BOXES = 'input[type=checkbox],input[type=radio]';
const FIELDS = `input:not(${TICK_BOXES},[type=button],[type=submit]),textarea,select,[contenteditable=true]`;
const PRESSABLES = 'button,a[href],summary,[role=button],[role=tab],input[type=button],input[type=submit]';
const OWN_WIDGETS = '[role=menu],[role=listbox],[role=combobox],[role=radiogroup],[data-own-keys]';

export function describeFocus(target: EventTarget | null): Where {
  if (!(target instanceof Element)) {
    return { isField: false, takesEnter: false, takesSpace: false, isOwnWidget: false };
  }
  const isPressable = target.closest(PRESSABLES) !== null;
  return {
    isField: target.closest(FIELDS) !== null,
    takesEnter: isPressable,
    takesSpace: isPressable || target.closest(TICK_BOXES) !== null,
    isOwnWidget: target.closest(OWN_WIDGETS) !== null,
  };
}

/** One thing a key does. `label` is a text id: the help dialog shows it. */
export type Shortcut = {
  /** Names as `nameStroke` gives them; the first is the one shown. */
  readonly keys: readonly [string, ...string[]];
  readonly label: string;
  readonly run: () => void;
  /** False = the key does nothing now (and is still shown in the help). */
  readonly isOn?: boolean;
  /** Acts again while the key is held down: for moving, never for deciding. */
  readonly repeats?: boolean;
  /** Works, but would only make the help longer. */
  readonly isHidden?: boolean;
  /** Acts in fields and under dialogs too: for what must never wait, such as locking the window. */
  readonly isEverywhere?: boolean;
};

/** What kind of surface the shortcuts belong to. An open dialog silences the screen and the window under it. */
export type Surface = 'window' | 'screen' | 'dialog';

/**
 * What a key press does, topmost surface first. `isFree` = nothing in focus wants the key for itself; an open dialog
 * covers what lies under it. Neither stops a shortcut that acts everywhere.
 */
export function findShortcut(
  layers: readonly { readonly surface: Surface; readonly shortcuts: readonly Shortcut[] }[],
  stroke: string,
  isFree: boolean,
): Shortcut | undefined {
  let isCovered = false;
  for (const { surface, shortcuts } of [...layers].reverse()) {
    const mayRun = (shortcut: Shortcut) => shortcut.isEverywhere === true || (isFree && !isCovered);
    const found = shortcuts.find(
      (shortcut) => shortcut.isOn !== false && shortcut.keys.includes(stroke) && mayRun(shortcut),
    );
    if (found !== undefined) return found;
    if (surface === 'dialog') isCovered = true;
  }
  return undefined;
}
