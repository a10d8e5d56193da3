import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listProblems } from '#main/services/show-imports.ts';
import type { Input } from '#shared/ipc/contract.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';
import { unwrap } from '#test/helpers/results.ts';
import { dayStatement } from '#test/helpers/shop-files.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

const STATEMENT = dayStatement([
  { receipt: 'UCE7KQ2M4X', time: '08:00:00', amount: 150 },
  { receipt: 'UCEB9RTW6H', time: '08:05:00', amount: 200 },
]);
async function takeIn(name: string, content: string) {
  const outcome = await shop.bringIn(name, content);
  if (outcome.type !== 'done') throw new Error(`the file was not taken: ${outcome.type}`);
  const page: Input<'import:problems'> = { importId: outcome.importId, after: null, limit: 50 };
  return { counts: outcome.counts, problems: unwrap(listProblems(shop.core, page)).problems };
}

describe('a cell that is longer than the ledger keeps', () => {
  it('does not hold the other rows of a statement back, whichever column it is in', async () => {
    const lines = STATEMENT.split('\n');
    const cells = (lines[7] ?? '').split(',');
    expect(cells[0]).toBe('UCEB9RTW6H');
    let at = 0;
    for (const length of [300, 1_500, 9_000])
      for (const column of cells.keys()) {
        const long = cells.with(column, `${cells[column]} ${'x'.repeat(length)}`).join(',');
        const { counts } = await takeIn(`${at++}.csv`, lines.with(7, long).join('\n'));
        expect(counts.new + counts.known, `column ${column}, ${length} characters`).toBeGreaterThanOrEqual(1);
      }
  });

  it('keeps a payment whose payer or account is too long, and says that it was cut', async () => {
    const name = `AMINA ${'X'.repeat(400)}`;
    const details = `Pay Bill from 070****101 - ${name} Acc. ${'7'.repeat(400)}`;
    const long = STATEMENT.replace(/Merchant Payment from [^,]*/, details);
    const { counts, problems } = await takeIn('a.csv', long);
    expect(counts).toMatchObject({ new: 2, refused: 0, warnings: 1 });
    expect(problems.map(({ reason }) => reason.id)).toEqual(['reading.row.details-cut']);
    const kept = shop.core.ledger.read.get<{ party_name: string; account_reference: string }>(
      `SELECT party_name, account_reference FROM movements WHERE receipt = 'UCEB9RTW6H'`,
    );
    expect(kept?.party_name).toBe(name.slice(0, 200));
    expect(kept?.account_reference).toBe('7'.repeat(200));
    expect((await takeIn('b.csv', long)).counts).toMatchObject({ new: 0, known: 2 });
  });

  it('names an account of any length the same at every import', async () => {
    const long = STATEMENT.replaceAll('Merchant Account', `Account ${'y'.repeat(100)}`);
    expect((await takeIn('a.csv', long)).counts.new).toBe(2);
    expect((await takeIn('b.csv', long)).counts.known).toBe(2);
    const accounts = shop.core.ledger.read.all<{ name: string }>('SELECT name FROM accounts');
    expect(accounts).toEqual([{ name: `Account ${'y'.repeat(72)}` }]);
  });
});
