import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { equipmentOf } from '../../main/demo/equip-shop.ts';
import type { DemoWorld } from '../../main/demo/open-demo-world.ts';
import { cents } from '../../shared/domain/money.ts';
import { HOUR, type UtcMs } from '../../shared/domain/time.ts';
import { portalGrid } from '../fixtures/statement-files.ts';
import { toCsv } from '../fixtures/tables.ts';
import type { Preparation } from '../helpers/equip-profile.ts';

const PAYBILL = '765432';
const PAYER = { number: '254712000111', name: 'HALIMA MFANO' };

/** A customer paid so much, in KES: Safaricom knows it and a statement shows it. `file` says what is in the books. */
export async function payAtPaybill(
  world: DemoWorld,
  amount: number,
): Promise<{ receipt: string; file: string; folder: string }> {
  const { safaricom } = world;
  const now = safaricom.now();
  const paid = safaricom.book.record({
    at: (now - HOUR) as UtcMs,
    cents: amount * 100,
    shortCode: PAYBILL,
    payer: PAYER,
  });
  const preparation: Preparation = {
    origin: safaricom.origin,
    equipment: await equipmentOf(world),
    statement: { name: 'Statement of the morning.csv', text: statementOf(paid, now) },
  };
  const folder = mkdtempSync(join(tmpdir(), 'daftari-e2e-prepared-'));
  const file = join(folder, 'preparation.json');
  writeFileSync(file, JSON.stringify(preparation));
  return { receipt: paid.receipt, file, folder };
}

type Paid = { readonly receipt: string; readonly at: UtcMs; readonly cents: number };

function statementOf({ receipt, at, cents: amount }: Paid, now: UtcMs): string {
  const party = `${PAYER.number} - ${PAYER.name}`;
  const movement = {
    receipt,
    at,
    details: `Pay Bill from ${party} Acc. `,
    status: 'Completed',
    direction: 'in' as const,
    amountCents: cents(amount),
    balanceCents: cents(amount),
    reasonType: 'Pay Utility',
    otherParty: party,
    linkedReceipt: '',
    accountReference: '',
  };
  return toCsv(
    portalGrid({
      shortCode: PAYBILL,
      holder: 'DUKA LA MFANO',
      account: 'Utility Account',
      from: (now - 2 * HOUR) as UtcMs,
      to: now,
      reportAt: now,
      openingCents: cents(0),
      movements: [movement],
    }),
  ).toString('utf8');
}
