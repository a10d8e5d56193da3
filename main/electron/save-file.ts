import { copyFile } from 'node:fs/promises';
import { BrowserWindow, dialog, type WebContents } from 'electron';
import type { OfferedFile } from '#main/app-types.ts';
import { say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';

/** Asks where a file is to go and puts it there. Not saved when the person thinks better of it: the offer stands. */
export async function saveOfferedFile(
  page: WebContents,
  file: OfferedFile | null,
): Promise<Result<{ saved: boolean }>> {
  if (file === null) return fail('file/unknown-token', say('error.file-offer-gone'));
  const window = BrowserWindow.fromWebContents(page);
  const options = { defaultPath: file.name };
  const chosen = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options));
  if (chosen.canceled || chosen.filePath === '') return succeed({ saved: false });
  try {
    await copyFile(file.path, chosen.filePath);
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      return fail('file/not-saved', say('error.file-not-saved', { cause: String(error.code) }));
    throw error;
  }
  await file.remove();
  return succeed({ saved: true });
}
