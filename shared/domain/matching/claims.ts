import { say } from '../message.ts';
import { cents, sum } from '../money.ts';
import { DAY } from '../time.ts';
import { type Batch, canPay, lineAt, propose, report, saleAt } from './batch.ts';
import { followFrom } from './chains.ts';
import { distanceMs, doubtAbout } from './evidence.ts';
import type { MatchInput } from './types.ts';

/** Payment → the one sale that a person holds it for. Only where both are open in this batch. */
export type Claims = ReadonlyMap<number, number>;

/** Claims whose payment and sale are both here and in no standing link; a void sale holds nothing. */
export function readClaims(
  input: MatchInput,
  batch: Pick<Batch, 'lines' | 'sales' | 'isPayment' | 'isExpected' | 'fixed'>,
): Claims {
  const found = new Map<number, number>();
  if (input.claims === undefined || input.claims.length === 0) return found;
  const saleOf = new Map(input.claims.map((claim) => [claim.receipt, claim.sale]));
  const wanted = new Set(saleOf.values());
  const positions = new Map<number, number>();
  for (const [index, sale] of batch.sales.entries()) if (wanted.has(sale.id)) positions.set(sale.id, index);
  for (const [index, line] of batch.lines.entries()) {
    const sale = positions.get(saleOf.get(line.receipt) ?? -1);
    if (sale === undefined || batch.isPayment[index] !== 1 || batch.isExpected[sale] !== 1) continue;
    if (batch.fixed.lines.sale.has(index) || batch.fixed.sales.sale.has(sale)) continue;
    found.set(index, sale);
  }
  return found;
}

/**
 * What a person holds at the counter for a sale is likely its payment: a person said so, and only a person makes it
 * certain. A receipt that another live sale names as well is contested, and nobody's.
 */
export function matchClaims(batch: Batch): void {
  const linesOf = new Map<number, number[]>();
  for (const [line, sale] of batch.claims) {
    if (batch.lineIsOpen[line] !== 1 || batch.saleIsOpen[sale] !== 1 || batch.reversalOf[line] !== -1)
      continue;
    const rivals = rivalsOf(batch, line, sale);
    if (rivals.length > 0) contest(batch, line, sale, rivals);
    else if (canPay(batch, line, sale)) linesOf.set(sale, [...(linesOf.get(sale) ?? []), line]);
  }
  for (const [sale, lines] of linesOf) if (batch.saleIsOpen[sale] === 1) settle(batch, lines, sale);
}

/** Other live sales that name the receipt and have not been paid. */
function rivalsOf(batch: Batch, line: number, sale: number): number[] {
  const { receipt } = lineAt(batch, line);
  const first = batch.sales.findIndex(
    (other, index) => other.receipt === receipt && batch.isExpected[index] === 1,
  );
  if (first === -1) return [];
  return followFrom(batch.salesOfReceipt, first).filter(
    (other) => other !== sale && batch.saleIsOpen[other] === 1,
  );
}

function contest(batch: Batch, line: number, sale: number, rivals: readonly number[]): void {
  const { receipt, amountCents, id } = lineAt(batch, line);
  const group = `contested:${receipt}:${id}`;
  for (const one of [sale, ...rivals]) {
    if (saleAt(batch, one).amountCents !== amountCents) continue;
    const why =
      one === sale ? say('match.claimed', { receipt }) : say('match.claimed-elsewhere', { receipt });
    propose(batch, {
      kind: 'sale',
      lines: [line],
      sales: [one],
      rule: 'same-receipt',
      band: 'possible',
      why,
      group,
    });
  }
  const reference = saleAt(batch, sale).reference;
  report(batch, {
    kind: 'receipt-used-twice',
    lines: [line],
    sales: [sale, ...rivals],
    amountCents,
    why: say('exception.receipt-used-twice.claimed', {
      receipt,
      reference: reference ?? '–',
      known: reference === null ? 'no' : 'yes',
    }),
  });
}

function settle(batch: Batch, lines: readonly number[], sale: number): void {
  const { amountCents } = saleAt(batch, sale);
  const total = sum(lines.map((line) => lineAt(batch, line).amountCents));
  const receipt = lineAt(batch, lines[0] ?? -1).receipt;
  if (total !== amountCents) {
    const words = {
      paid: { money: total },
      sold: { money: amountCents },
      difference: { money: cents(Math.abs(total - amountCents)) },
    };
    const why = say('exception.amount-differs.claimed', {
      ...words,
      which: total > amountCents ? 'more' : 'less',
    });
    report(batch, { kind: 'amount-differs', lines, sales: [sale], amountCents: total, why });
    return;
  }
  const isDoubted = lines.some(
    (line) => doubtAbout(batch, line, sale) !== 'none' || distanceMs(batch, line, sale) > DAY,
  );
  const mayBeReversed = lines.some((line) => (batch.mayBeReversed[line] ?? 0) > 0);
  propose(batch, {
    kind: 'sale',
    lines,
    sales: [sale],
    rule: lines.length > 1 ? 'many-for-one' : 'same-receipt',
    band: isDoubted || mayBeReversed ? 'possible' : 'likely',
    why: say('match.claimed', { receipt }),
  });
  // A person knew which of two equal sales it was for: a nearer one is no reason to doubt it.
  batch.codedLineOf[sale] = -1;
}
