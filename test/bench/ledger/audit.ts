import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openEncrypted } from '#main/db/cipher.ts';
import { type ReadDb, wrapReads } from '#main/db/ledger.ts';
import { migrate } from '#main/db/migrate.ts';
import { selectAuditLog } from '#main/db/queries/audit-log.ts';
import { checkChain, entryText, GENESIS } from '#shared/domain/audit/entry.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { type Bench, numberOption } from '#test/bench/bench.ts';
import { inFolder, median, round, tableRow } from './measure.ts';

/** The bound: at most twice the time of reading the same rows and hashing each once. */
const MOST_TIMES = 2;
const RUNS = 3;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Verifying an audit log, beside reading its rows and hashing each of them once, in the same encrypted ledger. */
export const bench: Bench = async (args) => {
  const most = numberOption(args, 'lines', 1_000_000);
  const sizes = [];
  for (const entries of [10_000, 100_000, 1_000_000])
    if (entries <= most) sizes.push(await measureLog(entries));
  const largest = sizes.at(-1);
  return {
    figures: { sizes },
    text: [
      tableRow('entries', 'read+hash s', 'verify s', 'times', 'bound'),
      ...sizes.map((size) =>
        tableRow(size.entries, size.plainSeconds, size.verifySeconds, size.times, MOST_TIMES),
      ),
    ].join('\n'),
    areMet: largest !== undefined && largest.times <= MOST_TIMES,
  };
};

function measureLog(entries: number) {
  return inFolder(async (folder) => {
    const db = openEncrypted(join(folder, 'ledger.db'), Buffer.alloc(32, 7), { readonly: false });
    migrate(db);
    fillLog(db, entries);
    const read = wrapReads(db);
    const [plain, own]: [number[], number[]] = [[], []];
    for (let run = 0; run < RUNS; run++) {
      plain.push(seconds(() => hashEach(read)));
      own.push(
        seconds(() => {
          const proof = checkChain(selectAuditLog(read), sha256);
          if (!proof.ok || proof.entries !== entries)
            throw new Error('the log that was written is not proved');
        }),
      );
    }
    db.close();
    const [plainSeconds, verifySeconds] = [median(plain), median(own)];
    return {
      entries,
      plainSeconds: round(plainSeconds),
      verifySeconds: round(verifySeconds),
      times: round(verifySeconds / plainSeconds),
    };
  });
}

/** Entries as an import writes them, chained, in one transaction: only reading them is measured. */
function fillLog(db: ReturnType<typeof openEncrypted>, entries: number): void {
  const insert = db.prepare(
    `INSERT INTO audit_entries (seq, at, staff_id, session, action, subject, details, prev_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const session = 'a'.repeat(64);
  const details = '{"changed":0,"known":0,"new":1000,"refused":0,"totalCents":181229114,"warnings":0}';
  db.transaction(() => {
    let previous = GENESIS;
    for (let seq = 1; seq <= entries; seq++) {
      const entry = {
        seq,
        at: (1_790_000_000_000 + seq) as UtcMs,
        staffId: 1,
        session,
        action: 'import.rows',
      };
      const subject = `import:${seq % 977}`;
      const hash = sha256(entryText({ ...entry, subject, details }, previous));
      const hashes = [Buffer.from(previous, 'hex'), Buffer.from(hash, 'hex')];
      insert.run(seq, entry.at, 1, session, entry.action, subject, details, ...hashes);
      previous = hash;
    }
  })();
}

/** The baseline: every column of every row read, and one hash over what it holds. */
function hashEach(db: ReadDb): void {
  const rows = db.each<Record<string, string | number | Buffer | null>>(
    'SELECT seq, at, staff_id, session, action, subject, details, prev_hash, hash FROM audit_entries ORDER BY seq',
  );
  for (const row of rows)
    sha256(`${row.seq}${row.at}${row.session}${row.action}${row.subject}${row.details}`);
}

function seconds(work: () => void): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1_000;
}
