import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPayment } from '#main/db/queries/item-views.ts';
import { findAttachment, openAttachment } from '#main/db/queries/reversal-attachments.ts';
import { eraseSealed } from '#main/db/queries/sealed.ts';
import { openFileTokens } from '#main/services/file-tokens.ts';
import { decideNotReversed } from '#main/services/reversals/decide-not-reversed.ts';
import { handOver } from '#main/services/reversals/hand-over.ts';
import { checkReversal, requestReversal } from '#main/services/reversals/request-reversal.ts';
import { listReversals, showReversal } from '#main/services/reversals/show-reversals.ts';
import { DAY, HOUR, MINUTE } from '#shared/domain/time.ts';
import { posted, unreached } from '#test/daraja-simulator/fault.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import { openReversalShop, type ReversalShop, touchRelay, write } from '#test/helpers/reversal-shop.ts';

async function waiting(more: Parameters<ReversalShop['request']>[2] = {}) {
  const reversals = await openReversalShop();
  const { payment, paymentId } = await reversals.paid(1_250_00);
  const id = await reversals.request(paymentId, 'clerk', more);
  return { ...reversals, reversals, payment, paymentId, id };
}

function alertsOf({ shop }: ReversalShop) {
  return shop.core.ledger.read
    .all<{ kind: string; subject: string }>('SELECT kind, subject FROM alerts ORDER BY id')
    .filter(({ kind }) => kind.startsWith('reversal'));
}

describe('after it', () => {
  test('the line of the statement pairs itself, and its sale is not paid any more', async () => {
    const { reversals, shop, payment, paymentId, id, approve, collect, bringStatement, watch, row } =
      await waiting();
    const day = '2026-11-20';
    const sales = `time,amount,reference,receipt\n${day} 10:00,1250,S-1187,${payment.receipt}\n`;
    await shop.bringIn('sales.csv', sales);
    const linked = () =>
      shop.core.ledger.read.all<{ kind: string }>(
        'SELECT kind FROM link_items WHERE movement_id = ? AND is_active = 1',
        paymentId,
      );
    expect(linked()).toEqual([{ kind: 'sale' }]);
    await approve(id);
    await shop.simulator.advance(MINUTE);
    await collect();
    await watch.look();
    // Already while only Safaricom says so.
    expect(row(id)).toMatchObject({ state: 'done', proof: 'relay' });
    expect(linked()).toEqual([]);
    expect(readPayment(shop.core.ledger.read, paymentId)?.reversal).toMatchObject({ id, state: 'done' });
    await shop.simulator.advance(HOUR);
    await bringStatement();
    await watch.look();
    expect(row(id)).toMatchObject({ state: 'done', proof: 'file' });
    expect(linked()).toEqual([{ kind: 'reversal-of' }]);
    const kinds = shop.core.ledger.read.all<{ kind: string }>(
      `SELECT kind FROM findings WHERE type = 'exception'`,
    );
    expect(kinds).toContainEqual({ kind: 'reversed-after-sale' });
    // And two days on, that nobody wrote a refund is an alert, once.
    await shop.simulator.advance(2 * DAY + HOUR);
    await watch.look();
    write(shop, (db) => db.run('UPDATE reversals SET sale_id = (SELECT id FROM sales LIMIT 1)'));
    await watch.look();
    await watch.look();
    expect(alertsOf(reversals)).toEqual([{ kind: 'reversal-no-refund', subject: `reversal:${id}` }]);
  });

  test('F13: the reversal comes in before its payment', async () => {
    const { shop, bringStatement, watch } = await openReversalShop();
    const payment = shop.simulator.pay({ cents: 900_00, shortCode: '765432' });
    await shop.simulator.advance(MINUTE);
    shop.simulator.book.reverse(payment, shop.simulator.now());
    await shop.simulator.advance(MINUTE);
    await bringStatement();
    await watch.look();
    const alerts = shop.core.ledger.read.all<{ kind: string }>('SELECT kind FROM alerts');
    expect(alerts).toContainEqual({ kind: 'reversal-unasked' });
  });

  test('F13: a callback that comes after the statement has shown it changes nothing and is no alarm', async () => {
    const { shop, id, approve, collect, bringStatement, watch, row } = await waiting();
    shop.simulator.next('reversal', posted.delayed(DAY));
    shop.simulator.always('status', posted.silence());
    await approve(id);
    await shop.simulator.advance(HOUR);
    await bringStatement();
    await watch.look();
    expect(row(id)).toMatchObject({ state: 'done', proof: 'file', told: [] });
    await shop.simulator.advance(DAY);
    await collect();
    expect(row(id)).toMatchObject({ state: 'done', proof: 'file', told: ['done'] });
  });

  test('a reversal that we never asked for is an alert, once, also when it comes in again', async () => {
    const { reversals, shop, payment, id, bringStatement, watch, row } = await waiting();
    const { cancelReversal } = await import('#main/services/reversals/cancel-reversal.ts');
    unwrap(cancelReversal(shop.core, reversals.session('clerk'), { reversalId: id }));
    const back = shop.simulator.book.reverse(payment, shop.simulator.now());
    await shop.simulator.advance(MINUTE);
    await bringStatement();
    await watch.look();
    await bringStatement();
    await watch.look();
    expect(row(id).state).toBe('cancelled');
    expect(alertsOf(reversals)).toEqual([
      { kind: 'reversal-unasked', subject: `reversal-line:${back.receipt}` },
    ]);
  });
});

describe('the owner’s decision', () => {
  test('needs a statement that follows the account for 72 hours, and yields to evidence', async () => {
    const { shop, id, approve, session, bringStatement, watch, row, payment } = await waiting();
    shop.simulator.next('reversal', unreached.hungUp());
    shop.simulator.always('status', posted.silence());
    await approve(id);
    expect(row(id).state).toBe('unknown');
    const decide = () => codeOf(decideNotReversed(shop.core, session('owner'), { reversalId: id }));
    expect(decide()).toBe('reversal/refused');
    await shop.simulator.advance(71 * HOUR);
    await bringStatement();
    expect(decide()).toBe('reversal/refused');
    await shop.simulator.advance(2 * HOUR);
    await bringStatement();
    expect(decide()).toBe('ok');
    expect(row(id).state).toBe('not-reversed');
    expect(decide()).toBe('reversal/changed');
    // Somebody else's doing, or Safaricom's: the statement wins over the decision.
    shop.simulator.book.reverse(payment, shop.simulator.now());
    await shop.simulator.advance(MINUTE);
    await bringStatement();
    await watch.look();
    expect(row(id)).toMatchObject({ state: 'done', proof: 'file' });
  });
});

describe('without Daraja or a relay', () => {
  test('an approved request is done by hand, and only the statement says so', async () => {
    const { reversals, shop, id, approve, session, payment, bringStatement, watch, row } = await waiting({
      method: 'by-hand',
    });
    expect((await approve(id)).state).toBe('by-hand');
    expect(shop.simulator.journal.calls('reversal')).toEqual([]);
    expect(codeOf(handOver(shop.core, session('clerk'), { reversalId: id }))).toBe('reversal/refused');
    await shop.simulator.advance(3 * DAY);
    await watch.look();
    expect(alertsOf(reversals)).toEqual([{ kind: 'reversal-by-hand', subject: `reversal:${id}` }]);
    shop.simulator.book.reverse(payment, shop.simulator.now());
    await shop.simulator.advance(MINUTE);
    await bringStatement();
    await watch.look();
    expect(row(id)).toMatchObject({ state: 'done', proof: 'file' });
  });

  test.each(['cash', 'send-money'] as const)('%s is approved, given and recorded', async (method) => {
    const { reversals, shop, id, approve, session, payment, bringStatement, watch, row } = await waiting({
      method,
    });
    expect(codeOf(handOver(shop.core, session('clerk'), { reversalId: id }))).toBe('reversal/changed');
    expect((await approve(id)).state).toBe('by-hand');
    unwrap(handOver(shop.core, session('clerk'), { reversalId: id }));
    expect(row(id)).toMatchObject({ state: 'done', proof: 'typed' });
    // The customer has it twice if a reversal shows up, too.
    shop.simulator.book.reverse(payment, shop.simulator.now());
    await shop.simulator.advance(MINUTE);
    await bringStatement();
    await watch.look();
    expect(row(id)).toMatchObject({ state: 'done', proof: 'typed' });
    expect(alertsOf(reversals).map(({ kind }) => kind)).toEqual(['reversal-twice']);
  });

  test('asking needs no relay and no operator', async () => {
    const { shop, paid, session } = await openReversalShop();
    const { paymentId } = await paid(1_250_00);
    await shop.simulator.advance(6 * MINUTE);
    const db = shop.core.ledger.read;
    expect(
      db.get('SELECT 1 FROM relay_pairing WHERE reached_at >= ?', shop.simulator.now() - 5 * MINUTE),
    ).toBeUndefined();
    const check = unwrap(checkReversal(shop.core, session('clerk'), { paymentId, method: 'daraja' }));
    expect(check.problems.map(({ id }) => id)).toEqual(['reversal.no.relay']);
    expect(check.byHand).toBe(true);
    touchRelay(shop);
    expect(
      unwrap(checkReversal(shop.core, session('clerk'), { paymentId, method: 'daraja' })).problems,
    ).toEqual([]);
  });
});

describe('what is attached', () => {
  const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(1_000, 7)]);

  async function attach(name: string, content: Buffer) {
    const reversals = await openReversalShop();
    const { shop, paid, session } = reversals;
    const { paymentId } = await paid(1_250_00);
    const files = openFileTokens(shop.core.now);
    const path = join(shop.folder, name);
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
    return {
      ...reversals,
      asked,
      done: await requestReversal(shop.core, files, session('clerk'), asked),
      files,
    };
  }

  test('is told by what it is, sealed under a key of its own, and can be erased', async () => {
    const { shop, done, files, session, asked } = await attach('receipt.txt', PNG);
    const { reversalId } = unwrap(done);
    const db = shop.core.ledger.read;
    expect(findAttachment(db, reversalId)).toMatchObject({ kind: 'image/png', size: PNG.length });
    expect(openAttachment(db, reversalId)).toEqual(PNG);
    expect(db.get<{ content: string }>('SELECT content FROM reversal_attachments')?.content).not.toContain(
      PNG.toString('base64').slice(20, 60),
    );
    // The token is spent.
    expect(codeOf(await requestReversal(shop.core, files, session('clerk'), asked))).toBe(
      'file/unknown-token',
    );
    write(shop, (writing) => eraseSealed(writing, `reversal-attachment:${reversalId}`));
    expect(openAttachment(db, reversalId)).toBeNull();
  });

  test.each([
    ['a web page', Buffer.from('<html><script>')],
    ['a program', Buffer.from('MZ\u0090\u0000')],
    ['nothing', Buffer.alloc(0)],
    ['more than 5 MB', Buffer.concat([PNG, Buffer.alloc(5 * 1024 * 1024)])],
  ])('%s is not taken, whatever it is called', async (_, content) => {
    const { done, shop } = await attach('photo.png', content);
    expect(codeOf(done)).toBe('file/refused');
    expect(shop.core.ledger.read.all('SELECT 1 FROM reversals')).toEqual([]);
  });
});

test('the lists, the timeline and the voucher tell the whole of it', async () => {
  const { shop, id, session, approve, collect } = await waiting();
  const list = (tab: 'waiting' | 'open' | 'history') =>
    unwrap(listReversals(shop.core, session('owner'), { tab, after: null, limit: 50 }));
  expect(list('waiting').reversals.map((each) => each.id)).toEqual([id]);
  expect(list('waiting').counts).toEqual({ waiting: 1, open: 0, unknown: 0, history: 0, forYou: 1 });
  expect(
    unwrap(listReversals(shop.core, session('clerk'), { tab: 'waiting', after: null, limit: 5 })).counts
      .forYou,
  ).toBe(0);
  await approve(id);
  expect(list('open').counts).toMatchObject({ waiting: 0, open: 1, forYou: 0 });
  await shop.simulator.advance(MINUTE);
  await collect();
  expect(list('history').reversals).toMatchObject([{ id, state: 'done', approvedBy: { name: 'Amina' } }]);
  const shown = unwrap(showReversal(shop.core, session('auditor'), { reversalId: id }));
  expect(shown.timeline.map(({ state }) => state)).toEqual([
    'requested',
    'approved',
    'sending',
    'accepted',
    'done',
  ]);
  expect(shown.voucher.entries.map(({ seq }) => seq)).toEqual(shown.timeline.map(({ auditSeq }) => auditSeq));
  expect(shown.voucher.entries.every(({ code, seq }) => code.startsWith(`${seq}-`))).toBe(true);
  expect(shown.reversal.phone).not.toMatch(/\d{9}/);
  expect(JSON.stringify(shown)).not.toContain(shop.simulator.shop.operators[1]?.password);
});
