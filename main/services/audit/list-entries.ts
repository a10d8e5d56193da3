import { actionsIn } from '#shared/domain/audit/actions.ts';
import type { AuditEntry } from '#shared/domain/audit/entry.ts';
import { say } from '#shared/domain/message.ts';
import { addDays, startOfDay, type UtcMs } from '#shared/domain/time.ts';
import type { Input, Output } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { ReadDb } from '../../db/ledger.ts';
import {
  readAuditEntry,
  selectLatest,
  selectNewest,
  selectNewestAbout,
  selectNewestOfStaff,
  selectSeqsOfAction,
} from '../../db/queries/audit-log.ts';
import type { Core } from '../core.ts';
import { openEntryWords } from './describe-entry.ts';

type Filter = Input<'audit:list'>;
type Reading = { readonly ledger: Pick<Core['ledger'], 'read'> };
/** Where a page ended: the number of its last entry, and its time, for a list in the order of time. */
type Place = { readonly at: number; readonly seq: number };

const START: Place = { at: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER };
/** Entries looked at for one answer: what is rarer than that is found in several answers, and each says how far it is. */
const MOST_LOOKED_AT = 10_000;
const CHUNK = 500;

/**
 * The log newest first, a page at a time. A look for something rare stops after a while, answers with what it has and
 * says how far back it has looked; the next page goes on from there.
 */
export function listEntries(core: Reading, filter: Filter): Result<Output<'audit:list'>> {
  const db = core.ledger.read;
  const start = readPlace(filter.after);
  if (start === null) return fail('ledger/bad-input', say('error.malformed'));
  const fits = fitter(filter);
  const take = chooseSource(db, filter);
  const found: AuditEntry[] = [];
  let place = start;
  let isAtEnd = false;
  for (let looked = 0; !isAtEnd && found.length < filter.limit && looked < MOST_LOOKED_AT; ) {
    const chunk = take(place);
    isAtEnd = chunk.length === 0;
    for (const entry of chunk) {
      place = entry;
      looked += 1;
      if (fits(entry)) found.push(entry);
      if (found.length === filter.limit) break;
    }
  }
  const toWords = openEntryWords(db);
  return succeed({
    entries: found.map(toWords),
    next: isAtEnd ? null : `${place.at}:${place.seq}`,
    searchedTo: isAtEnd || found.length === filter.limit ? null : (place.at as UtcMs),
  });
}

function readPlace(cursor: string | null): Place | null {
  if (cursor === null) return START;
  const [, at, seq] = /^(\d{1,15}):(\d{1,15})$/.exec(cursor) ?? [];
  return at === undefined || seq === undefined ? null : { at: Number(at), seq: Number(seq) };
}

/** The index that leaves the least to look at; what it does not decide, `fitter` does. */
function chooseSource(db: ReadDb, filter: Filter): (before: Place) => AuditEntry[] {
  const { subject, staffId, areas, from, to } = filter;
  if (subject !== null) return ({ seq }) => selectNewestAbout(db, subject, seq, CHUNK);
  if (from !== null || to !== null) {
    const between = {
      from: from === null ? 0 : startOfDay(from),
      to: to === null ? Number.MAX_SAFE_INTEGER : startOfDay(addDays(to, 1)),
    };
    return (before) => selectLatest(db, between, before, CHUNK);
  }
  if (staffId !== null) return ({ seq }) => selectNewestOfStaff(db, staffId, seq, CHUNK);
  if (areas.length > 0) {
    const actions = actionsIn(areas);
    return ({ seq }) => mergeActions(db, actions, seq);
  }
  return ({ seq }) => selectNewest(db, seq, CHUNK);
}

/** The newest entries of several kinds of acts, as far back as each of them has been asked. */
function mergeActions(db: ReadDb, actions: readonly string[], before: number): AuditEntry[] {
  const lists = actions.map((action) => selectSeqsOfAction(db, action, before, CHUNK));
  const whole = Math.max(0, ...lists.map((list) => (list.length === CHUNK ? (list.at(-1) ?? 0) : 0)));
  const seqs = lists.flat().filter((seq) => seq >= whole);
  const newest = seqs.sort((a, b) => b - a).slice(0, CHUNK);
  return newest.flatMap((seq) => readAuditEntry(db, seq) ?? []);
}

function fitter(filter: Filter): (entry: AuditEntry) => boolean {
  const { staffId, from, to, subject } = filter;
  const actions = filter.areas.length > 0 ? new Set(actionsIn(filter.areas)) : null;
  const [since, until] = [
    from === null ? 0 : startOfDay(from),
    to === null ? Number.MAX_SAFE_INTEGER : startOfDay(addDays(to, 1)),
  ];
  const terms = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  return (entry) => {
    if (staffId !== null && entry.staffId !== staffId) return false;
    if (subject !== null && entry.subject !== subject) return false;
    if (actions !== null && !actions.has(entry.action)) return false;
    if (entry.at < since || entry.at >= until) return false;
    if (terms.length === 0) return true;
    const words = `${entry.action} ${entry.subject} ${entry.details}`.toLowerCase();
    return terms.every((term) => words.includes(term));
  };
}

/** One entry with everything the log holds of it. */
export function showEntry(core: Reading, seq: number): Result<Output<'audit:show'>> {
  const entry = readAuditEntry(core.ledger.read, seq);
  if (entry === null) return fail('ledger/not-found', say('audit.not-found'));
  const { details, previousHash, hash, session } = entry;
  return succeed({ ...openEntryWords(core.ledger.read)(entry), details, previousHash, hash, session });
}
