import type { ReadDb, WriteDb } from '../ledger.ts';
import { seal, unseal } from './sealed.ts';

export type Attachment = {
  readonly kind: 'image/jpeg' | 'image/png' | 'application/pdf';
  readonly size: number;
  readonly sha256: string;
};

/** Seals a file under a key of its own, so that erasing it leaves the reversal whole. */
export function insertAttachment(
  db: WriteDb,
  reversalId: number,
  { kind, size, sha256, content }: Attachment & { readonly content: Buffer },
): void {
  db.run(
    'INSERT INTO reversal_attachments (reversal_id, kind, size, sha256, content) VALUES (?, ?, ?, ?, ?)',
    reversalId,
    kind,
    size,
    sha256,
    JSON.stringify(seal(db, `reversal-attachment:${reversalId}`, content.toString('base64'))),
  );
}

/** What is attached, without its content; null = nothing. */
export function findAttachment(db: ReadDb, reversalId: number): Attachment | null {
  return (
    db.get<Attachment>(
      'SELECT kind, size, sha256 FROM reversal_attachments WHERE reversal_id = ?',
      reversalId,
    ) ?? null
  );
}

/** The file itself; null where there is none or its key has been erased. */
export function openAttachment(db: ReadDb, reversalId: number): Buffer | null {
  const row = db.get<{ content: string }>(
    'SELECT content FROM reversal_attachments WHERE reversal_id = ?',
    reversalId,
  );
  const text = row === undefined ? null : unseal(db, JSON.parse(row.content));
  return text === null ? null : Buffer.from(text, 'base64');
}
