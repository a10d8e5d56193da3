import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Chip.module.css';

export type Tone = 'good' | 'likely' | 'open' | 'bad' | 'quiet';

type Props = { tone: Tone; icon?: LucideIcon; children: ReactNode; title?: string };

/** A state in a word, with a sign and a colour that agree with it. */
export function Chip({ tone, icon: Icon, children, title }: Props) {
  return (
    <span className={`${styles.chip} ${styles[tone] ?? ''}`} {...(title === undefined ? {} : { title })}>
      {Icon !== undefined && <Icon size={13} aria-hidden />}
      {children}
    </span>
  );
}
