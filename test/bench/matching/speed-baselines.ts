import { DatabaseSync } from 'node:sqlite';
import { type DuckDBAppender, type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { MatchInput } from '#shared/domain/matching/types.ts';

/** Milliseconds to put the rows in and index them, and to join them; and the pairs that came out. */
export type JoinTime = { readonly loadMs: number; readonly joinMs: number; readonly pairs: number };

/**
 * The plain join both databases do: equal receipt and amount, then of what is left equal amount and day, at most 30
 * minutes before and 15 after. It knows no slip, no sum, no tie, no doubt; it is a floor of work, not the same work.
 */
const JOIN = `WITH j AS (SELECT l.id AS line, s.id AS sale FROM s JOIN l ON l.receipt = s.receipt AND l.amount = s.amount)
  SELECT count(*) AS pairs FROM (
    SELECT line, sale FROM j UNION ALL
    SELECT l.id, s.id FROM s JOIN l ON l.amount = s.amount AND l.day = s.day AND l.moment BETWEEN s.moment - 1800000 AND s.moment + 900000
     WHERE s.id NOT IN (SELECT sale FROM j) AND l.id NOT IN (SELECT line FROM j)) AS all_pairs`;

/** SQLite in memory, with the indexes that its planner asks for. */
export function joinInSqlite({ lines, sales }: MatchInput): JoinTime {
  const start = performance.now();
  const db = new DatabaseSync(':memory:');
  db.exec(`CREATE TABLE l (id INTEGER PRIMARY KEY, receipt TEXT, amount INTEGER, day TEXT, moment INTEGER);
    CREATE TABLE s (id INTEGER PRIMARY KEY, receipt TEXT, amount INTEGER, day TEXT, moment INTEGER); BEGIN`);
  const addLine = db.prepare('INSERT INTO l VALUES (?, ?, ?, ?, ?)');
  for (const { id, receipt, amountCents, day, at } of lines) addLine.run(id, receipt, amountCents, day, at);
  const addSale = db.prepare('INSERT INTO s VALUES (?, ?, ?, ?, ?)');
  for (const { id, receipt, amountCents, day, at } of sales) addSale.run(id, receipt, amountCents, day, at);
  db.exec(
    'COMMIT; CREATE INDEX l_receipt ON l (receipt, amount); CREATE INDEX l_amount ON l (amount, day, moment); ANALYZE',
  );
  const loaded = performance.now();
  const row = db.prepare(JOIN).get();
  const joined = performance.now();
  db.close();
  return { loadMs: loaded - start, joinMs: joined - loaded, pairs: Number(row?.pairs ?? 0) };
}

/** DuckDB in memory, its own threads and no indexes, as it prefers. */
export async function joinInDuckDb({ lines, sales }: MatchInput): Promise<JoinTime> {
  const start = performance.now();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const table of ['l', 's'])
    await connection.run(
      `CREATE TABLE ${table} (id INTEGER, receipt VARCHAR, amount BIGINT, day VARCHAR, moment BIGINT)`,
    );
  await fill(connection, 'l', lines);
  await fill(connection, 's', sales);
  const loaded = performance.now();
  const reader = await connection.runAndReadAll(JOIN);
  const joined = performance.now();
  const [row] = reader.getRowObjects();
  connection.closeSync();
  instance.closeSync();
  return { loadMs: loaded - start, joinMs: joined - loaded, pairs: Number(row?.pairs ?? 0) };
}

type Row = {
  readonly id: number;
  readonly receipt: string | null;
  readonly amountCents: number;
  readonly day: string;
  readonly at: number | null;
};

async function fill(connection: DuckDBConnection, table: string, rows: readonly Row[]): Promise<void> {
  const appender: DuckDBAppender = await connection.createAppender(table);
  for (const { id, receipt, amountCents, day, at } of rows) {
    appender.appendInteger(id);
    if (receipt === null) appender.appendNull();
    else appender.appendVarchar(receipt);
    appender.appendBigInt(BigInt(amountCents));
    appender.appendVarchar(day);
    if (at === null) appender.appendNull();
    else appender.appendBigInt(BigInt(at));
    appender.endRow();
  }
  appender.closeSync();
}
