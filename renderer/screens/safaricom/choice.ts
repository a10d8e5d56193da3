/** A code as a sentence can choose by it: `look-up-operator` → `look_up_operator`. */
export function choice(code: string): string {
  return code.replaceAll('-', '_');
}
