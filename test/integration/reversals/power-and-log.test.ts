import { describe, expect, test } from 'vitest';
import { approveReversal } from '#main/services/reversals/approve-reversal.ts';
import { DAY } from '#shared/domain/time.ts';
import { codeOf } from '#test/helpers/results.ts';
import { openReversalShop } from '#test/helpers/reversal-shop.ts';

describe('F17: the power goes', () => {
  test('between the intent and what became of it: unknown, asked about, never sent again', async () => {
    const reversals = await openReversalShop();
    const { shop, paid, request, approval, parts } = reversals;
    const { payment, paymentId } = await paid(1_250_00);
    const id = await request(paymentId);
    const gone = new Error('the power is gone');
    const dying = {
      ...parts,
      line: {
        ...parts.line,
        send: async (asked: Parameters<typeof parts.line.send>[0]) => {
          await parts.line.send(asked);
          throw gone;
        },
      },
    };
    await expect(approveReversal(dying, approval(id))).rejects.toBe(gone);
    expect(reversals.row(id).state).toBe('sending');
    const after = await reversals.crash();
    expect(after.row(id).state).toBe('unknown');
    await after.shop.simulator.advance(7 * DAY);
    await after.collect();
    expect(after.row(id)).toMatchObject({ state: 'done', proof: 'relay' });
    expect(shop.simulator.journal.calls('reversal')).toHaveLength(1);
    expect(shop.simulator.book.reversalsOf(payment.receipt)).toHaveLength(1);
  });

  test('before the intent: nothing was sent, and only another approval can', async () => {
    const reversals = await openReversalShop();
    const { paid, request, approval, parts } = reversals;
    const { paymentId } = await paid(1_250_00);
    const id = await request(paymentId);
    const { ledger } = parts.core;
    const act: typeof ledger.act = (actor, action, subject, change) => {
      if (action === 'reversal.sending') throw new Error('the power is gone');
      return ledger.act(actor, action, subject, change);
    };
    const dying = { ...parts, core: { ...parts.core, ledger: { ...ledger, act } } };
    await expect(approveReversal(dying, approval(id))).rejects.toThrow('the power is gone');
    expect(reversals.row(id).state).toBe('approved');
    const after = await reversals.crash();
    expect(after.row(id)).toMatchObject({ state: 'requested', approvalHash: null });
    expect(after.shop.simulator.journal.calls('reversal')).toEqual([]);
    await after.approve(id);
    expect(after.shop.simulator.journal.calls('reversal')).toHaveLength(1);
  });
});

describe('F21: closed for money, open for reading', () => {
  test.each(['reversal.approved', 'reversal.sending'])('no entry %s, no call', async (broken) => {
    const { shop, paid, request, approval, parts, row } = await openReversalShop();
    const { paymentId } = await paid(1_250_00);
    const id = await request(paymentId);
    const { ledger } = parts.core;
    const act: typeof ledger.act = (actor, action, subject, change) => {
      if (action === broken) throw new Error('database or disk is full');
      return ledger.act(actor, action, subject, change);
    };
    const failing = { ...parts, core: { ...parts.core, ledger: { ...ledger, act } } };
    await expect(approveReversal(failing, approval(id))).rejects.toThrow('disk is full');
    expect(shop.simulator.journal.calls('reversal')).toEqual([]);
    expect(row(id).sentAt).toBeNull();
  });

  test('a log that cannot be sealed: the intent is taken back, and nothing is sent', async () => {
    const { shop, paid, request, approval, parts, row } = await openReversalShop();
    const { paymentId } = await paid(1_250_00);
    const id = await request(paymentId);
    const audit = {
      ...parts.core.audit,
      closeEpoch: async () => ({ ok: false, problem: 'no-keychain' }) as const,
    };
    await approveReversal({ ...parts, core: { ...parts.core, audit } }, approval(id));
    expect(shop.simulator.journal.calls('reversal')).toEqual([]);
    expect(row(id).state).toBe('requested');
  });

  test('a log with an alarm: nothing is approved, and everything can be read', async () => {
    const { paid, request, approval, parts, row, shop } = await openReversalShop();
    const { paymentId } = await paid(1_250_00);
    const id = await request(paymentId);
    const audit = { ...parts.core.audit, alarm: () => 'rolled-back' as const };
    const refused = await approveReversal({ ...parts, core: { ...parts.core, audit } }, approval(id));
    expect(codeOf(refused)).toBe('reversal/refused');
    expect(row(id).state).toBe('requested');
    expect(shop.simulator.journal.calls('reversal')).toEqual([]);
  });
});
