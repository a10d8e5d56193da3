import { describe, expect, test } from 'vitest';
import { tellAll, toJson } from '#main/cli/reversals.ts';
import { openTerminal } from '#main/cli/terminal.ts';
import { selectStaffNames } from '#main/db/queries/audit-log.ts';
import { freshFolder } from '#test/helpers/open-shop.ts';
import { openReversalShop } from '#test/helpers/reversal-shop.ts';
import { runCli } from '#test/helpers/run-cli.ts';

describe('daftari reversals', () => {
  test('tells each of them as it stands, and moves nothing', async () => {
    const { shop, paid, request, approve } = await openReversalShop();
    const { payment, paymentId } = await paid(1_250_00);
    const id = await request(paymentId);
    await approve(id);
    const db = shop.core.ledger.read;
    const terminal = openTerminal('en');
    const told = tellAll(db).map((each) => toJson(each, selectStaffNames(db), terminal));
    expect(told).toEqual([
      {
        name: 'R-000001',
        state: 'accepted',
        proof: null,
        receipt: payment.receipt,
        shortCode: '765432',
        amount: '1250.00',
        method: 'daraja',
        reason: 'goods-returned',
        requestedBy: 'Njeri',
        requestedAt: expect.stringMatching(/^2026-11-20T/),
        approvedBy: 'Amina',
        approvedAt: expect.stringMatching(/^2026-11-20T/),
        sentAt: expect.stringMatching(/^2026-11-20T/),
        stateAt: expect.stringMatching(/^2026-11-20T/),
        ownReceipt: null,
        text: expect.stringContaining('not known until it answers'),
      },
    ]);
  });

  test('is empty without a profile, and makes none', async () => {
    const folder = freshFolder();
    expect(await runCli(['reversals', '--json'], folder)).toEqual({
      code: 0,
      out: '{\n  "reversals": []\n}\n',
      err: '',
    });
    const nowhere = await runCli(['reversals', '--profile', 'nowhere'], folder);
    expect([nowhere.code, nowhere.out]).toEqual([2, '']);
  });

  test('has no word that approves, sends or cancels', async () => {
    const folder = freshFolder();
    for (const word of ['approve', 'send', 'cancel', '--approve'])
      expect((await runCli(['reversals', word], folder)).code).toBe(2);
  });
});
