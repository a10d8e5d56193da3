/** One key for one name, however it is typed: compatible forms made one, spaces and case evened out. */
export function nameKeyOf(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
