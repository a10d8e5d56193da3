import { randomInt } from 'node:crypto';

const CONSONANTS = 'bdfghjklmnprstvwyz';
const VOWELS = 'aeiou';
const GROUPS = 3;
const SYLLABLES = 3;

/**
 * A password that is read out or copied once: `tamoki-sudela-binogu`. Syllables as English and Swahili have them, none
 * of whose letters is taken for another; 58 random bits.
 */
export function makeStartingPassword(): string {
  return Array.from({ length: GROUPS }, makeGroup).join('-');
}

function makeGroup(): string {
  return Array.from({ length: SYLLABLES }, () => pick(CONSONANTS) + pick(VOWELS)).join('');
}

function pick(letters: string): string {
  return letters.charAt(randomInt(letters.length));
}
