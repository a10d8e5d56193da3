import { openAccess } from '#main/access/access.ts';
import { openPasswords } from '#main/access/passwords.ts';
import type { Ledger, WriteDb } from '#main/db/ledger.ts';
import { callByToken, stepCall } from '#main/db/queries/api-calls.ts';
import { type ReversalRow, readReversals } from '#main/db/queries/reversals.ts';
import { inventPeople } from '#main/demo/invent-people.ts';
import type { Session } from '#main/ipc/session.ts';
import { silentLog } from '#main/log/log.ts';
import type { Core } from '#main/services/core.ts';
import type { ReversalParts } from '#main/services/reversals/parts.ts';
import { takeReversalResult } from '#main/services/reversals/take-result.ts';
import { takeStatusOfReversal } from '#main/services/reversals/take-status.ts';
import { purposeOf, RELAY_PURPOSE } from '#main/services/safaricom/kept-secrets.ts';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import { openSecrets } from '#main/vault/secrets.ts';
import type { Role } from '#shared/domain/access/permissions.ts';
import { readResult } from '#shared/domain/daraja/result.ts';
import { DAY, HOUR, type UtcMs } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { openLedgerForTest } from '#test/helpers/open-ledger.ts';
import { PEOPLE } from '#test/helpers/people.ts';
import { WEAK_COST } from '#test/helpers/weak-cost.ts';
import { type Message, openWorld, type World } from './world.ts';

/** The power goes. */
export class Crash extends Error {}

/** At which entry of the log it goes, and on which side of it. */
export type CrashPoint = { readonly action: string; readonly side: 'before' | 'after' };

export type Books = {
  readonly parts: ReversalParts;
  readonly world: World;
  readonly pass: (ms: number) => void;
  readonly session: (role: Role) => Session;
  /** The next act of that name is the last one. */
  readonly crashAt: (point: CrashPoint | null) => void;
  readonly addPayment: () => { readonly id: number; readonly receipt: string };
  readonly deliver: (message: Message) => void;
  /** A statement of everything until now. */
  readonly addStatement: () => void;
  /** Until when statements tell. */
  readonly coveredTo: () => UtcMs;
  readonly all: () => ReversalRow[];
};

const NUMBER = '765432';
const START = Date.UTC(2026, 10, 20, 7) as UtcMs;
/** Any 344 letters: what is encrypted elsewhere goes out as it was pasted. */
const CREDENTIAL = 'A'.repeat(344);

/** Books of their own with people, a set-up and a Safaricom in memory; the real services over the real ledger. */
export async function openBooks(watchSend: (token: string, receipt: string) => void): Promise<Books> {
  let at: number = START;
  const now = () => at as UtcMs;
  const real = await openLedgerForTest(now);
  let fuse: CrashPoint | null = null;
  const act: Ledger['act'] = (actor, action, subject, change) => {
    const isHere = fuse?.action === action;
    if (isHere && fuse?.side === 'before') throw new Crash(action);
    const done = real.act(actor, action, subject, change);
    if (isHere && done.ok) throw new Crash(action);
    return done;
  };
  const ledger = { ...real, act };
  const core: Core = {
    ledger,
    now,
    tell: () => undefined,
    log: silentLog,
    audit: {
      alarm: () => null,
      closeEpoch: async () => ({ ok: false, problem: 'unsigned' }),
    } as unknown as Core['audit'],
    workers: {} as Core['workers'],
  };
  const access = openAccess({
    host: 'cli',
    read: real.read,
    now,
    ticks: () => at,
    passwords: openPasswords(WEAK_COST),
  });
  await inventPeople(core, access, { staffId: 1, session: null }, Object.values(PEOPLE));
  const write = (change: (db: WriteDb) => unknown): void => {
    const written = real.act({ staffId: 1, session: null }, 'test.prepared', 'test', (db) => {
      change(db);
      return succeed({ value: undefined, details: {} });
    });
    if (!written.ok) throw new Error(written.error.code);
  };
  write((db) => prepare(db, now()));
  const secrets = openSecrets(openMemoryVault(), real.file.id);
  await secrets.write(purposeOf(NUMBER, 'app'), JSON.stringify({ key: 'key', secret: 'secret' }));
  await secrets.write(
    purposeOf(NUMBER, 'look-up-operator'),
    JSON.stringify({ name: 'look', securityCredential: CREDENTIAL }),
  );
  const hex = (length: number) => 'ab'.repeat(length / 2);
  await secrets.write(RELAY_PURPOSE, JSON.stringify({ path: hex(32), boxKey: hex(64), signSeed: hex(64) }));
  const world = openWorld(now, watchSend);
  const parts: ReversalParts = {
    core,
    line: world.line,
    secrets,
    pause: async () => false,
    finish: (work) => work,
    access,
    openOperator: async () => succeed({ name: 'back', securityCredential: CREDENTIAL }),
  };
  let serial = 0;
  const idOf = (role: Role) =>
    real.read.get<{ id: number }>('SELECT id FROM staff WHERE name = ?', PEOPLE[role].name)?.id ?? 0;
  return {
    parts,
    world,
    pass: (ms) => {
      at += ms;
      // Whoever waits for the relay would see this anyway.
      write((db) => db.run('UPDATE relay_pairing SET reached_at = ?', at));
    },
    session: (role) => ({
      id: role,
      staffId: idOf(role),
      name: PEOPLE[role].name,
      role,
      window: 'main',
      confirmedUntil: null,
    }),
    crashAt: (point) => {
      fuse = point;
    },
    addPayment: () => {
      const receipt = `UKP${String(serial++).padStart(7, '0')}`;
      let id = 0;
      write((db) => {
        id = insertMovement(db, {
          receipt,
          kind: 'customer-payment',
          direction: 'in',
          linked: null,
          at: now(),
        });
      });
      return { id, receipt };
    },
    deliver: ({ kind, token, body }) => {
      const result = kind === 'result' ? readResult(body) : null;
      const done = core.ledger.act({ staffId: 0, session: null }, 'callback.taken', 'callback', (db) => {
        const call = callByToken(db, token);
        // A token that nobody issued, or a call that never went out: kept and believed in nothing.
        if (call === null || call.state === 'not-sent') return succeed({ value: undefined, details: {} });
        if (result === null) {
          stepCall(db, call.id, { state: 'timed-out', at: now() });
          return succeed({ value: undefined, details: {} });
        }
        stepCall(db, call.id, { state: 'answered', at: now(), code: result.code, text: result.text });
        const { id: callId, shortCode, subject, product } = call;
        const request = JSON.parse(call.request) as Record<string, unknown>;
        const answer = { callId, callbackId: 0, shortCode, subject, request, result, at: now() };
        if (product === 'reversal') takeReversalResult(db, answer);
        else takeStatusOfReversal(db, answer);
        return succeed({ value: undefined, details: {} });
      });
      if (!done.ok) throw new Error(done.error.code);
    },
    coveredTo: () =>
      real.read.get<{ to: UtcMs }>('SELECT max(covered_to) AS "to" FROM import_accounts')?.to ?? START,
    addStatement: () =>
      write((db) => {
        for (const [receipt, { ownReceipt, at: backAt }] of world.back)
          if (!db.get('SELECT 1 FROM movements WHERE receipt = ?', ownReceipt))
            insertMovement(db, {
              receipt: ownReceipt,
              kind: 'reversal',
              direction: 'out',
              linked: receipt,
              at: backAt,
            });
        cover(db, now());
      }),
    all: () =>
      readReversals(
        real.read,
        real.read.lists<[number]>('SELECT id FROM reversals ORDER BY id').map(([id]) => id),
      ),
  };
}

function prepare(db: WriteDb, at: UtcMs): void {
  db.run(`INSERT INTO tills (id, name) VALUES (1, 'Till')`);
  db.run(
    `INSERT INTO till_numbers (number, till_id, seen_in, added_at) VALUES (?, 1, 'settings', ?)`,
    NUMBER,
    at,
  );
  db.run(`INSERT INTO accounts (id, till_id, name) VALUES (1, 1, 'Utility Account')`);
  db.run(`INSERT INTO wordings (id, details_template) VALUES (1, 'Pay Bill')`);
  db.run(
    `INSERT INTO imports (id, kind, file_name, sha256, layout, state, started_at, finished_at, staff_id)
     VALUES (1, 'statement', 'a.csv', ?, 'portal', 'done', ?, ?, 1)`,
    '0'.repeat(64),
    at,
    at,
  );
  for (const kind of ['app', 'look-up-operator', 'reversal-operator'])
    db.run(
      `INSERT INTO credentials (short_code, kind, name, form, set_at, set_by, due_at, state)
       VALUES (?, ?, ?, 'ready-made', ?, 1, ?, 'working')`,
      NUMBER,
      kind,
      kind === 'reversal-operator' ? 'back' : 'look',
      at,
      at + 90 * DAY,
    );
  db.run(
    `INSERT INTO relay_pairing (one, origin, inbox, relay_key, paired_at, paired_by, reached_at)
     VALUES (1, 'https://relay.example', ?, ?, ?, 1, ?)`,
    'ab'.repeat(8),
    'ab'.repeat(32),
    at,
    at,
  );
  const limits = {
    oldestDays: null,
    dayCount: null,
    dayCents: null,
    personDayCount: null,
    personDayCents: null,
  };
  db.run(
    `INSERT INTO settings (name, value) VALUES ('reversal-limits', ?)`,
    JSON.stringify({ ...limits, mayBePart: false, notBackAfterHours: 72 }),
  );
}

function insertMovement(
  db: WriteDb,
  line: {
    readonly receipt: string;
    readonly kind: string;
    readonly direction: 'in' | 'out';
    readonly linked: string | null;
    readonly at: UtcMs;
  },
): number {
  return db.run(
    `INSERT INTO movements (till_id, receipt, direction, amount_cents, occurrence, account_id, kind, classifier_version,
       status, completed_at, time_precision, business_day, linked_receipt, wording_id, import_id)
     VALUES (1, ?, ?, 125000, 1, 1, ?, 1, 'completed', ?, 'second', '2026-11-20', ?, 1, 1)`,
    line.receipt,
    line.direction,
    line.kind,
    line.at,
    line.linked,
  ).lastId;
}

/** From the first day to now, whole. */
function cover(db: WriteDb, to: UtcMs): void {
  db.run('DELETE FROM import_accounts');
  db.run(
    `INSERT INTO import_accounts (import_id, account_id, short_code, rows, in_cents, out_cents, breaks, covered_from,
       covered_to, is_partial, not_stated) VALUES (1, 1, ?, 1, 0, 0, 0, ?, ?, 0, '')`,
    NUMBER,
    START - HOUR,
    to,
  );
}
