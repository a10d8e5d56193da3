import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findAttachment, openAttachment } from '#main/db/queries/reversal-attachments.ts';
import { openFileTokens } from '#main/services/file-tokens.ts';
import { gatherWarnings } from '#main/services/reversals/gather-warnings.ts';
import { requestReversal } from '#main/services/reversals/request-reversal.ts';
import type { ApprovalView } from '#shared/ipc/approval-channels.ts';
import { openApprovalWindow } from '#test/helpers/approval-window.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { openReversalShop, type ReversalShop, touchRelay, write } from '#test/helpers/reversal-shop.ts';

describe('what is attached', () => {
  const MOST = 5 * 1024 * 1024;
  const png = (size: number) =>
    Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(size - 8, 7)]);
  const pdf = (size: number) => Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(size - 5, 7)]);

  async function attach(content: Buffer) {
    const reversals = await openReversalShop();
    const { shop, paid, session } = reversals;
    const { paymentId } = await paid(1_250_00);
    const files = openFileTokens(shop.core.now);
    const path = join(shop.folder, 'attached');
    writeFileSync(path, content);
    const { token } = unwrap(await files.admit(session('clerk'), path));
    const asked = {
      paymentId,
      amountCents: null,
      method: 'daraja',
      reason: 'other',
      note: '',
      saleId: null,
      attachment: token,
    } as const;
    return { reversals, done: await requestReversal(shop.core, files, session('clerk'), asked) };
  }

  test('of exactly 5 MB is kept whole', async () => {
    const content = png(MOST);
    const { reversals, done } = await attach(content);
    const { reversalId } = unwrap(done);
    const db = reversals.shop.core.ledger.read;
    expect(findAttachment(db, reversalId)?.size).toBe(MOST);
    expect(openAttachment(db, reversalId)?.equals(content)).toBe(true);
  });

  test('one byte more is not', async () => {
    const { reversals, done } = await attach(png(MOST + 1));
    expect(codeOf(done)).toBe('file/refused');
    expect(reversals.shop.core.ledger.read.all('SELECT 1 FROM reversals')).toEqual([]);
  });

  test.each<[string, Buffer, string, string]>([
    ['a photo', png(120 * 1024), 'photo, 120 KB', 'picha, KB 120'],
    ['a PDF', pdf(1_000_001), 'PDF, 977 KB', 'PDF, KB 977'],
    ['a small one', pdf(6), 'PDF, 1 KB', 'PDF, KB 1'],
  ])('%s is spoken of in the window, and its content is not there', async (_, content, english, swahili) => {
    const { reversals, done } = await attach(content);
    const window = openApprovalWindow(reversals);
    window.desk.open(unwrap(done).reversalId);
    const view = await window.show();
    expect(view.facts).toContainEqual({ label: 'With an attachment', value: english });
    expect(JSON.stringify(view)).not.toContain(content.toString('base64').slice(0, 20));
    write(reversals.shop, (db) =>
      db.run(`INSERT INTO settings (name, value) VALUES ('language', 'sw')
              ON CONFLICT (name) DO UPDATE SET value = 'sw'`),
    );
    expect((await window.show()).facts).toContainEqual({ label: 'Pamoja na kiambatisho', value: swahili });
  });

  test('without one the window says nothing of it', async () => {
    const reversals = await openReversalShop();
    const { paymentId } = await reversals.paid(1_250_00);
    const window = openApprovalWindow(reversals);
    window.desk.open(await reversals.request(paymentId));
    expect(labelsOf(await window.show())).not.toContain('With an attachment');
  });
});

function labelsOf({ facts }: Extract<ApprovalView, { state: 'asked' }>): string[] {
  return facts.map(({ label }) => label);
}

describe('the sale that is named', () => {
  /** Two payments, each matched with its own sale by the receipt, and a sale that nobody paid yet. */
  async function twoSales() {
    const reversals = await openReversalShop();
    const { shop, paid } = reversals;
    const first = await paid(1_250_00);
    const second = await paid(1_250_00);
    const db = shop.core.ledger.read;
    const day = db.get<{ day: string }>(
      'SELECT business_day AS day FROM movements WHERE id = ?',
      first.paymentId,
    )?.day;
    const sales = [
      'time,amount,reference,receipt',
      `${day} 10:00,1250,S-1,${first.payment.receipt}`,
      `${day} 10:05,1250,S-2,${second.payment.receipt}`,
      `${day} 10:10,800,S-3,`,
    ];
    await shop.bringIn('sales.csv', `${sales.join('\n')}\n`);
    const saleOf = (reference: string) =>
      db.get<{ id: number }>('SELECT id FROM sales WHERE reference = ?', reference)?.id ?? 0;
    touchRelay(shop);
    return { ...reversals, first, second, saleOf };
  }

  const warningsAbout = ({ shop, row }: ReversalShop, id: number) =>
    gatherWarnings(shop.core.ledger.read, row(id), shop.core.now())
      .map((warning) => warning.id)
      .filter((name) => name.startsWith('reversal.warn.sale-') && name !== 'reversal.warn.sale-after');

  test.each<[string, string, string[]]>([
    ['its own', 'S-1', []],
    ['another payment’s', 'S-2', ['sale-other']],
    ['one of another amount that is not its own', 'S-3', ['sale-other', 'sale-amount']],
  ])('%s', async (_, reference, warnings) => {
    const shop = await twoSales();
    const saleId = shop.saleOf(reference);
    const id = await shop.request(shop.first.paymentId, 'clerk', { saleId });
    expect(warningsAbout(shop, id)).toEqual(warnings.map((name) => `reversal.warn.${name}`));
    const window = openApprovalWindow(shop);
    window.desk.open(id);
    const said = (await window.show()).warnings.join('\n');
    expect(said.includes(`${reference}, which is named, is not the one`)).toBe(warnings.length > 0);
  });

  test('of a payment that is matched with nothing, and a sale that somebody else paid', async () => {
    const shop = await twoSales();
    const { paymentId } = await shop.paid(1_250_00);
    touchRelay(shop.shop);
    const id = await shop.request(paymentId, 'clerk', { saleId: shop.saleOf('S-2') });
    expect(warningsAbout(shop, id)).toEqual(['reversal.warn.sale-taken']);
  });

  test('is changed while the page is read: the page is read again', async () => {
    const shop = await twoSales();
    const id = await shop.request(shop.first.paymentId, 'clerk', { saleId: shop.saleOf('S-1') });
    const before = shop.approval(id);
    write(shop.shop, (db) =>
      db.run(`UPDATE sales SET description = 'Something else' WHERE reference = 'S-1'`),
    );
    expect(shop.approval(id).viewHash).not.toBe(before.viewHash);
  });
});
