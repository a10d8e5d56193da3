import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import {
  type AuditDetails,
  type AuditEntry,
  canonicalJson,
  entryText,
  GENESIS,
} from '#shared/domain/audit/entry.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { Failure, Result } from '#shared/ipc/result.ts';
import type { RawDatabase } from './cipher.ts';
import type { Environment } from './ledger-file.ts';

type Bound = string | number | bigint | Buffer | null;
export type Row = Record<string, unknown>;

/** Reads. A statement that could write is refused when it is prepared. */
export type ReadDb = {
  readonly all: <R = Row>(sql: string, ...values: Bound[]) => R[];
  readonly get: <R = Row>(sql: string, ...values: Bound[]) => R | undefined;
  readonly each: <R = Row>(sql: string, ...values: Bound[]) => IterableIterator<R>;
  /** Rows as bare lists of their columns, in order: for many rows at once. */
  readonly lists: <R extends unknown[]>(sql: string, ...values: Bound[]) => R[];
};

/** Writes. Exists only inside `act`. */
export type WriteDb = ReadDb & {
  /** Returns the rows changed and the id of the last one inserted. */
  readonly run: (sql: string, ...values: Bound[]) => { changes: number; lastId: number };
  /** An entry of its own for what the act sets off elsewhere: it stands before that of the act, in the same transaction. */
  readonly note: (action: string, subject: string, details: AuditDetails) => void;
};

/** Who acts: a person in a session, on whose behalf everything is written. */
export type Actor = { readonly staffId: number; readonly session: string | null };

/** The program itself: what it takes up at its start, matches again, and notes about its own running. */
export const PROGRAM: Actor = { staffId: 0, session: null };

/** Nobody is signed in: a refused request is recorded all the same. */
export type Nobody = { readonly staffId: null; readonly session: string | null };

/** Where an entry will stand in the chain, for details that must say so. */
export type EntryPlace = Omit<AuditEntry, 'details'> & { readonly previousHash: string };

/** What a write hands back: its value, and what the audit entry says about it. */
export type Written<T> = {
  readonly value: T;
  readonly subject?: string;
  readonly details: AuditDetails | ((place: EntryPlace) => AuditDetails);
};

/** The last entry of the log. `hash` is hex. */
export type Head = { readonly seq: number; readonly hash: string };

export type Ledger = {
  readonly environment: Environment;
  readonly read: ReadDb;
  /**
   * The only way to change state: one transaction with the change and its audit entry. A failure that `write`
   * returns, or anything it throws, leaves neither.
   */
  readonly act: <T>(
    actor: Actor | Nobody,
    action: string,
    subject: string,
    write: (db: WriteDb) => Result<Written<T>>,
  ) => Result<T>;
  /** Called with the new head after each act has been committed. */
  readonly onEntry: (hear: (head: Head) => void) => void;
  readonly close: () => void;
};

type Prepare = (sql: string, shape?: 'rows' | 'lists') => Database.Statement;

/** Each SQL text is prepared once for each shape of its rows, and kept. */
function keepPrepared(db: RawDatabase): Prepare {
  const prepared = {
    rows: new Map<string, Database.Statement>(),
    lists: new Map<string, Database.Statement>(),
  };
  return (sql, shape = 'rows') => {
    const known = prepared[shape].get(sql);
    if (known) return known;
    const statement = db.prepare(sql);
    if (shape === 'lists') statement.raw(true);
    prepared[shape].set(sql, statement);
    return statement;
  };
}

/** The reading half of a connection; enough for a worker. */
export function wrapReads(db: RawDatabase, prepare = keepPrepared(db)): ReadDb {
  const reading: Prepare = (sql, shape) => {
    const statement = prepare(sql, shape);
    if (!statement.readonly) throw new Error('a read tried to write');
    return statement;
  };
  return {
    all: <R>(sql: string, ...values: Bound[]) => reading(sql).all(...values) as R[],
    get: <R>(sql: string, ...values: Bound[]) => reading(sql).get(...values) as R | undefined,
    each: <R>(sql: string, ...values: Bound[]) => reading(sql).iterate(...values) as IterableIterator<R>,
    lists: <R extends unknown[]>(sql: string, ...values: Bound[]) =>
      reading(sql, 'lists').all(...values) as R[],
  };
}

/** Wraps an open, migrated database. `now` is the clock of the audit log. */
export function wrapLedger(db: RawDatabase, environment: Environment, now: () => UtcMs): Ledger {
  const prepare = keepPrepared(db);
  const read = wrapReads(db, prepare);
  const write: Omit<WriteDb, 'note'> = {
    ...read,
    run: (sql, ...values) => {
      const done = prepare(sql).run(...values);
      return { changes: done.changes, lastId: Number(done.lastInsertRowid) };
    },
  };
  const listeners: ((head: Head) => void)[] = [];
  return {
    environment,
    read,
    act: (actor, action, subject, change) => {
      const done = runAct(db, write, now, actor, action, subject, change);
      if (!done.ok) return done;
      for (const hear of listeners) hear(done.value.head);
      return { ok: true, value: done.value.value };
    },
    onEntry: (hear) => {
      listeners.push(hear);
    },
    close: () => db.close(),
  };
}

/** Carries an expected failure out of a transaction so that it rolls back. */
class Refusal extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

function runAct<T>(
  db: RawDatabase,
  write: Omit<WriteDb, 'note'>,
  now: () => UtcMs,
  actor: Actor | Nobody,
  action: string,
  subject: string,
  change: (db: WriteDb) => Result<Written<T>>,
): Result<{ value: T; head: Head }> {
  if (db.inTransaction) throw new Error(`the act ${action} began inside another`);
  try {
    const value = db
      .transaction(() => {
        const outcome = change({
          ...write,
          note: (noted, about, details) => {
            appendEntry(write, { ...actor, at: now(), action: noted, subject: about }, details);
          },
        });
        if (!outcome.ok) throw new Refusal(outcome.error);
        const about = { ...actor, at: now(), action, subject: outcome.value.subject ?? subject };
        return { value: outcome.value.value, head: appendEntry(write, about, outcome.value.details) };
      })
      .immediate();
    return { ok: true, value };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.failure };
    throw error;
  }
}

function appendEntry(
  db: Omit<WriteDb, 'note'>,
  about: Omit<AuditEntry, 'seq' | 'details'>,
  facts: Written<unknown>['details'],
): Head {
  const last = db.get<{ seq: number; hash: Buffer }>(
    'SELECT seq, hash FROM audit_entries ORDER BY seq DESC LIMIT 1',
  );
  const previousHash = last?.hash.toString('hex') ?? GENESIS;
  const { staffId, session, at, action, subject } = about;
  const place = { seq: (last?.seq ?? 0) + 1, at, staffId, session, action, subject };
  const details = canonicalJson(typeof facts === 'function' ? facts({ ...place, previousHash }) : facts);
  const hash = createHash('sha256')
    .update(entryText({ ...place, details }, previousHash))
    .digest();
  db.run(
    `INSERT INTO audit_entries (seq, at, staff_id, session, action, subject, details, prev_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    place.seq,
    at,
    staffId,
    session,
    action,
    subject,
    details,
    Buffer.from(previousHash, 'hex'),
    hash,
  );
  return { seq: place.seq, hash: hash.toString('hex') };
}
