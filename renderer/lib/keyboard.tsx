import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import { describeFocus, findShortcut, mayAct, nameStroke, type Shortcut, type Surface } from './shortcut.ts';

export type { Shortcut, Surface };

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
      const isFree = mayAct(stroke, describeFocus(event.target));
      const shortcut = findShortcut(
        layers.current.map((layer) => ({ surface: layer.surface, shortcuts: layer.read() })),
        stroke,
        isFree,
      );
      if (shortcut === undefined) return;
      event.preventDefault();
      if (!event.repeat || shortcut.repeats === true) shortcut.run();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  return <KeyboardContext value={keyboard}>{children}</KeyboardContext>;
}

/**
 * Registers the shortcuts of a surface for as long as the component is shown (and `isActive`). Layout effects: a
 * dialog that has left the page must not swallow the next key, however busy the page is.
 */
export function useShortcuts(surface: Surface, shortcuts: readonly Shortcut[], isActive = true): void {
  const { register } = useKeyboard();
  const latest = useRef(shortcuts);
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  useLayoutEffect(
    () => (isActive ? register({ surface, read: () => latest.current }) : undefined),
    [register, surface, isActive],
  );
}

export function useKeyboard(): Keyboard {
  const keyboard = useContext(KeyboardContext);
  if (keyboard === null) throw new Error('shortcuts need a KeyboardProvider above them');
  return keyboard;
}
