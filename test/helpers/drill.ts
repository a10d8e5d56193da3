import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '#main/app-types.ts';
import { openEncrypted, type RawDatabase } from '#main/db/cipher.ts';
import type { Cents } from '#shared/domain/money.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { smallSales, smallStatement } from '#test/fixtures/small-day.ts';
import { ask, finishFirstRun, OWNER, SHOP } from './first-run.ts';
import { unwrap } from './results.ts';
import { validInputs } from './valid-inputs.ts';

/** What a ledger holds, whole: for comparing two of them row by row. */
export type Books = {
  /** Every table but the log: its rows as JSON, in one order. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
  /** The log from its first entry, hashes and all. */
  readonly log: readonly string[];
};

/** Goes through the first run and does some work: files, matches, a typed sale, a clerk. Returns the recovery code. */
export async function fillShop(app: App, folder: string): Promise<string> {
  const { code, recoveryCodes } = await finishFirstRun(app, { withTotp: true });
  const payments = Array.from({ length: 40 }, (_, n) => ({
    receipt: `TEST${String(n).padStart(6, '0')}`,
    time: `09:${String(n).padStart(2, '0')}:00`,
    amount: 100 + n,
  }));
  const sales = payments.slice(0, 30).map(({ receipt, time, amount }, n) => ({
    reference: `S-${n}`,
    time,
    amount,
    ...(n % 2 === 0 ? { receipt } : {}),
  }));
  await bringIn(app, join(folder, 'statement.csv'), smallStatement(payments));
  await bringIn(app, join(folder, 'sales.csv'), smallSales(sales));
  const typed = {
    ...validInputs['sale:add'],
    day: '2026-03-14' as BusinessDay,
    at: null,
    receipt: null,
    amountCents: 500_000 as Cents,
    customer: 'Zawadi',
  };
  unwrap(await ask(app, 'sale:add', typed));
  unwrap(await ask(app, 'settings:save', { shopName: `${SHOP.shopName} II` }));
  const { password } = OWNER;
  unwrap(await ask(app, 'access:confirm', { password, code: recoveryCodes[0] ?? null }));
  unwrap(await ask(app, 'staff:add', { name: 'Njeri', role: 'clerk' }));
  return code;
}

async function bringIn(app: App, path: string, content: string): Promise<void> {
  writeFileSync(path, content);
  const { token } = unwrap(await app.admitFile('main', path));
  let job = unwrap(await ask(app, 'import:start', { token, kind: 'auto' }));
  while (job.state === 'running') {
    await wait(20);
    job = unwrap(await ask(app, 'job:show', { jobId: job.id }));
  }
  if (job.state !== 'done') throw new Error(`${path} was not brought in: ${JSON.stringify(job)}`);
}

/** Reads a closed ledger from its file. */
export function readBooks(path: string, key: Buffer): Books {
  const db = openEncrypted(path, key, { readonly: true });
  try {
    return { tables: readTables(db), log: rowsOf(db, 'audit_entries') };
  } finally {
    db.close();
  }
}

function readTables(db: RawDatabase): Record<string, string[]> {
  const names = db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
    .pluck()
    .all() as string[];
  return Object.fromEntries(
    names.filter((name) => name !== 'audit_entries').map((name) => [name, rowsOf(db, name).sort()]),
  );
}

function rowsOf(db: RawDatabase, table: string): string[] {
  // The name comes from the schema itself, and a name cannot be bound.
  const all = db.prepare(`SELECT * FROM "${table}"`).raw(true);
  return (all.all() as unknown[][]).map((row) =>
    JSON.stringify(row.map((value) => (Buffer.isBuffer(value) ? value.toString('hex') : value))),
  );
}
