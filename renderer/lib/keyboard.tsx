import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import { describeFocus, mayAct, nameStroke } from './shortcut.ts';

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
};

/** What kind of surface the shortcuts belong to. An open dialog silences the screen and the window under it. */
export type Surface = 'window' | 'screen' | 'dialog';

type Layer = { readonly surface: Surface; readonly read: () => readonly Shortcut[] };
type Keyboard = {
  readonly register: (layer: Layer) => () => void;
  /** What every key does now, topmost surface first. */
  readonly list: () => readonly { surface: Surface; shortcuts: readonly Shortcut[] }[];
};

const KeyboardContext = createContext<Keyboard | null>(null);

/** The one keydown listener of the window. */
export function KeyboardProvider({ children }: { children: ReactNode }) {
  const layers = useRef<Layer[]>([]);
  const keyboard = useMemo<Keyboard>(
    () => ({
      register(layer) {
        layers.current = [...layers.current, layer];
        return () => {
          layers.current = layers.current.filter((other) => other !== layer);
        };
      },
      list: () =>
        [...layers.current].reverse().map((layer) => ({ surface: layer.surface, shortcuts: layer.read() })),
    }),
    [],
  );

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing) return;
      const stroke = nameStroke(event);
      if (!mayAct(stroke, describeFocus(event.target))) return;
      const shortcut = findShortcut(layers.current, stroke);
      if (shortcut === undefined) return;
      event.preventDefault();
      if (!event.repeat || shortcut.repeats === true) shortcut.run();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  return <KeyboardContext value={keyboard}>{children}</KeyboardContext>;
}

function findShortcut(layers: readonly Layer[], stroke: string): Shortcut | undefined {
  for (const layer of [...layers].reverse()) {
    const found = layer.read().find((shortcut) => shortcut.isOn !== false && shortcut.keys.includes(stroke));
    if (found !== undefined) return found;
    if (layer.surface === 'dialog') return undefined;
  }
  return undefined;
}

/** Registers the shortcuts of a surface for as long as the component is shown (and `isActive`). */
export function useShortcuts(surface: Surface, shortcuts: readonly Shortcut[], isActive = true): void {
  const { register } = useKeyboard();
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(
    () => (isActive ? register({ surface, read: () => latest.current }) : undefined),
    [register, surface, isActive],
  );
}

export function useKeyboard(): Keyboard {
  const keyboard = useContext(KeyboardContext);
  if (keyboard === null) throw new Error('shortcuts need a KeyboardProvider above them');
  return keyboard;
}
