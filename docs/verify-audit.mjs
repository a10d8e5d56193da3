#!/usr/bin/env node
// Checks an exported audit log of Daftari without Daftari: one file, Node 18 or later, nothing else, no network.
//
//   node verify-audit.mjs LOG.jsonl [--head CODE] [--root FINGERPRINT]
//
//   --head CODE          a head of the log that was printed earlier (on a close sheet): finds a tail that was cut off
//   --root FINGERPRINT   the root key as the recovery kit shows it: finds a log that somebody else signed
//
// Exit: 0 the log is whole; 1 it is not; 2 the file or an option cannot be read.
//
// How the log is made: every entry is a JSON line with `hash` = SHA-256 of the JSON array
//   ["daftari-audit-1", previousHash, seq, at, staffId, session, action, subject, details]
// so that each binds all before it. Entries that end an epoch (audit.begun, audit.restarted, audit.epoch,
// audit.root-named) carry in their details an Ed25519 signature over "daftari-epoch-1\n" and the same array with the
// details as they are without the signature (JSON, names sorted). audit.begun and audit.restarted are signed by the
// root key, which the recovery code makes; the others by the key that the end before them names as `next`. Each
// private key is destroyed when its epoch ends, so nobody can sign an older epoch again.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';

const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GENESIS = '0'.repeat(64);
const ENDS = new Set(['audit.begun', 'audit.restarted', 'audit.epoch', 'audit.root-named']);
const BY_ROOT = new Set(['audit.begun', 'audit.restarted']);
const FIELDS = 'action,at,details,hash,previousHash,seq,session,staffId,subject';

const FAULTS = {
  gap: 'an entry is missing or stands in another place',
  repeated: 'an entry stands a second time or in another place',
  'wrong-previous': 'the link to the entry before does not hold',
  'wrong-hash': 'the entry is not what was written',
  'bad-epoch': 'the change of signing keys is not in order',
  'wrong-seal':
    'the signature is not by the key of its own time: something since the signature before was written anew',
  'wrong-root': 'the signatures do not go back to the root key on paper',
  unsigned: 'nothing is signed, although a root key is on paper',
  cut: 'the log ends before the entry of the printed head: its tail was cut off',
  'other-head': 'the entry is another than the printed head says: the log was written anew',
};

/** A file or an option that cannot be read. */
class Unreadable extends Error {}
/** The first thing that is wrong with the log. */
class Fault extends Error {
  constructor(kind, seq) {
    super(kind);
    this.seq = seq;
  }
}

const sha256 = (data) => createHash('sha256').update(data).digest();

function isSignedBy(publicKey, text, signature) {
  const spki = Buffer.concat([
    Buffer.from('302a300506032b6570032100', 'hex'),
    Buffer.from(publicKey, 'base64url'),
  ]);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
}

/** Letters and digits as they are printed (Crockford's base 32), from any way of typing them. */
function tidy(typed) {
  const bare = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash}._]/gu, '');
  return [...bare].map((symbol) => ({ O: '0', I: '1', L: '1' })[symbol] ?? symbol).join('');
}

function readSymbols(symbols) {
  let value = 0n;
  for (const symbol of symbols) {
    const at = SYMBOLS.indexOf(symbol);
    if (at < 0) throw new Unreadable(`${symbol} is in no code of Daftari`);
    value = value * 32n + BigInt(at);
  }
  return value;
}

/** 1204-7KQ2-…: number of the entry, 80 bits of its hash, two symbols that show a slip of the pen. */
function readHead(typed) {
  const symbols = tidy(typed);
  const [number, start, check] = [symbols.slice(0, -18), symbols.slice(-18, -2), symbols.slice(-2)];
  if (!/^\d{1,15}$/.test(number)) throw new Unreadable(`${typed} is no head of a log`);
  const hashStart = readSymbols(start).toString(16).padStart(20, '0');
  const rest = BigInt(`0x${Number(number).toString(16)}${hashStart}`) % 1021n;
  if (rest !== readSymbols(check)) throw new Unreadable(`${typed} is mistyped`);
  return { seq: Number(number), hashStart };
}

function writeHead(seq, hash) {
  const start = hash.slice(0, 20);
  const rest = BigInt(`0x${seq.toString(16)}${start}`) % 1021n;
  return [seq, ...groups(writeSymbols(BigInt(`0x${start}`), 16) + writeSymbols(rest, 2))].join('-');
}

function writeSymbols(value, length) {
  let symbols = '';
  for (let at = length - 1; at >= 0; at--) symbols += SYMBOLS[Number((value >> BigInt(at * 5)) & 31n)];
  return symbols;
}

function groups(symbols) {
  return symbols.match(/.{1,4}/g) ?? [];
}

function fingerprint(publicKey) {
  const start = sha256(Buffer.from(publicKey, 'base64url')).subarray(0, 10).toString('hex');
  return groups(writeSymbols(BigInt(`0x${start}`), 16)).join('-');
}

function entryText(entry, details) {
  const { previousHash, seq, at, staffId, session, action, subject } = entry;
  return JSON.stringify([
    'daftari-audit-1',
    previousHash,
    seq,
    at,
    staffId,
    session,
    action,
    subject,
    details,
  ]);
}

function readEntry(line, row) {
  let entry = null;
  try {
    entry = JSON.parse(line);
  } catch {
    // Said below, with everything else that is no entry.
  }
  const isEntry =
    typeof entry === 'object' &&
    entry !== null &&
    Object.keys(entry).sort().join() === FIELDS &&
    Number.isSafeInteger(entry.seq) &&
    Number.isSafeInteger(entry.at) &&
    [entry.action, entry.subject, entry.details].every((value) => typeof value === 'string') &&
    [entry.hash, entry.previousHash].every((value) => /^[0-9a-f]{64}$/.test(value)) &&
    (entry.staffId === null || Number.isSafeInteger(entry.staffId)) &&
    (entry.session === null || typeof entry.session === 'string');
  if (!isEntry) throw new Unreadable(`line ${row} is not an entry of an exported audit log`);
  return entry;
}

/** What the details of an end say; null when they are not exactly that. */
function readEnd(details) {
  let end = null;
  try {
    end = JSON.parse(details);
  } catch {
    return null;
  }
  const isEnd =
    typeof end === 'object' &&
    end !== null &&
    Object.keys(end).sort().join() === 'epoch,next,reason,root,signature' &&
    Number.isSafeInteger(end.epoch) &&
    typeof end.reason === 'string' &&
    /^[A-Za-z0-9_-]{43}$/.test(end.next) &&
    (end.root === null || /^[A-Za-z0-9_-]{43}$/.test(end.root)) &&
    /^[A-Za-z0-9_-]{86}$/.test(end.signature);
  return isEnd ? end : null;
}

/** Checks the end of an epoch against the keys so far, and moves them on. */
function checkEnd(entry, keys) {
  const end = readEnd(entry.details);
  const isInTurn =
    end !== null &&
    end.epoch === keys.epochs + 1 &&
    (entry.action === 'audit.begun') === (keys.epochs === 0) &&
    (end.root === null) === (entry.action === 'audit.epoch');
  if (!isInTurn) throw new Fault('bad-epoch', entry.seq);
  if (entry.action === 'audit.restarted' && end.root !== keys.root) throw new Fault('wrong-root', entry.seq);
  const { epoch, next, reason, root, signature } = end;
  const signer = BY_ROOT.has(entry.action) ? root : keys.current;
  const sealed = `daftari-epoch-1\n${entryText(entry, JSON.stringify({ epoch, next, reason, root }))}`;
  if (!isSignedBy(signer, sealed, signature)) throw new Fault('wrong-seal', entry.seq);
  if (root !== null && entry.action !== 'audit.restarted') keys.roots.push(fingerprint(root));
  if (entry.action === 'audit.restarted') keys.restarts.push(entry.seq);
  Object.assign(keys, { epochs: epoch, current: next, root: root ?? keys.root, signedTo: entry.seq });
}

/** Node's own reader of lines ends them at more signs than a line of JSON does. */
async function* readLines(path) {
  let rest = '';
  for await (const piece of createReadStream(path, 'utf8')) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop();
    yield* lines;
  }
  yield rest;
}

async function verifyFile(path, headClaim, rootClaim) {
  const keys = { epochs: 0, current: null, root: null, roots: [], restarts: [], signedTo: 0 };
  let [seq, head, row, hasHead] = [0, GENESIS, 0, false];
  for await (const line of readLines(path)) {
    row += 1;
    if (line.trim() === '') continue;
    const entry = readEntry(line, row);
    if (entry.seq !== seq + 1)
      throw entry.seq <= seq ? new Fault('repeated', entry.seq) : new Fault('gap', seq + 1);
    if (entry.previousHash !== head) throw new Fault('wrong-previous', entry.seq);
    if (sha256(entryText(entry, entry.details)).toString('hex') !== entry.hash)
      throw new Fault('wrong-hash', entry.seq);
    if (headClaim?.seq === entry.seq) {
      if (!entry.hash.startsWith(headClaim.hashStart)) throw new Fault('other-head', entry.seq);
      hasHead = true;
    }
    if (ENDS.has(entry.action)) checkEnd(entry, keys);
    [seq, head] = [entry.seq, entry.hash];
  }
  if (headClaim !== null && !hasHead) throw new Fault('cut', seq + 1);
  if (rootClaim !== null && !keys.roots.includes(rootClaim))
    throw new Fault(keys.roots.length === 0 ? 'unsigned' : 'wrong-root', 1);
  return { ...keys, entries: seq, head, hasHead };
}

function* sayWhatIsProved({ entries, head, signedTo, roots, restarts, hasHead }, rootClaim) {
  if (entries === 0) {
    yield 'The log has no entries. That all of them were taken out cannot be excluded without a printed head.';
    return;
  }
  yield `Proved up to entry ${entries}: nothing was changed, taken out or put in between.`;
  if (signedTo === 0)
    yield 'None of it is signed: whoever holds the key of the books could have written it anew.';
  else yield `Signed up to entry ${signedTo}; ${entries - signedTo} after it are chained but not yet signed.`;
  if (roots.length > 0) yield `Root key: ${roots.join(', ')}`;
  if (rootClaim === null && roots.length > 0) yield 'Compare the root key with the recovery kit.';
  if (rootClaim !== null && roots[0] !== rootClaim)
    yield 'The root key on paper is a later one: compare the first one too.';
  for (const seq of restarts) yield `At entry ${seq} the recovery code started the keys again: look at it.`;
  yield hasHead
    ? `The printed head stands in it; a tail cut off after entry ${entries} cannot be excluded.`
    : 'A tail cut off after it cannot be excluded without a printed head.';
  yield `Head now: ${writeHead(entries, head)}`;
}

function readOptions() {
  try {
    const options = { head: { type: 'string' }, root: { type: 'string' } };
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    if (positionals.length !== 1) throw new Unreadable('name one exported log');
    return {
      path: positionals[0],
      head: values.head === undefined ? null : readHead(values.head),
      root: values.root === undefined ? null : groups(tidy(values.root)).join('-'),
    };
  } catch (error) {
    throw error instanceof TypeError ? new Unreadable(error.message) : error;
  }
}

try {
  const { path, head, root } = readOptions();
  for (const line of sayWhatIsProved(await verifyFile(path, head, root), root))
    process.stdout.write(`${line}\n`);
} catch (error) {
  if (error instanceof Fault) {
    process.stdout.write(
      `The log is not whole: at entry ${error.seq} ${FAULTS[error.message]} (${error.message}).\n`,
    );
    process.exitCode = 1;
  } else if (error instanceof Unreadable || (error instanceof Error && 'code' in error)) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } else throw error;
}
