import {
  BadgeCheck,
  Check,
  CircleHelp,
  Ellipsis,
  Hand,
  Hourglass,
  type LucideIcon,
  OctagonAlert,
  Undo2,
} from 'lucide-react';
import type { Tone as ChipTone } from '#renderer/components/Chip.tsx';
import type { LookUpView } from '#shared/ipc/look-up-channels.ts';

type Tone = LookUpView['tone'];

const TONE_ICONS: Readonly<Record<Tone, LucideIcon>> = {
  good: Check,
  likely: BadgeCheck,
  wait: Hourglass,
  bad: OctagonAlert,
  quiet: CircleHelp,
};

/** Kinds that have a sign of their own. */
const KIND_ICONS: Readonly<Record<string, LucideIcon>> = {
  'no-answer': Ellipsis,
  held: Hand,
  reversed: Undo2,
  'asked-back': Undo2,
};

/** The sign of a verdict: the colour is never the only one. */
export function verdictIcon({ kind, tone }: { kind: string; tone: Tone }): LucideIcon {
  return KIND_ICONS[kind] ?? TONE_ICONS[tone];
}

const CHIP_TONES: Readonly<Record<Tone, ChipTone>> = {
  good: 'good',
  likely: 'likely',
  wait: 'open',
  bad: 'bad',
  quiet: 'quiet',
};

export function chipTone(tone: Tone): ChipTone {
  return CHIP_TONES[tone];
}

/** A kind as a sentence's choice can name it. */
export function kindWord(kind: string): string {
  return kind.replaceAll('-', '_');
}
