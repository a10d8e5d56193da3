/** A run of characters; `from` is where it starts. */
export type Mark = { readonly from: number; readonly text: string; readonly isDifferent: boolean };

/** Cuts what the cashier typed into runs that agree with the real receipt and runs that do not. */
export function markDifferences(typed: string, actual: string): Mark[] {
  if (typed.length !== actual.length) return [{ from: 0, text: typed, isDifferent: false }];
  const marks: Mark[] = [];
  for (let i = 0; i < typed.length; i++) {
    const isDifferent = typed[i] !== actual[i];
    const last = marks.at(-1);
    if (last?.isDifferent === isDifferent)
      marks[marks.length - 1] = { ...last, text: last.text + typed.charAt(i) };
    else marks.push({ from: i, text: typed.charAt(i), isDifferent });
  }
  return marks;
}
