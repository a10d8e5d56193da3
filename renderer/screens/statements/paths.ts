import { paths } from '#renderer/app/routes.ts';
import type { ImportView } from '#shared/ipc/views.ts';

/** The address of one imported file, on the screen of its kind. */
export function importPath(kind: ImportView['kind'], importId: number): string {
  return `${kind === 'statement' ? paths.statements : paths.sales}/files/${importId}`;
}

/** The lines that a newer file changed or lacks, sales among them. */
export const REVIEWS_PATH = `${paths.statements}/reviews`;

/** The id in an address, or null when it holds none. */
export function readImportId(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
