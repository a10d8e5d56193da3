import type { CredentialKind } from '#shared/domain/daraja/product.ts';
import type { Message } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '../ledger.ts';

export type CredentialState = 'untried' | 'working' | 'refused';
export type CredentialForm = 'plain' | 'ready-made';

/** What the books know of a secret that the keychain holds. Never the secret. */
export type CredentialRow = {
  readonly shortCode: string;
  readonly kind: CredentialKind;
  /** The operator's user name; null for what has none. */
  readonly name: string | null;
  /** Tells one pair of consumer key and secret from another, and says nothing of either. */
  readonly keyMark: string | null;
  readonly form: CredentialForm;
  readonly setAt: UtcMs;
  readonly setBy: number;
  readonly setByName: string;
  readonly dueAt: UtcMs;
  readonly state: CredentialState;
  readonly stateAt: UtcMs | null;
  /** Why it stands so, in words; null where nothing is known. */
  readonly why: Message | null;
};

type SqlRow = Omit<CredentialRow, 'why'> & { readonly why: string | null };

/** Those of one short code, or of all. */
export function selectCredentials(db: ReadDb, shortCode: string | null = null): CredentialRow[] {
  return db
    .all<SqlRow>(
      `SELECT c.short_code AS shortCode, c.kind, c.name, c.key_mark AS keyMark, c.form, c.set_at AS setAt, c.set_by AS setBy,
              s.name AS setByName, c.due_at AS dueAt, c.state, c.state_at AS stateAt, c.state_why AS why
         FROM credentials c JOIN staff s ON s.id = c.set_by
        WHERE c.short_code = coalesce(?, c.short_code) ORDER BY c.short_code, c.kind`,
      shortCode,
    )
    .map((row) => ({ ...row, why: row.why === null ? null : (JSON.parse(row.why) as Message) }));
}

export function selectCredential(db: ReadDb, shortCode: string, kind: CredentialKind): CredentialRow | null {
  return selectCredentials(db, shortCode).find((row) => row.kind === kind) ?? null;
}

/** A secret that was typed: nothing is known of it yet, whatever was known of the one before. */
export function saveCredential(
  db: WriteDb,
  credential: Omit<CredentialRow, 'setByName' | 'state' | 'stateAt' | 'why'>,
): void {
  const { shortCode, kind, name, keyMark, form, setAt, setBy, dueAt } = credential;
  db.run(
    `INSERT INTO credentials (short_code, kind, name, key_mark, form, set_at, set_by, due_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (short_code, kind) DO UPDATE SET name = excluded.name, key_mark = excluded.key_mark,
       form = excluded.form, set_at = excluded.set_at, set_by = excluded.set_by, due_at = excluded.due_at, state = 'untried', state_at = NULL, state_why = NULL`,
    shortCode,
    kind,
    name,
    keyMark,
    form,
    setAt,
    setBy,
    dueAt,
  );
}

/** How it did when it was used. Returns false when there is no such credential. */
export function setCredentialState(
  db: WriteDb,
  shortCode: string,
  kind: CredentialKind,
  state: CredentialState,
  at: UtcMs,
  why: Message | null,
): boolean {
  return (
    db.run(
      'UPDATE credentials SET state = ?, state_at = ?, state_why = ? WHERE short_code = ? AND kind = ?',
      state,
      at,
      why === null ? null : JSON.stringify(why),
      shortCode,
      kind,
    ).changes > 0
  );
}

/** The row, and for a reversal operator what is sealed to the approvers. */
export function removeCredential(db: WriteDb, shortCode: string, kind: CredentialKind): void {
  if (kind === 'reversal-operator') db.run('DELETE FROM sealed_operators WHERE short_code = ?', shortCode);
  db.run('DELETE FROM credentials WHERE short_code = ? AND kind = ?', shortCode, kind);
}

/**
 * True when one operator is named for looking up and for sending money back: then whoever can read the keychain can
 * do both, and no approver is needed.
 */
export function sharesOperator(db: ReadDb, shortCode: string): boolean {
  return (
    db.get(
      `SELECT 1 FROM credentials a JOIN credentials b ON b.short_code = a.short_code AND lower(b.name) = lower(a.name)
        WHERE a.short_code = ? AND a.kind = 'look-up-operator' AND b.kind = 'reversal-operator'`,
      shortCode,
    ) !== undefined
  );
}
