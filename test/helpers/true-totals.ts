import type { ReadDb } from '#main/db/ledger.ts';

/** What the totals of the days must say, counted anew from the rows themselves; each beside the table that says it. */
const RECOUNTS: Readonly<Record<string, { readonly kept: string; readonly counted: string }>> = {
  payments: {
    kept: `SELECT business_day, till_id, account_id, import_id, items, cents, matched, matched_cents
             FROM payment_days WHERE items > 0 OR cents <> 0 OR matched_cents <> 0`,
    counted: `SELECT business_day, till_id, account_id, import_id, count(*), sum(amount_cents),
                     sum(is_matched), sum(CASE WHEN is_matched THEN amount_cents ELSE 0 END)
                FROM (SELECT m.*, m.id IN (SELECT movement_id FROM link_items WHERE movement_id IS NOT NULL AND is_active = 1
                         AND kind IN ('sale', 'day-total', 'reversal-of')) AS is_matched FROM movements m)
               WHERE undone_at IS NULL AND kind = 'customer-payment' AND direction = 'in' AND status = 'completed'
               GROUP BY 1, 2, 3, 4`,
  },
  sales: {
    kept: `SELECT business_day, till_id, import_id, kind, tender, items, cents, matched, matched_cents
             FROM sale_days WHERE items > 0 OR cents <> 0 OR matched_cents <> 0`,
    counted: `SELECT business_day, coalesce(till_id, 0), coalesce(import_id, 0), kind, tender, count(*), sum(amount_cents),
                     sum(is_matched), sum(CASE WHEN is_matched THEN amount_cents ELSE 0 END)
                FROM (SELECT s.*, s.id IN (SELECT sale_id FROM link_items WHERE sale_id IS NOT NULL AND is_active = 1
                         AND kind = 'sale')
                         AS is_matched FROM sales s)
               WHERE undone_at IS NULL AND kind IN ('sale', 'refund') AND status = 'closed'
               GROUP BY 1, 2, 3, 4, 5`,
  },
  witness: {
    kept: `SELECT id, payments, seen_payments FROM imports WHERE state = 'done' AND kind = 'statement' AND id > 0`,
    counted: `SELECT i.id, count(m.id), coalesce(sum(m.id IN
                (SELECT movement_id FROM sightings WHERE kind IN ('pulled-row', 'status-answer'))), 0)
                FROM imports i LEFT JOIN statement_lines l ON l.import_id = i.id
                LEFT JOIN movements m ON m.id = l.movement_id AND m.kind = 'customer-payment' AND m.direction = 'in'
                 AND m.status = 'completed'
               WHERE i.state = 'done' AND i.kind = 'statement' AND i.id > 0 GROUP BY i.id`,
  },
  findings: {
    kept: `SELECT business_day, till_id, kind, is_parked, items, acceptable, acceptable_cents
             FROM finding_days WHERE items > 0 OR acceptable_cents <> 0`,
    counted: `SELECT business_day, coalesce(till_id, 0), kind, is_parked, count(*), sum(is_acceptable),
                     sum(CASE WHEN is_acceptable THEN amount_cents ELSE 0 END)
                FROM (SELECT f.*, f.id IN (SELECT id FROM findings WHERE type = 'proposal' AND link_kind = 'sale'
                         AND band IN ('certain', 'likely') AND ambiguity IS NULL AND is_parked = 0) AS is_acceptable
                        FROM findings f WHERE is_head = 1)
               GROUP BY 1, 2, 3, 4`,
  },
  links: {
    kept: 'SELECT business_day, till_id, items FROM link_days WHERE items > 0',
    counted: `SELECT business_day, coalesce(till_id, 0), count(*) FROM links
               WHERE ended_at IS NULL AND kind IN ('sale', 'day-total', 'reversal-of') GROUP BY 1, 2`,
  },
};

/** Throws when a total of a day is not what its rows come to. */
export function assertTrueTotals(db: ReadDb): void {
  for (const [name, { kept, counted }] of Object.entries(RECOUNTS)) {
    const [is, must] = [kept, counted].map((sql) =>
      db
        .lists(sql)
        .map((row) => row.join(' | '))
        .sort(),
    );
    if (is?.join('\n') !== must?.join('\n'))
      throw new Error(`the totals of ${name} say\n${is?.join('\n')}\nand their rows\n${must?.join('\n')}`);
  }
}
