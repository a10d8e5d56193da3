/** A customer as the counter may see them: initials, enough to ask "are you A. W.?" and not enough to tell who it is. */
export function initialsOf(name: string | null): string | null {
  const words = (name ?? '').normalize('NFKC').match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? [];
  if (words.length === 0) return null;
  return words
    .slice(0, 4)
    .map((word) => `${word.charAt(0).toUpperCase()}.`)
    .join(' ');
}
