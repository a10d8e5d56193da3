import type { AuditDetails } from '#shared/domain/audit/entry.ts';
import { type EpochEndAction, type EpochReason, sealText } from '#shared/domain/audit/epoch.ts';
import { succeed } from '#shared/ipc/result.ts';
import { type Actor, type EntryPlace, PROGRAM, type WriteDb } from '../db/ledger.ts';
import type { KeyStore, OpenLedger } from '../db/open.ts';
import { type AlarmAction, readHead, readLastEnd, readRoot, selectAlarms } from '../db/queries/epochs.ts';
import type { Log } from '../log/log.ts';
import { type Anchor, openAnchor } from './anchor.ts';
import { makeSeed, publicKeyOf, signWith } from './ed25519.ts';
import { openSigningKeys, type SigningKeys } from './signing-keys.ts';

/** The key that the recovery code makes. `sign` gives the signature in base64url; so is the public half. */
export type RootKey = { readonly publicKey: string; readonly sign: (text: string) => string };

export type EpochProblem =
  /** The books have no recovery code yet: a chain without signatures. */
  | 'unsigned'
  | 'no-signing-key'
  /** The keychain did not take the next key; nothing was written. */
  | 'no-keychain'
  /** The code makes another root than the one in force. */
  | 'wrong-root'
  | 'begun-already';
export type EpochOutcome =
  | { readonly ok: true; readonly seq: number }
  | { readonly ok: false; readonly problem: EpochProblem };

export type AuditAlarm = 'rolled-back' | 'no-signing-key' | 'anchor-missing';

/** Keeps the record honest while the program runs: seals epochs, keeps the anchor, remembers what is wrong. */
export type AuditKeeper = {
  /** Ends the epoch: what is in the log so far is sealed by a key that is destroyed. The anchor is written at once. */
  readonly closeEpoch: (reason: EpochReason) => Promise<EpochOutcome>;
  /**
   * The first end, signed by the root: entries before it are sealed with it. Once in the life of the books. `alsoWrite`
   * belongs to the same act.
   */
  readonly begin: (actor: Actor, root: RootKey, alsoWrite?: (db: WriteDb) => void) => Promise<EpochOutcome>;
  /**
   * The recovery code starts the keys again, after a restore or with the keychain lost. Ends every alarm. `alsoWrite`
   * belongs to the same act.
   */
  readonly restart: (actor: Actor, root: RootKey, alsoWrite?: (db: WriteDb) => void) => Promise<EpochOutcome>;
  /** A new recovery code: its root is named under the current key. */
  readonly nameRoot: (actor: Actor, publicKey: string) => Promise<EpochOutcome>;
  readonly alarm: () => AuditAlarm | null;
  /** Ends the epoch, writes the anchor and stops. Call it before the ledger closes. */
  readonly close: () => Promise<void>;
};

const HOUR_MS = 3_600_000;

/**
 * Opens the record of a ledger: compares the log with the anchor, mends what a crash left between two steps, and ends
 * the epoch that was open. What it finds wrong is an entry, and an alarm until the recovery code answers it.
 */
export async function openAuditKeeper(options: {
  readonly ledger: OpenLedger;
  readonly keys: KeyStore;
  readonly log: Log;
}): Promise<AuditKeeper> {
  const { ledger, keys, log } = options;
  const { read } = ledger;
  const anchor = openAnchor(ledger, keys, log, () => noteUnkept(ledger, log));
  const signing = openSigningKeys(ledger.file.id, keys, log);
  let endedAt = performance.now();
  let turn: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  /** One end after the other: each needs the key that the one before it named. */
  const inTurn = (work: () => Promise<EpochOutcome>): Promise<EpochOutcome> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };

  const end = async (
    actor: Actor,
    action: EpochEndAction,
    reason: EpochReason,
    root: string | null,
    sign: (text: string) => string,
    alsoWrite: (db: WriteDb) => void = () => undefined,
  ): Promise<EpochOutcome> => {
    const epoch = (readLastEnd(read)?.epoch ?? 0) + 1;
    const seed = makeSeed();
    if (!(await signing.keepNext(epoch, seed))) return { ok: false, problem: 'no-keychain' };
    const unsigned = { epoch, reason, next: publicKeyOf(seed), root };
    const ended = ledger.act(actor, action, 'audit', (db) => {
      alsoWrite(db);
      return succeed({ value: undefined, details: (place) => sealDetails(place, unsigned, sign) });
    });
    if (!ended.ok) throw new Error(`an epoch cannot be ended: ${ended.error.code}`);
    endedAt = performance.now();
    await signing.forgetSpent(epoch, seed);
    await anchor.writeNow();
    return { ok: true, seq: readHead(read).seq };
  };

  const closeEpoch = (reason: EpochReason, actor: Actor = PROGRAM, newRoot: string | null = null) =>
    inTurn(async () => {
      const last = readLastEnd(read);
      if (last === null) return { ok: false, problem: 'unsigned' };
      // A keychain that did not answer at the start may answer now.
      if (signing.current() === null) await signing.load(last.epoch, last.next);
      const seed = signing.current();
      if (seed === null) return { ok: false, problem: 'no-signing-key' };
      const action = newRoot === null ? 'audit.epoch' : 'audit.root-named';
      return end(actor, action, reason, newRoot, (text) => signWith(seed, text));
    });

  /** Nobody waits for the outcome: a full disk or a keychain that is away must not stop the program. */
  const closeByItself = async (reason: EpochReason) => {
    try {
      const outcome = await closeEpoch(reason);
      if (!outcome.ok && outcome.problem !== 'unsigned')
        log.error('an epoch of the audit log could not be ended', { problem: outcome.problem });
    } catch (error) {
      log.error('an epoch of the audit log could not be ended', { error });
    }
  };

  const alarm = (): AuditAlarm | null => {
    const told = selectAlarms(read);
    if (told.includes('audit.rolled-back')) return 'rolled-back';
    if (readLastEnd(read) !== null && signing.current() === null) return 'no-signing-key';
    return told.includes('audit.anchor-missing') ? 'anchor-missing' : null;
  };

  await takeUp(ledger, anchor, signing);
  ledger.onEntry((head) => {
    anchor.noteHead(head);
    const isDue = performance.now() - endedAt > HOUR_MS && signing.current() !== null && !isClosed;
    if (!isDue) return;
    endedAt = performance.now();
    void closeByItself('hour');
  });
  await closeByItself('start');

  return {
    closeEpoch: (reason) => closeEpoch(reason),
    begin: (actor, root, alsoWrite) =>
      inTurn(async () => {
        if (readLastEnd(read) !== null) return { ok: false, problem: 'begun-already' };
        return end(actor, 'audit.begun', 'set-up', root.publicKey, root.sign, alsoWrite);
      }),
    restart: (actor, root, alsoWrite) =>
      inTurn(async () => {
        if (readLastEnd(read) === null) return { ok: false, problem: 'unsigned' };
        if (readRoot(read) !== root.publicKey) return { ok: false, problem: 'wrong-root' };
        return end(actor, 'audit.restarted', 'restart', root.publicKey, root.sign, alsoWrite);
      }),
    nameRoot: (actor, publicKey) => closeEpoch('new-code', actor, publicKey),
    alarm,
    close: async () => {
      await closeByItself('quit');
      isClosed = true;
      signing.drop();
      await anchor.close();
    },
  };
}

function sealDetails(
  place: EntryPlace,
  end: { epoch: number; reason: string; next: string; root: string | null },
  sign: (text: string) => string,
): AuditDetails {
  const { previousHash, ...entry } = place;
  return { ...end, signature: sign(sealText({ ...entry, end }, previousHash)) };
}

/** While the keychain does not take the head, books that are put back would not be noticed: that is on the record. */
function noteUnkept(ledger: OpenLedger, log: Log): void {
  const trouble = 'that the anchor is not kept could not be recorded';
  try {
    const noted = ledger.act(PROGRAM, 'audit.anchor-unkept', 'audit', () =>
      succeed({ value: undefined, details: {} }),
    );
    if (!noted.ok) log.error(trouble, { code: noted.error.code });
  } catch (error) {
    log.error(trouble, { error });
  }
}

/** What the start found: the anchor beside the log, the key beside its name. */
async function takeUp(ledger: OpenLedger, anchor: Anchor, signing: SigningKeys): Promise<void> {
  const lastEnd = readLastEnd(ledger.read);
  const head = readHead(ledger.read);
  const found = await anchor.compare(head, lastEnd !== null);
  const told = selectAlarms(ledger.read);
  const note = (action: AlarmAction | 'audit.healed', details: AuditDetails) => {
    const done = ledger.act(PROGRAM, action, 'audit', () => succeed({ value: undefined, details }));
    if (!done.ok) throw new Error(`${action} cannot be recorded: ${done.error.code}`);
  };
  if (found.state === 'rolled-back') {
    const { seq, hash } = found.anchored;
    note('audit.rolled-back', { anchoredSeq: seq, anchoredHash: hash, foundSeq: head.seq });
  }
  if (found.state === 'ahead') note('audit.healed', { anchoredSeq: found.anchored.seq, foundSeq: head.seq });
  if (found.state === 'missing' && !told.includes('audit.anchor-missing'))
    note('audit.anchor-missing', { foundSeq: head.seq });
  if (lastEnd !== null) {
    const state = await signing.load(lastEnd.epoch, lastEnd.next);
    if (state === 'missing' && !told.includes('audit.no-signing-key'))
      note('audit.no-signing-key', { epoch: lastEnd.epoch });
  }
  if (found.state !== 'unread') {
    anchor.noteHead(readHead(ledger.read));
    await anchor.writeNow();
  }
}
