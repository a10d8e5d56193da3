import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { auditCrypto, makeSeed, publicKeyOf, signWith } from '#main/audit/ed25519.ts';
import { openEncrypted } from '#main/db/cipher.ts';
import { type ReadDb, wrapReads } from '#main/db/ledger.ts';
import { migrate } from '#main/db/migrate.ts';
import { selectAuditLog } from '#main/db/queries/audit-log.ts';
import { listEntries } from '#main/services/audit/list-entries.ts';
import { canonicalJson, entryText, GENESIS } from '#shared/domain/audit/entry.ts';
import { sealText, type UnsignedEnd } from '#shared/domain/audit/epoch.ts';
import { verifyLog } from '#shared/domain/audit/verify.ts';
import { businessDayOf, type UtcMs } from '#shared/domain/time.ts';
import { auditArea } from '#shared/ipc/audit-channels.ts';
import type { Input } from '#shared/ipc/contract.ts';
import { type Bench, numberOption } from '#test/bench/bench.ts';
import { inFolder, median, round, tableRow } from './measure.ts';

/** The bound: at most twice the time of reading the same rows and hashing each once. */
const MOST_TIMES = 2;
/** A page of the audit screen, whatever it is narrowed to. */
const MOST_PAGE_MS = 100;
const RUNS = 3;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** When the first entry was written. */
const FIRST_AT = 1_790_000_000_000;
/** An hour of a busy shop. */
const ENTRIES_AN_EPOCH = 500;

/** Verifying an audit log and all its signatures, beside reading its rows and hashing each of them once, in the same encrypted ledger. */
export const bench: Bench = async (args) => {
  const most = numberOption(args, 'lines', 1_000_000);
  const sizes = [];
  for (const entries of [10_000, 100_000, 1_000_000])
    if (entries <= most) sizes.push(await measureLog(entries));
  const largest = sizes.at(-1);
  return {
    figures: { sizes },
    text: [
      tableRow('entries', 'read+hash s', 'verify s', 'times', 'bound', 'page ms', 'bound'),
      ...sizes.map((size) =>
        tableRow(
          size.entries,
          size.plainSeconds,
          size.verifySeconds,
          size.times,
          MOST_TIMES,
          size.slowestPageMs,
          MOST_PAGE_MS,
        ),
      ),
    ].join('\n'),
    areMet: largest !== undefined && largest.times <= MOST_TIMES && largest.slowestPageMs <= MOST_PAGE_MS,
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
          const verdict = verifyLog(selectAuditLog(read), auditCrypto, { head: null, rootFingerprint: null });
          if (!verdict.ok || verdict.entries !== entries || verdict.epochs === 0)
            throw new Error('the log that was written is not proved');
        }),
      );
    }
    const pages = measurePages(read);
    db.close();
    const [plainSeconds, verifySeconds] = [median(plain), median(own)];
    return {
      entries,
      plainSeconds: round(plainSeconds),
      verifySeconds: round(verifySeconds),
      times: round(verifySeconds / plainSeconds),
      pages,
      slowestPageMs: Math.max(...Object.values(pages)),
    };
  });
}

const EVERYTHING: Input<'audit:list'> = {
  search: '',
  staffId: null,
  areas: [],
  subject: null,
  from: null,
  to: null,
  after: null,
  limit: 100,
};

/** The first page of each kind of look, and one in the middle of the log, in milliseconds. */
function measurePages(read: ReadDb): Record<string, number> {
  const middle = Math.floor((read.get<{ n: number }>('SELECT max(seq) AS n FROM audit_entries')?.n ?? 0) / 2);
  const looks: Record<string, Partial<Input<'audit:list'>>> = {
    newest: {},
    middle: { after: `${FIRST_AT + middle}:${middle}` },
    person: { staffId: 1 },
    area: { areas: ['audit'] },
    'every area': { areas: auditArea.options },
    nobody: { staffId: 9 },
    thing: { subject: 'import:3' },
    'a word that is rare': { search: 'nothing-has-this' },
    'a day': { from: businessDayOf(FIRST_AT as UtcMs), to: businessDayOf(FIRST_AT as UtcMs) },
  };
  const times = Object.entries(looks).map(([name, look]) => {
    const runs = Array.from({ length: RUNS }, () =>
      seconds(() => {
        const page = listEntries({ ledger: { read } }, { ...EVERYTHING, ...look });
        if (!page.ok) throw new Error(page.error.code);
      }),
    );
    return [name, round(median(runs) * 1_000)];
  });
  return Object.fromEntries(times);
}

/** Entries as an import writes them, chained, in one transaction: only reading them is measured. */
function fillLog(db: ReturnType<typeof openEncrypted>, entries: number): void {
  const insert = db.prepare(
    `INSERT INTO audit_entries (seq, at, staff_id, session, action, subject, details, prev_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const session = 'a'.repeat(64);
  const details = '{"changed":0,"known":0,"new":1000,"refused":0,"totalCents":181229114,"warnings":0}';
  const seed = makeSeed();
  db.transaction(() => {
    let previous = GENESIS;
    for (let seq = 1; seq <= entries; seq++) {
      const at = (FIRST_AT + seq) as UtcMs;
      const isEnd = seq % ENTRIES_AN_EPOCH === 0;
      const place = { seq, at, staffId: 1, session, ...(isEnd ? endOf(seq) : rowsOf(seq)) };
      const entry = isEnd ? { ...place, details: sealDetails(place, seed, previous) } : { ...place, details };
      const hash = sha256(entryText(entry, previous));
      const hashes = [Buffer.from(previous, 'hex'), Buffer.from(hash, 'hex')];
      insert.run(seq, at, 1, session, entry.action, entry.subject, entry.details, ...hashes);
      previous = hash;
    }
  })();
}

function rowsOf(seq: number) {
  return { action: 'import.rows', subject: `import:${seq % 977}` };
}

function endOf(seq: number) {
  return { action: seq === ENTRIES_AN_EPOCH ? 'audit.begun' : 'audit.epoch', subject: 'audit' };
}

/** The same key for every epoch: what is measured is that each signature is checked. */
function sealDetails(place: Omit<UnsignedEnd, 'end'>, seed: Buffer, previous: string): string {
  const key = publicKeyOf(seed);
  const epoch = place.seq / ENTRIES_AN_EPOCH;
  const end = { epoch, reason: 'hour', next: key, root: epoch === 1 ? key : null };
  return canonicalJson({ ...end, signature: signWith(seed, sealText({ ...place, end }, previous)) });
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
