/** One line of a before/after comparison; null where a side does not have the field. */
export type ChangedField = {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly isChanged: boolean;
};

/** Both sides of a review laid beside each other, changed fields first, otherwise in their own order. */
export function compareFields(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): ChangedField[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const fields = names.map((name) => {
    const left = Object.hasOwn(before, name) ? (before[name] ?? null) : null;
    const right = Object.hasOwn(after, name) ? (after[name] ?? null) : null;
    return { name, before: left, after: right, isChanged: left !== right };
  });
  return [...fields.filter((field) => field.isChanged), ...fields.filter((field) => !field.isChanged)];
}
