import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditValue, type ChainedEntry, canonicalJson, checkChain } from '#shared/domain/audit/entry.ts';
import { say } from '#shared/domain/message.ts';
import { fail, succeed } from '#shared/ipc/result.ts';
import { openLedgerForTest } from '#test/helpers/open-ledger.ts';

const OWNER = { staffId: 1, session: null };

function readChain(ledger: Awaited<ReturnType<typeof openLedgerForTest>>): ChainedEntry[] {
  return ledger.read.all<ChainedEntry>(
    `SELECT seq, at, staff_id AS staffId, session, action, subject, details, lower(hex(prev_hash)) AS previousHash,
            lower(hex(hash)) AS hash FROM audit_entries ORDER BY seq`,
  );
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('act', () => {
  it('writes the change and its entry together', async () => {
    const ledger = await openLedgerForTest();
    const done = ledger.act(OWNER, 'settings.saved', 'settings', (db) => {
      db.run(`INSERT INTO settings (name, value) VALUES ('theme', 'dark')`);
      return succeed({ value: 7, details: { theme: 'dark' } });
    });
    expect(done).toEqual({ ok: true, value: 7 });
    expect(readChain(ledger).at(-1)).toMatchObject({ action: 'settings.saved', details: '{"theme":"dark"}' });
  });

  it.each([
    ['a failure it returns', () => fail('ledger/bad-input', say('error.bug'))],
    [
      'a bug it throws',
      () => {
        throw new Error('bug');
      },
    ],
  ])('leaves neither after %s', async (_, end) => {
    const ledger = await openLedgerForTest();
    const before = readChain(ledger).length;
    const run = () =>
      ledger.act(OWNER, 'settings.saved', 'settings', (db) => {
        db.run(`INSERT INTO settings (name, value) VALUES ('theme', 'dark')`);
        return end();
      });
    try {
      expect(run().ok).toBe(false);
    } catch (bug) {
      expect(String(bug)).toContain('bug');
    }
    expect(ledger.read.all('SELECT * FROM settings')).toEqual([]);
    expect(readChain(ledger)).toHaveLength(before);
  });

  it('cannot be nested: one act, one entry', async () => {
    const ledger = await openLedgerForTest();
    expect(() =>
      ledger.act(OWNER, 'outer', 'x', () => {
        ledger.act(OWNER, 'inner', 'x', () => succeed({ value: 1, details: {} }));
        return succeed({ value: 1, details: {} });
      }),
    ).toThrow(/inside another/);
  });

  it('reads cannot write', async () => {
    const ledger = await openLedgerForTest();
    expect(() => ledger.read.all('DELETE FROM settings')).toThrow('a read tried to write');
  });

  it.each([
    ['changed', `UPDATE audit_entries SET action = 'x' WHERE seq = 1`],
    ['deleted', 'DELETE FROM audit_entries WHERE seq = 1'],
    [
      'replaced',
      `INSERT OR REPLACE INTO audit_entries (seq, at, action, subject, details, prev_hash, hash)
         VALUES (1, 0, 'x', 'x', '{}', zeroblob(32), zeroblob(32))`,
    ],
    [
      'skipped',
      `INSERT INTO audit_entries (seq, at, action, subject, details, prev_hash, hash)
         VALUES (99, 0, 'x', 'x', '{}', zeroblob(32), zeroblob(32))`,
    ],
  ])('no entry can be %s, even inside an act', async (_, sql) => {
    const ledger = await openLedgerForTest();
    expect(() =>
      ledger.act(OWNER, 'tampering', 'x', (db) => {
        db.run(sql);
        return succeed({ value: undefined, details: {} });
      }),
    ).toThrow(/append-only|grows by one/);
    expect(checkChain(readChain(ledger), sha256).ok).toBe(true);
  });
});

describe('the chain', () => {
  it('holds over many acts and names the first entry that was tampered with', async () => {
    const ledger = await openLedgerForTest();
    for (let n = 0; n < 20; n++)
      ledger.act(OWNER, 'counted', `n:${n}`, () => succeed({ value: n, details: { n } }));
    const chain = readChain(ledger);
    expect(checkChain(chain, sha256)).toMatchObject({ ok: true, entries: chain.length });
    const changed = chain.map((entry) => (entry.seq === 5 ? { ...entry, details: '{"n":99}' } : entry));
    expect(checkChain(changed, sha256)).toEqual({ ok: false, seq: 5, fault: 'wrong-hash' });
    expect(
      checkChain(
        chain.filter((entry) => entry.seq !== 5),
        sha256,
      ),
    ).toMatchObject({ ok: false, seq: 5, fault: 'gap' });
    const swapped = chain.map((entry) => ({
      ...entry,
      seq: entry.seq === 5 ? 6 : entry.seq === 6 ? 5 : entry.seq,
    }));
    expect(
      checkChain(
        swapped.sort((a, b) => a.seq - b.seq),
        sha256,
      ),
    ).toMatchObject({ ok: false, seq: 5 });
    const doubled = [...chain.slice(0, 5), ...chain.slice(4)];
    expect(checkChain(doubled, sha256)).toMatchObject({ ok: false, seq: 6, fault: 'repeated' });
  });

  it('hashes one text for one value, whatever order its names came in', () => {
    const value = fc.letrec<{ any: AuditValue }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('any'), { maxKeys: 4 }),
      ),
    })).any;
    const isRecord = (item: AuditValue): item is Record<string, AuditValue> =>
      typeof item === 'object' && item !== null && !Array.isArray(item);
    const reverse = (item: AuditValue): AuditValue =>
      isRecord(item)
        ? Object.fromEntries(
            Object.entries(item)
              .reverse()
              .map(([name, inner]) => [name, reverse(inner)]),
          )
        : Array.isArray(item)
          ? item.map(reverse)
          : item;
    fc.assert(fc.property(value, (item) => canonicalJson(item) === canonicalJson(reverse(item))));
    fc.assert(fc.property(value, (item) => JSON.stringify(JSON.parse(canonicalJson(item))).length >= 0));
  });
});
