import { tidyTyped } from '#shared/domain/readable-code.ts';

/** A recovery code is eight groups of four letters and digits. */
export const GROUP_COUNT = 8;
export const GROUP_LENGTH = 4;

export const NO_GROUPS: readonly string[] = Array<string>(GROUP_COUNT).fill('');

/**
 * The groups after something was typed or pasted into the one at `index`: what does not fit goes on into the next
 * ones, and a whole code fills all of them wherever it was pasted.
 */
export function fillGroups(groups: readonly string[], index: number, typed: string): string[] {
  const code = tidyTyped(typed);
  const from = code.length >= GROUP_COUNT * GROUP_LENGTH ? 0 : index;
  return groups.map((group, i) => {
    if (i < from) return group;
    const part = code.slice((i - from) * GROUP_LENGTH, (i - from + 1) * GROUP_LENGTH);
    return part === '' && i !== index ? group : part;
  });
}

/** Where the cursor belongs after that: the first group with room from `index` on; null = all are full. */
export function nextGroup(groups: readonly string[], index: number): number | null {
  const open = groups.findIndex((group, i) => i >= index && group.length < GROUP_LENGTH);
  return open === -1 ? null : open;
}

export function isWholeCode(groups: readonly string[]): boolean {
  return groups.every((group) => group.length === GROUP_LENGTH);
}

/** The groups with their numbers, from 1, as they are shown. */
export function numberGroups(groups: readonly string[]): { number: number; text: string }[] {
  return groups.map((text, i) => ({ number: i + 1, text }));
}
