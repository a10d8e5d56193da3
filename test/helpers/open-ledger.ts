import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type OpenLedger, openLedger } from '#main/db/open.ts';
import { openMemoryVault } from '#main/vault/memory-vault.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';

/** An encrypted ledger in a fresh folder with one owner (id 1); closed and removed when the test ends. */
export async function openLedgerForTest(
  now: () => UtcMs = () => Date.UTC(2026, 10, 20) as UtcMs,
): Promise<OpenLedger> {
  const dir = mkdtempSync(join(tmpdir(), 'daftari-ledger-'));
  const opened = await openLedger({
    dir,
    host: 'cli',
    keys: openMemoryVault(),
    environment: 'demo',
    language: 'en',
    now,
  });
  if (!opened.ok) throw new Error(opened.error.code);
  onTestFinished(() => {
    opened.ledger.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const added = opened.ledger.act({ staffId: 1, session: null }, 'staff.added', 'staff:1', (db) => {
    db.run(`INSERT INTO staff (id, name, role, created_at) VALUES (1, 'Owner', 'owner', 0)`);
    return succeed({ value: undefined, details: {} });
  });
  if (!added.ok) throw new Error(added.error.code);
  return opened.ledger;
}
