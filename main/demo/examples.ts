import { cents, toDecimal } from '#shared/domain/money.ts';
import { toNairobi } from '#shared/domain/time.ts';
import type { Output } from '#shared/ipc/contract.ts';
import type { ReadDb } from '../db/ledger.ts';
import { NOTICE_SOURCE } from '../db/queries/sightings.ts';
import { NEIGHBOUR, type Unfiled } from './around-the-shop.ts';

export type DemoExamples = Output<'demo:examples'>['examples'];
type Kind = DemoExamples[number]['kind'];

/** A code of a bank's: its shape alone says that it is none of M-PESA's. */
const BANK_CODE = 'FT26331XK7PQ0';

/** One text for each answer that a look-up can give, as the books of the demo stand now. */
export function findExamples(db: ReadDb, unfiled: Unfiled | null): DemoExamples {
  const found: readonly (readonly [Kind, string | null])[] = [
    ['settled', findPayment(db, 'paid-not-sold')],
    ['reported', findReported(db)],
    ['used', findUsed(db)],
    ['used-twice', findPayment(db, 'receipt-used-twice')],
    ['reversed', findPayment(db, 'reversed-after-sale')],
    ['elsewhere', unfiled && messageOf(unfiled.elsewhere)],
    ['unknown', unfiled?.unknown ?? null],
    ['bank', BANK_CODE],
  ];
  return found.flatMap(([kind, text]) => (text === null ? [] : [{ kind, text }]));
}

/** The newest payment that a question of this kind is about. */
function findPayment(db: ReadDb, kind: string): string | null {
  const found = db.get<{ receipt: string }>(
    `SELECT m.receipt FROM findings f
       JOIN finding_items i ON i.finding_id = f.id
       JOIN movements m ON m.id = i.movement_id
      WHERE f.kind = ? AND m.direction = 'in' AND m.import_id > 0 ORDER BY m.completed_at DESC LIMIT 1`,
    kind,
  );
  return found?.receipt ?? null;
}

function findReported(db: ReadDb): string | null {
  const found = db.get<{ receipt: string }>(
    'SELECT receipt FROM movements WHERE import_id = ? AND undone_at IS NULL ORDER BY completed_at DESC LIMIT 1',
    NOTICE_SOURCE,
  );
  return found?.receipt ?? null;
}

function findUsed(db: ReadDb): string | null {
  const found = db.get<{ receipt: string }>(
    `SELECT m.receipt FROM links l
       JOIN link_items i ON i.link_id = l.id
       JOIN movements m ON m.id = i.movement_id
      WHERE l.kind = 'sale' AND l.rule = 'same-receipt' AND l.ended_at IS NULL AND i.is_active = 1
      ORDER BY l.business_day DESC, l.id DESC LIMIT 1`,
  );
  return found?.receipt ?? null;
}

/** What stands on the phone of a customer who paid next door. */
function messageOf({ receipt, at, cents: paid }: Unfiled['elsewhere']): string {
  const { year, month, day, hour, minute } = toNairobi(at);
  const time = `${hour % 12 === 0 ? 12 : hour % 12}:${String(minute).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`;
  return (
    `${receipt} Confirmed. Ksh${toDecimal(cents(paid))} paid to ${NEIGHBOUR.name}. on ${day}/${month}/${year % 100} at ` +
    `${time}.New M-PESA balance is Ksh2,415.00. Transaction cost, Ksh0.00.`
  );
}
