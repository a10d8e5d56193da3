/**
 * Numbers from 0 for texts, in the order in which they are met. The texts lie in many small maps, by their first three
 * characters: those of a receipt tell its day, so rows in order of time find a small map that is still at hand. One
 * map of a million takes six times as long for each.
 */
export type TextNumbers = { readonly maps: Map<number, Map<string, number>>; count: number };

export function openNumbers(): TextNumbers {
  return { maps: new Map(), count: 0 };
}

/** The number of the text, −1 when it was not met. */
export function numberOf({ maps }: TextNumbers, text: string): number {
  return maps.get(startOf(text))?.get(text) ?? -1;
}

/** The number of the text at each position, −1 for null. Texts not met before get the next numbers. */
export function numberTexts(
  numbers: TextNumbers,
  count: number,
  textOf: (index: number) => string | null,
): Int32Array {
  const numberAt = new Int32Array(count).fill(-1);
  for (let index = 0; index < count; index++) {
    const text = textOf(index);
    if (text !== null) numberAt[index] = addText(numbers, text);
  }
  return numberAt;
}

function addText(numbers: TextNumbers, text: string): number {
  const start = startOf(text);
  let map = numbers.maps.get(start);
  if (map === undefined) {
    map = new Map();
    numbers.maps.set(start, map);
  }
  const known = map.get(text);
  if (known !== undefined) return known;
  map.set(text, numbers.count);
  return numbers.count++;
}

/** Six bits of each of the first three characters, which tell letters and digits apart; so the maps stay few. */
function startOf(text: string): number {
  return ((text.charCodeAt(0) & 63) << 12) | ((text.charCodeAt(1) & 63) << 6) | (text.charCodeAt(2) & 63);
}
