import { DatabaseSync } from 'node:sqlite';
import type { MatchInput, MatchLine, MatchSale } from '#shared/domain/matching/types.ts';
import { namesAgree, phonesAgree } from '#shared/domain/party.ts';
import { DAY } from '#shared/domain/time.ts';
import type { Answerer, Claim } from './answer.ts';

/*
 * How others match, written from what they say of themselves. Each decides alone and knows no ambiguity, so all that
 * it says counts as certain. Each is given the gates for free: completed payments in, live M-PESA sales.
 */

function openItems({ lines, sales }: MatchInput): { lines: MatchLine[]; sales: MatchSale[] } {
  return {
    lines: lines
      .filter(
        (line) => line.kind === 'customer-payment' && line.status === 'completed' && line.direction === 'in',
      )
      .sort((a, b) => a.id - b.id),
    sales: sales
      .filter(
        (sale) =>
          sale.tender === 'mpesa' && !sale.isCancelled && sale.kind === 'sale' && sale.amountCents > 0,
      )
      .sort((a, b) => a.id - b.id),
  };
}

function certain(line: MatchLine, sale: MatchSale, rule: string): Claim {
  return { line: line.id, sale: sale.id, rule, band: 'certain', isAmbiguous: false };
}

function timeOf(sale: MatchSale): number {
  return sale.at ?? Date.parse(`${sale.day}T09:00:00Z`);
}

/** The payee as the bank file has it: the same phone, or the same name. */
function isSamePayee({ party }: MatchLine, { phone, customer }: MatchSale): boolean {
  return phonesAgree(party.phone, phone) ?? namesAgree(party.name, customer) ?? false;
}

/** Actual Budget: the import id; then the same amount and payee within seven days; then the same amount alone. */
export const threePasses: Answerer = (input) => {
  const { lines, sales } = openItems(input);
  const free = new Set(sales);
  const done = new Set<MatchLine>();
  const claims: Claim[] = [];
  const take = (rule: string, fits: (line: MatchLine, sale: MatchSale) => boolean) => {
    for (const line of lines) {
      if (done.has(line)) continue;
      const near = [...free]
        .filter((sale) => fits(line, sale))
        .sort((a, b) => Math.abs(timeOf(a) - line.at) - Math.abs(timeOf(b) - line.at));
      const [sale] = near;
      if (sale === undefined) continue;
      free.delete(sale);
      done.add(line);
      claims.push(certain(line, sale, rule));
    }
  };
  const isNear = (line: MatchLine, sale: MatchSale) =>
    line.amountCents === sale.amountCents && Math.abs(timeOf(sale) - line.at) <= 7 * DAY;
  take('id', (line, sale) => sale.receipt === line.receipt);
  take('payee', (line, sale) => isNear(line, sale) && isSamePayee(line, sale));
  take('amount', isNear);
  return claims;
};

/** A fixed score: amount 40, date 30, reference 20, party 10; the first sale in the list that reaches 60 is taken. */
export const greedyScore: Answerer = (input) => {
  const { lines, sales } = openItems(input);
  const free = new Set(sales);
  const claims: Claim[] = [];
  for (const line of lines) {
    let best: MatchSale | null = null;
    let most = 59;
    for (const sale of free) {
      const isReference =
        sale.receipt === line.receipt ||
        (line.accountReference !== null && sale.reference === line.accountReference);
      const score =
        (line.amountCents === sale.amountCents ? 40 : 0) +
        (line.day === sale.day ? 30 : 0) +
        (isReference ? 20 : 0) +
        (isSamePayee(line, sale) ? 10 : 0);
      if (score > most) {
        most = score;
        best = sale;
      }
    }
    if (best === null) continue;
    free.delete(best);
    claims.push(certain(line, best, `score-${most}`));
  }
  return claims;
};

/** The first item of the list with this amount on this day: what a clerk with a marker does. */
export const firstInList: Answerer = (input) => {
  const { lines, sales } = openItems(input);
  const free = new Set(lines);
  const claims: Claim[] = [];
  for (const sale of sales) {
    const line = [...free].find((one) => one.amountCents === sale.amountCents && one.day === sale.day);
    if (line === undefined) continue;
    free.delete(line);
    claims.push(certain(line, sale, 'first'));
  }
  return claims;
};

/** What a database gives without further thought: equal receipt and amount, then equal amount and day for the rest. */
export const sqlJoin: Answerer = (input) => {
  const { lines, sales } = openItems(input);
  const db = new DatabaseSync(':memory:');
  db.exec(`CREATE TABLE l (id INTEGER PRIMARY KEY, receipt TEXT, amount INTEGER, day TEXT);
    CREATE TABLE s (id INTEGER PRIMARY KEY, receipt TEXT, amount INTEGER, day TEXT);
    CREATE INDEX l_receipt ON l (receipt); CREATE INDEX l_amount ON l (amount, day); BEGIN`);
  const addLine = db.prepare('INSERT INTO l VALUES (?, ?, ?, ?)');
  for (const { id, receipt, amountCents, day } of lines) addLine.run(id, receipt, amountCents, day);
  const addSale = db.prepare('INSERT INTO s VALUES (?, ?, ?, ?)');
  for (const { id, receipt, amountCents, day } of sales) addSale.run(id, receipt, amountCents, day);
  const rows = db
    .prepare(
      `WITH j AS (SELECT l.id AS line, s.id AS sale, 'receipt' AS rule
                    FROM s JOIN l ON l.receipt = s.receipt AND l.amount = s.amount)
       SELECT * FROM j UNION ALL
       SELECT l.id, s.id, 'amount-day' FROM s JOIN l ON l.amount = s.amount AND l.day = s.day
        WHERE s.id NOT IN (SELECT sale FROM j) AND l.id NOT IN (SELECT line FROM j)`,
    )
    .all();
  db.close();
  return rows.map(({ line, sale, rule }) => ({
    line: Number(line),
    sale: Number(sale),
    rule: String(rule),
    band: 'certain',
    isAmbiguous: false,
  }));
};

export const BASELINES: Readonly<Record<string, Answerer>> = {
  'three passes': threePasses,
  'greedy score': greedyScore,
  'first in list': firstInList,
  'SQL join': sqlJoin,
};
