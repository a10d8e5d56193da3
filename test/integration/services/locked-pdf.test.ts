import { afterEach, beforeEach, expect, it } from 'vitest';
import type { BusinessDay } from '#shared/domain/time.ts';
import { inventStatement } from '#test/fixtures/statement-files.ts';
import { statementPdf } from '#test/fixtures/statement-pdf.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';

const PASSWORD = 'ID-29384756';
const till = inventStatement({
  seed: 4,
  shortCode: '1234567',
  kind: 'till',
  day: '2026-03-14' as BusinessDay,
  paymentsPerDay: 12,
});
const locked = statementPdf([till], { password: PASSWORD });

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

it('asks for the password, says when it is wrong, and brings the file in with the right one', async () => {
  expect(await shop.bringIn('locked.pdf', locked)).toMatchObject({
    type: 'asks',
    question: { ask: 'password', wrong: false },
  });
  expect(await shop.bringIn('locked.pdf', locked, { password: 'guess' })).toMatchObject({
    type: 'asks',
    question: { ask: 'password', wrong: true },
  });
  expect(await shop.bringIn('locked.pdf', locked, { password: PASSWORD })).toMatchObject({
    type: 'done',
    counts: { new: till.movements.length, refused: 0 },
  });
});

it('keeps the password nowhere in the ledger', async () => {
  await shop.bringIn('locked.pdf', locked, { password: PASSWORD });
  const tables = shop.core.ledger.read.all<{ name: string }>(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
  );
  for (const { name } of tables) {
    const rows = shop.core.ledger.read.all(`SELECT * FROM "${name}"`);
    expect(JSON.stringify(rows)).not.toContain(PASSWORD);
  }
});

it('a PDF whose rows do not tie leaves nothing behind', async () => {
  const outcome = await shop.bringIn('edited.pdf', statementPdf([till], { summaryError: 100 }));
  expect(outcome).toMatchObject({ type: 'refused', refusal: { code: 'totals-differ' } });
  const { rows } =
    shop.core.ledger.read.get<{ rows: number }>('SELECT count(*) AS rows FROM movements') ?? {};
  expect(rows).toBe(0);
});
