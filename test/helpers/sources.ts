import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type Import = { readonly specifier: string; readonly isType: boolean; readonly isDynamic: boolean };
/** A node of the syntax tree, as far as the tests look. */
export type Node = { readonly type: string; readonly [key: string]: unknown };
export type Source = {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
  readonly program: Node;
};

/** Every source file below the folders named, parsed. */
export function readSources(folders: readonly string[]): Source[] {
  return folders.flatMap((folder) => filesUnder(join(ROOT, folder)).filter(isSource).map(readSource));
}

export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

export function toProjectPath(file: string): string {
  return relative(ROOT, file).split(sep).join('/');
}

function isSource(file: string): boolean {
  return /\.(ts|tsx|js|cjs|mjs)$/.test(file);
}

function readSource(file: string): Source {
  const text = readFileSync(file, 'utf8');
  const parsed = parseSync(file, text);
  if (parsed.errors.length > 0) throw new Error(`${file}: ${parsed.errors[0]?.message}`);
  const imports: Import[] = [];
  for (const each of parsed.module.staticImports) {
    const isType = each.entries.length > 0 && each.entries.every((entry) => entry.isType);
    imports.push({ specifier: each.moduleRequest.value, isType, isDynamic: false });
  }
  for (const each of parsed.module.staticExports.flatMap((statement) => statement.entries)) {
    if (each.moduleRequest !== null) {
      imports.push({ specifier: each.moduleRequest.value, isType: each.isType, isDynamic: false });
    }
  }
  for (const each of parsed.module.dynamicImports) {
    const written = text.slice(each.moduleRequest.start, each.moduleRequest.end);
    imports.push({
      specifier: /^['"](.*)['"]$/.exec(written)?.[1] ?? written,
      isType: false,
      isDynamic: true,
    });
  }
  return { path: toProjectPath(file), text, imports, program: parsed.program as unknown as Node };
}

/** The project file that an import names, or null when it names a package. */
export function resolveImport(from: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (!specifier.startsWith('.')) return null;
  return posix.normalize(posix.join(dirname(from), specifier)).replace(/\?.*$/, '');
}

/** The package of an import: `react-dom/client` → `react-dom`, `node:fs` → `node:fs`. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

/** Every node below this one, itself included. */
export function* nodesIn(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && typeof value.type === 'string') yield value as Node;
  for (const part of Object.values(value)) yield* nodesIn(part);
}
