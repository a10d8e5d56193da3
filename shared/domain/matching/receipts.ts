import { say } from '../message.ts';
import { sum } from '../money.ts';
import { DAY } from '../time.ts';
import { type Batch, canPay, lineAt, propose, report, saleAt } from './batch.ts';
import { firstOfEach, followFrom } from './chains.ts';
import { distanceMs, doubtAbout, isInWindow, lower, pairWords, weigh } from './evidence.ts';
import { isNamedExactly, type SlipClaims } from './slips.ts';
import type { Band, Rule } from './types.ts';

/**
 * Everything that a receipt code decides: the same receipt, a receipt with one slip, and who may not have it.
 * One claim of the same amount is a match; claims that add up to the payment share it; any other two are contested.
 */
export function matchReceipts(batch: Batch, slips: SlipClaims): void {
  for (const [sale, payments] of slips.paymentsOfSale) {
    const areFree = payments.every((line) => !isNamedExactly(batch, line));
    if (payments.length > 1 && areFree) suggestEach(batch, sale, payments, 'receipt-slip');
  }
  for (const first of firstOfEach(batch.salesOfReceipt)) settleReceipt(batch, first, slips);
  for (const payment of slips.salesOfPayment.keys()) settlePayment(batch, payment, [], slips);
}

function settleReceipt(batch: Batch, firstSale: number, slips: SlipClaims): void {
  const sharing = followFrom(batch.linesOfReceipt, batch.lineOfSale[firstSale] ?? -1);
  if (sharing.length === 0) return;
  const exact = followFrom(batch.salesOfReceipt, firstSale);
  const payments = sharing.filter((line) => batch.isPayment[line] === 1);
  const [payment] = payments;
  if (payment === undefined) {
    reportReversedStatus(batch, sharing, exact);
    return;
  }
  if (payments.length === 1) {
    settlePayment(batch, payment, exact, slips);
    return;
  }
  for (const sale of exact) {
    if (batch.saleIsOpen[sale] !== 1) continue;
    const { amountCents } = saleAt(batch, sale);
    const equal = payments.filter(
      (line) => lineAt(batch, line).amountCents === amountCents && canPay(batch, line, sale),
    );
    if (equal.length > 0) suggestEach(batch, sale, equal, 'same-receipt');
  }
}

/** The statement itself says that the payment was reversed, on the payment's own row. */
function reportReversedStatus(batch: Batch, lines: readonly number[], sales: readonly number[]): void {
  const payment = lines.find((line) => {
    const { kind, direction, status } = lineAt(batch, line);
    return kind === 'customer-payment' && direction === 'in' && status === 'reversed';
  });
  if (payment === undefined) return;
  const { receipt, amountCents } = lineAt(batch, payment);
  for (const sale of sales) {
    if (batch.saleIsOpen[sale] !== 1 || !canPay(batch, payment, sale)) continue;
    const why = say('exception.reversed-after-sale.status', { receipt });
    report(batch, { kind: 'reversed-after-sale', lines: [payment], sales: [sale], amountCents, why });
  }
}

function settlePayment(batch: Batch, payment: number, exact: readonly number[], slips: SlipClaims): void {
  const named = exact.filter((sale) => canPay(batch, payment, sale));
  const slipped = (slips.salesOfPayment.get(payment) ?? []).filter((sale) => batch.saleIsOpen[sale] === 1);
  const open = named.filter((sale) => batch.saleIsOpen[sale] === 1);
  if (open.length + slipped.length === 0) return;
  if (batch.reversalOf[payment] !== -1) {
    const all = [...open, ...slipped.filter((sale) => slips.paymentsOfSale.has(sale))];
    for (const sale of all) batch.reversedPairs.push({ line: payment, sale, rule: 'same-receipt' });
    for (const sale of all) batch.saleIsOpen[sale] = 0;
    return;
  }
  const claims = [...named, ...slipped];
  const [only] = claims;
  if (batch.fixed.lines.sale.has(payment)) contestTaken(batch, payment, [...open, ...slipped]);
  else if (batch.lineIsOpen[payment] !== 1 || only === undefined) return;
  else if (claims.length > 1) settleClaims(batch, payment, claims);
  else settleOnlyClaim(batch, payment, only, named.length === 1, slips);
}

function settleOnlyClaim(
  batch: Batch,
  payment: number,
  only: number,
  isExact: boolean,
  slips: SlipClaims,
): void {
  if (lineAt(batch, payment).amountCents === saleAt(batch, only).amountCents) {
    if (isExact) matchExact(batch, payment, only);
    else if (slips.paymentsOfSale.has(only)) matchSlip(batch, payment, only);
  } else if (isExact) {
    batch.differing.push({ line: payment, sale: only });
    batch.lineIsOpen[payment] = 0;
    batch.saleIsOpen[only] = 0;
  }
}

function matchExact(batch: Batch, payment: number, sale: number): void {
  const fits = isInWindow(batch, payment, sale);
  const isOld = !fits && distanceMs(batch, payment, sale) > DAY;
  const { band, doubt } = weigh(batch, payment, sale, fits ? 'certain' : isOld ? 'possible' : 'likely');
  const words = pairWords(batch, payment, sale, doubt);
  const { day, amountCents } = lineAt(batch, payment);
  const why = fits ? say('match.same-receipt', words) : say('match.same-receipt.far', words);
  propose(batch, { kind: 'sale', lines: [payment], sales: [sale], rule: 'same-receipt', band, why });
  if (fits || day === saleAt(batch, sale).day) return;
  report(batch, {
    kind: 'wrong-day',
    lines: [payment],
    sales: [sale],
    amountCents,
    why: say('exception.wrong-day', { paid: { day }, sold: { day: saleAt(batch, sale).day } }),
  });
}

function matchSlip(batch: Batch, payment: number, sale: number): void {
  const { band, doubt } = weigh(batch, payment, sale, 'likely');
  propose(batch, {
    kind: 'sale',
    lines: [payment],
    sales: [sale],
    rule: 'receipt-slip',
    band,
    why: say('match.receipt-slip', {
      ...pairWords(batch, payment, sale, doubt),
      typed: saleAt(batch, sale).receipt ?? '',
      receipt: lineAt(batch, payment).receipt,
    }),
  });
}

/** Several sales name one payment: it is theirs together when they add up to it, else nobody's for certain. */
function settleClaims(batch: Batch, payment: number, claims: readonly number[]): void {
  const { amountCents, receipt } = lineAt(batch, payment);
  const total = sum(claims.map((sale) => saleAt(batch, sale).amountCents));
  const areOpen = claims.every((sale) => batch.saleIsOpen[sale] === 1);
  if (total === amountCents && areOpen) {
    const hasDoubt = claims.some((sale) => doubtAbout(batch, payment, sale) !== 'none');
    const isNear = claims.every((sale) => isInWindow(batch, payment, sale));
    const band: Band = isNear && !hasDoubt ? 'likely' : lower('likely');
    const why = say('match.one-for-many.receipt', { receipt, count: claims.length });
    propose(batch, { kind: 'sale', lines: [payment], sales: claims, rule: 'one-for-many', band, why });
    return;
  }
  const group = `contested:${receipt}:${lineAt(batch, payment).id}`;
  const open = claims.filter((sale) => batch.saleIsOpen[sale] === 1);
  for (const sale of open) {
    if (saleAt(batch, sale).amountCents !== amountCents) continue;
    const rule: Rule = saleAt(batch, sale).receipt === receipt ? 'same-receipt' : 'receipt-slip';
    const why = say('match.contested', { receipt, count: claims.length });
    propose(batch, { kind: 'sale', lines: [payment], sales: [sale], rule, band: 'possible', why, group });
  }
  report(batch, {
    kind: 'receipt-used-twice',
    lines: [payment],
    sales: claims,
    amountCents,
    why: say('exception.receipt-used-twice', {
      receipt,
      count: claims.length,
      sales: { money: total },
      paid: { money: amountCents },
    }),
  });
}

/** The payment stands in a link with another sale already. */
function contestTaken(batch: Batch, payment: number, sales: readonly number[]): void {
  const { receipt, amountCents } = lineAt(batch, payment);
  const owners = batch.fixed.salesOfLine.get(payment) ?? [];
  const reference = owners.map((sale) => saleAt(batch, sale).reference).find((text) => text !== null) ?? '';
  report(batch, {
    kind: 'receipt-used-twice',
    lines: [payment],
    sales: [...sales, ...owners],
    amountCents,
    why: say('exception.receipt-used-twice.taken', {
      receipt,
      reference,
      known: reference === '' ? 'no' : 'yes',
    }),
  });
}

/** One sale, several payments that its receipt may stand for: each is listed, none is chosen. */
function suggestEach(batch: Batch, sale: number, payments: readonly number[], rule: Rule): void {
  const open = payments.filter((line) => !batch.fixed.lines.sale.has(line) && batch.reversalOf[line] === -1);
  const receipt = saleAt(batch, sale).receipt ?? '';
  const isAlone = open.length === 1;
  for (const line of open) {
    const why = say('match.receipt-several', { receipt, count: payments.length });
    const group = isAlone ? null : `receipt:${receipt}:${saleAt(batch, sale).id}`;
    const band: Band = isAlone ? 'likely' : 'possible';
    propose(batch, { kind: 'sale', lines: [line], sales: [sale], rule, band, why, group });
  }
}
