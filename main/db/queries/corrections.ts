import type { Correction } from '#shared/domain/rules/offer.ts';
import type { ReadDb } from '../ledger.ts';

/** A pattern that many others lie between is not looked for. */
const MOST = 1_000;

type CorrectionRow = {
  link: number;
  how: 'accepted' | 'by-hand';
  band: string | null;
  rule: string;
  reference: string | null;
  code: string | null;
  name: string | null;
  account: string | null;
  customer: string | null;
  cashier: string | null;
};

/**
 * What people joined since a time, newest first: one payment with one sale of the same amount. Matched by hand, or
 * chosen where the program was unsure, counts as their own decision.
 */
export function selectCorrections(db: ReadDb, since: number): Correction[] {
  return db
    .all<CorrectionRow>(
      `SELECT l.id AS link, l.how, l.band, l.rule, m.account_reference AS reference, m.party_code AS code,
              m.party_name AS name, s.account_reference AS account, s.customer, s.cashier
         FROM links l
         JOIN link_items paid ON paid.link_id = l.id AND paid.movement_id IS NOT NULL
         JOIN link_items sold ON sold.link_id = l.id AND sold.sale_id IS NOT NULL
         JOIN movements m ON m.id = paid.movement_id
         JOIN sales s ON s.id = sold.sale_id
        WHERE l.how <> 'auto' AND l.ended_at IS NULL AND l.kind = 'sale' AND l.made_at >= ?
          AND m.amount_cents = s.amount_cents
          AND (SELECT count(*) FROM link_items one WHERE one.link_id = l.id) = 2
        ORDER BY l.id DESC LIMIT ?`,
      since,
      MOST,
    )
    .map((row) => ({
      link: row.link,
      payment: { accountReference: row.reference, party: { phone: null, code: row.code, name: row.name } },
      sale: { accountReference: row.account, customer: row.customer, cashier: row.cashier },
      isOwnDecision: row.how === 'by-hand' || (row.band === 'possible' && row.rule !== 'shop-rule'),
    }));
}
