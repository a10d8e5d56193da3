import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ChainedEntry, checkChain } from '#shared/domain/audit/entry.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { smallSales, smallStatement } from '#test/fixtures/small-day.ts';
import { openLedgerForTest } from '#test/helpers/open-ledger.ts';
import { runCli } from '#test/helpers/run-cli.ts';

describe('a clock that is wrong', () => {
  it.each([
    ['goes back a day', -86_400_000],
    ['jumps ahead ten years', 315_360_000_000],
    ['stands still', 0],
  ])('%s: the audit chain holds, for it is ordered by number and not by time', async (_, jump) => {
    let now = Date.UTC(2026, 10, 20);
    const ledger = await openLedgerForTest(() => now as UtcMs);
    for (let n = 0; n < 5; n++) {
      now += n === 2 ? jump : 1000;
      const done = ledger.act({ staffId: 1, session: null }, 'counted', `n:${n}`, () =>
        succeed({ value: n, details: { n } }),
      );
      expect(done.ok).toBe(true);
    }
    const entries = ledger.read.all<ChainedEntry>(
      `SELECT seq, at, staff_id AS staffId, session, action, subject, details, lower(hex(prev_hash)) AS previousHash,
              lower(hex(hash)) AS hash FROM audit_entries ORDER BY seq`,
    );
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(checkChain(entries, hash)).toMatchObject({ ok: true, entries: 6 });
  });

  it('the zone of the computer changes nothing: days and times are Nairobi’s', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'daftari-clock-'));
    try {
      const statement = join(folder, 'statement.csv');
      const sales = join(folder, 'sales.csv');
      writeFileSync(
        statement,
        smallStatement([
          { receipt: 'UCE0DEMO01', time: '00:00:01', amount: 150 },
          { receipt: 'UCE0DEMO02', time: '23:59:59', amount: 720 },
        ]),
      );
      writeFileSync(
        sales,
        smallSales([
          { reference: 'S-1', time: '00:01:00', amount: 150, receipt: 'UCE0DEMO01' },
          { reference: 'S-2', time: '23:58:00', amount: 720, receipt: 'UCE0DEMO02' },
        ]),
      );
      const options = ['reconcile', '--statement', statement, '--sales', sales, '--json'];
      const answers = await Promise.all(
        ['Africa/Nairobi', 'America/Los_Angeles', 'Pacific/Kiritimati'].map((zone) =>
          runCli(options, folder, { TZ: zone }),
        ),
      );
      const [first] = answers;
      expect(JSON.parse(first?.out ?? '')).toMatchObject({ totals: { matched: '870.00', open: '0.00' } });
      for (const answer of answers) expect(answer).toMatchObject({ code: 0, err: '' });
      for (const answer of answers) expect(answer.out).toBe(first?.out);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
