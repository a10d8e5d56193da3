import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkCode } from '#main/services/check-code.ts';
import { showImport } from '#main/services/show-imports.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { smallStatement } from '#test/fixtures/small-day.ts';
import { inventStatement } from '#test/fixtures/statement-files.ts';
import { statementPdf } from '#test/fixtures/statement-pdf.ts';
import { openShop, type TestShop } from '#test/helpers/open-shop.ts';

const till = inventStatement({
  seed: 4,
  shortCode: '1234567',
  kind: 'till',
  day: '2026-03-14' as BusinessDay,
  paymentsPerDay: 3,
});

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

async function bringIn(name: string, bytes: Buffer | string): Promise<number> {
  const outcome = await shop.bringIn(name, bytes);
  if (outcome.type !== 'done') throw new Error(`not brought in: ${outcome.type}`);
  return outcome.importId;
}
const check = (importId: number, isChecked: boolean) =>
  checkCode(shop.core, shop.actor, { importId, isChecked });

it('a code that Safaricom confirmed is the witness of its file, until that is taken back', async () => {
  const importId = await bringIn('statement.pdf', statementPdf([till]));
  expect(showImport(shop.core, importId)).toMatchObject({
    value: { layout: 'portal-pdf', witness: 'none', verificationCode: 'ZZ9Y6NLU', codeCheckedAt: null },
  });
  expect(check(importId, true)).toMatchObject({
    ok: true,
    value: { witness: 'code', codeCheckedAt: expect.any(Number), codeCheckedBy: expect.any(String) },
  });
  expect(check(importId, false)).toMatchObject({ value: { witness: 'none', codeCheckedBy: null } });
  const actions = shop.core.ledger.read.all<{ action: string }>(
    `SELECT action FROM audit_entries WHERE action LIKE 'import.code%' ORDER BY seq`,
  );
  expect(actions.map(({ action }) => action)).toEqual(['import.code-checked', 'import.code-unchecked']);
});

it('a file without a code, and one that is not there, have nothing to check', async () => {
  const importId = await bringIn(
    'a.csv',
    smallStatement([{ receipt: 'UCE0DEMO01', time: '08:00:00', amount: 150 }]),
  );
  expect(check(importId, true)).toMatchObject({ ok: false, error: { code: 'ledger/bad-input' } });
  expect(check(99, true)).toMatchObject({ ok: false, error: { code: 'ledger/not-found' } });
});
