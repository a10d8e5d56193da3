import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CSV_HEAD, toCsvLine } from '#shared/domain/audit/csv-line.ts';
import { openEncrypted } from '../../db/cipher.ts';
import { wrapReads } from '../../db/ledger.ts';
import { selectAuditLog } from '../../db/queries/audit-log.ts';
import type { ExportNews, Jobs } from '../protocol.ts';

const ENTRIES_A_TURN = 2_000;

/**
 * Writes the log into a file for a person: as JSON lines that anybody can verify, or as a table that Excel opens. No
 * name or phone is in it: what the log holds of them is sealed. A file that was not finished is removed.
 */
export async function* exportAudit(input: Jobs['export-audit']['input']): AsyncGenerator<ExportNews> {
  const { access, path, format, to } = input;
  const db = openEncrypted(access.path, Buffer.from(access.key), { readonly: true });
  const file = openSync(path, 'wx', 0o600);
  let isWhole = false;
  try {
    let [entries, text] = [0, format === 'csv' ? CSV_HEAD : ''];
    for (const entry of selectAuditLog(wrapReads(db))) {
      if (entry.seq > to) break;
      text += format === 'csv' ? toCsvLine(entry) : `${JSON.stringify(entry)}\n`;
      entries += 1;
      if (entries % ENTRIES_A_TURN !== 0) continue;
      writeSync(file, text);
      text = '';
      yield { entries, isLast: false };
      await nextTurn();
    }
    writeSync(file, text);
    isWhole = true;
    yield { entries, isLast: true };
  } finally {
    closeSync(file);
    db.close();
    if (!isWhole) rmSync(path, { force: true });
  }
}
