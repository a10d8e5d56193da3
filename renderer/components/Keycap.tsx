import styles from './Keycap.module.css';

/** What is printed on the keys of most keyboards. */
const SIGNS: Readonly<Record<string, string>> = {
  Enter: '↵',
  Backspace: '⌫',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
};

/** A key as people see it on the keyboard; `stroke` is its name in the keyboard map, such as `Ctrl+Z`. */
export function Keycap({ stroke }: { stroke: string }) {
  const parts = stroke === '+' ? ['+'] : stroke.split('+');
  return <kbd className={styles.keycap}>{parts.map((part) => SIGNS[part] ?? part).join(' ')}</kbd>;
}
