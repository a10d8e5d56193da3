/** What a benchmark answers: figures for a machine, a text for a reader, and whether its targets are met. */
export type BenchAnswer = { readonly figures: unknown; readonly text: string; readonly areMet: boolean };

/** One benchmark: takes its own arguments from the command line. */
export type Bench = (args: readonly string[]) => Promise<BenchAnswer>;

/** The value after `--name`, or the default. Throws when it is not a number. */
export function numberOption(args: readonly string[], name: string, usual: number): number {
  const text = textOption(args, name);
  if (text === undefined) return usual;
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isFinite(value)) throw new Error(`--${name} needs a number, not ${text}`);
  return value;
}

/** The value after `--name`, if it is there. */
export function textOption(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(`--${name}`);
  return at === -1 ? undefined : args[at + 1];
}
