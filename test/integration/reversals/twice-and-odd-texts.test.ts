import { describe, expect, test } from 'vitest';
import { openApprovalDesk } from '#main/services/reversals/approval-desk.ts';
import { showApproval } from '#main/services/reversals/approval-view.ts';
import { HOUR, MINUTE } from '#shared/domain/time.ts';
import { openReversalShop, write } from '#test/helpers/reversal-shop.ts';

async function waiting() {
  const reversals = await openReversalShop();
  const { paymentId } = await reversals.paid(1_250_00);
  const id = await reversals.request(paymentId);
  return { ...reversals, paymentId, id };
}

function deskWith(id: number) {
  const desk = openApprovalDesk();
  desk.open(id);
  return desk;
}

describe('S9: the same receipt twice', () => {
  test('one payment takes one request, whoever asks', async () => {
    const { paymentId, request, row, id } = await waiting();
    await expect(request(paymentId, 'manager')).rejects.toThrow('reversal.no.open');
    await expect(request(paymentId, 'owner', { method: 'cash' })).rejects.toThrow('reversal.no.open');
    expect(row(id).state).toBe('requested');
  });

  test('the database says so too', async () => {
    const { shop, id } = await waiting();
    expect(() =>
      write(shop, (db) =>
        db.run(
          `INSERT INTO reversals (movement_id, receipt, till_id, short_code, amount_cents, method, reason, note, state,
             state_at, requested_at, requested_by, expires_at)
           SELECT movement_id, receipt, till_id, short_code, amount_cents, method, reason, note, 'requested',
             state_at, requested_at, requested_by, expires_at FROM reversals WHERE id = ?`,
          id,
        ),
      ),
    ).toThrow('the payment has a reversal already');
  });

  test('once it went back, it is not asked back again', async () => {
    const { shop, paymentId, request, approve, id, collect, bringStatement, watch, row } = await waiting();
    await approve(id);
    await shop.simulator.advance(MINUTE);
    await collect();
    expect(row(id).state).toBe('done');
    await expect(request(paymentId, 'manager')).rejects.toThrow('reversal.no.already');
    await shop.simulator.advance(HOUR);
    await bringStatement();
    await watch.look();
    await expect(request(paymentId, 'manager', { method: 'by-hand' })).rejects.toThrow('reversal.no.already');
  });
});

describe('S21 and S14: what others write', () => {
  const HOSTILE = [
    'REF\u202e00.052,1',
    'zero\u200bwidth',
    'АLICE with a Cyrillic letter',
    '<img src=x onerror=alert(1)>',
    'javascript:alert(1)',
    'ＲＥＦ-7',
    'Z̷̡̛a̴͓͇͜l̴͇̃go',
  ];

  test.each(HOSTILE)('%j is spelt out and said', async (text) => {
    const { shop, id } = await waiting();
    write(shop, (db) =>
      db.run(
        `UPDATE movements SET party_name = ?, account_reference = ? WHERE kind = 'customer-payment'`,
        text,
        text,
      ),
    );
    const { view } = showApproval(shop.core, deskWith(id));
    if (view.state !== 'asked') throw new Error('it is not asked');
    const shown = JSON.stringify(view);
    // No mark that is not seen, no direction turned around, anywhere on the page.
    expect(shown).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069]/);
    // As text: the page has no library and puts it where only text can be.
    if (text.startsWith('<')) expect(shown).toContain('<img src=x');
    if (/[\u200b\u202e]|АLICE|ＲＥＦ|Z̷/u.test(text))
      expect(view.warnings.join(' ')).toContain('letters that look like others');
  });

  test('a full number in a name or a note is masked on the page', async () => {
    const { shop, id } = await waiting();
    write(shop, (db) =>
      db.run(`UPDATE movements SET party_name = '254712345678', account_reference = 'CALL 0712345678'`),
    );
    expect(JSON.stringify(showApproval(shop.core, deskWith(id)))).not.toContain('712345678');
  });
});
