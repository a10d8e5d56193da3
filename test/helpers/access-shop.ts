import { onTestFinished } from 'vitest';
import { type Access, openAccess } from '#main/access/access.ts';
import type { Passwords } from '#main/access/passwords.ts';
import { makeTotpOffer, totpAt } from '#main/access/totp.ts';
import type { OpenLedger } from '#main/db/open.ts';
import { inventPeople } from '#main/demo/invent-people.ts';
import { silentLog } from '#main/log/log.ts';
import { switchTotpOn } from '#main/services/account.ts';
import type { LedgerCore } from '#main/services/core.ts';
import { signIn } from '#main/services/sign-in.ts';
import type { Role } from '#shared/domain/access/permissions.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { Failure, Result } from '#shared/ipc/result.ts';
import { succeed } from '#shared/ipc/result.ts';
import { openLedgerForTest } from './open-ledger.ts';
import { PEOPLE } from './people.ts';
import { quickPasswords } from './prepare-profile.ts';

export const START = Date.UTC(2026, 10, 20, 5) as UtcMs;
export type Entry = { action: string; subject: string; staffId: number | null; details: string };

/** The four people of the tests before their log-in, with both clocks in the hand of the test. */
export type AccessShop = {
  readonly core: LedgerCore;
  readonly access: Access;
  readonly ledger: OpenLedger;
  readonly told: unknown[][];
  /** Both clocks go on. */
  readonly pass: (ms: number) => void;
  /** Somebody sets the clock on the wall. */
  readonly setClock: (byMs: number) => void;
  /** How often a password was checked, whoever's it was. */
  readonly checks: () => number;
  readonly hashes: () => number;
  readonly entries: (action?: string) => Entry[];
  readonly signIn: (
    who: Role | { name: string; password: string },
    code?: string | null,
  ) => ReturnType<typeof signIn>;
  readonly idOf: (role: Role) => number;
  /** Gives a person a second factor; returns the way to make its code of now, and its recovery codes. */
  readonly giveTotp: (role: Role) => { codeNow: () => string; recoveryCodes: string[] };
};

export async function openAccessShop(): Promise<AccessShop> {
  let wall: number = START;
  let ticks = 1_000;
  const now = () => wall as UtcMs;
  const ledger = await openLedgerForTest(now);
  const counted = { checks: 0, hashes: 0 };
  const passwords = countCalls(counted);
  const told: unknown[][] = [];
  const core: LedgerCore = { ledger, now, tell: (...event) => told.push(event), log: silentLog };
  const access = openAccess({ host: 'preview', read: ledger.read, now, ticks: () => ticks, passwords });
  await inventPeople(core, access, { staffId: 1, session: null }, Object.values(PEOPLE));
  counted.hashes = 0;
  const idOf = (role: Role) =>
    ledger.read.get<{ id: number }>('SELECT id FROM staff WHERE name = ?', PEOPLE[role].name)?.id ?? 0;
  onTestFinished(() => {
    for (const session of access.book.all()) access.book.remove(session.id);
  });
  return {
    core,
    access,
    ledger,
    told,
    pass: (ms) => {
      wall += ms;
      ticks += ms;
    },
    setClock: (byMs) => {
      wall += byMs;
    },
    checks: () => counted.checks,
    hashes: () => counted.hashes,
    entries: (action) =>
      ledger.read
        .all<Entry>('SELECT action, subject, staff_id AS staffId, details FROM audit_entries ORDER BY seq')
        .filter((entry) => action === undefined || entry.action === action),
    signIn: (who, code = null) => {
      const { name, password } = typeof who === 'string' ? PEOPLE[who] : who;
      return signIn(core, access, { name, password, code }, 'main');
    },
    idOf,
    giveTotp: (role) => {
      const { secret } = makeTotpOffer(PEOPLE[role].name, '');
      const actor = { staffId: idOf(role), session: null };
      const given = ledger.act(actor, 'account.totp-switched-on', 'staff', (db) => {
        const totp = { staffId: idOf(role), secret, step: 0, at: now() };
        return succeed({ value: switchTotpOn(db, totp), details: {} });
      });
      if (!given.ok) throw new Error(given.error.code);
      return { codeNow: () => totpAt(secret, wall), recoveryCodes: given.value };
    },
  };
}

/** The failure of an answer that must be one. */
export function failureOf(answer: Result<unknown>): Failure {
  if (answer.ok) throw new Error('this was accepted');
  return answer.error;
}

function countCalls(counted: { checks: number; hashes: number }): Passwords {
  const real = quickPasswords();
  return {
    ...real,
    hash: (password) => {
      counted.hashes += 1;
      return real.hash(password);
    },
    verify: (stored, password) => {
      counted.checks += 1;
      return real.verify(stored, password);
    },
  };
}
