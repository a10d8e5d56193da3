import { type Message, say } from '../message.ts';
import { type Batch, lineAt, propose, report } from './batch.ts';
import { follow } from './chains.ts';

/**
 * Pairs each charge with the movement that shares its receipt, in the same till. Two charges of one payment are
 * one link, so that the payment is in a single link of this kind. A charge without its payment is an exception.
 */
export function matchCharges(batch: Batch): void {
  const isDone = new Uint8Array(batch.lines.length);
  for (const index of batch.otherLines) {
    if (isDone[index] === 1 || !isCharge(batch, index)) continue;
    const { receipt, till, account } = lineAt(batch, index);
    const sharing = follow(batch.linesOfReceipt, receipt).filter(
      (other) => lineAt(batch, other).till === till,
    );
    const charges = sharing.filter((other) => isCharge(batch, other));
    for (const charge of charges) isDone[charge] = 1;
    const payments = sharing.filter((other) => canBeCharged(batch, other));
    const inAccount = payments.filter((other) => lineAt(batch, other).account === account);
    const [payment, second] = inAccount.length > 0 ? inAccount : payments;
    if (payment === undefined || second !== undefined) {
      const why =
        payment === undefined
          ? whyAlone(batch, sharing, receipt)
          : say('exception.unexpected-charge.several', { receipt });
      for (const charge of charges) {
        const { amountCents } = lineAt(batch, charge);
        report(batch, { kind: 'unexpected-charge', lines: [charge], sales: [], amountCents, why });
      }
      continue;
    }
    propose(batch, {
      kind: 'charge-of',
      lines: [...charges, payment],
      sales: [],
      rule: 'charge-of',
      band: 'certain',
      why: say('match.charge-of', { receipt, amount: { money: lineAt(batch, payment).amountCents } }),
    });
  }
}

function whyAlone(batch: Batch, sharing: readonly number[], receipt: string): Message {
  const isSecond = sharing.some((line) => batch.fixed.lines['charge-of'].has(line));
  return isSecond
    ? say('exception.unexpected-charge.second', { receipt })
    : say('exception.unexpected-charge', { receipt });
}

function isCharge(batch: Batch, index: number): boolean {
  const { kind, status } = lineAt(batch, index);
  return kind === 'charge' && status === 'completed' && !batch.fixed.lines['charge-of'].has(index);
}

function canBeCharged(batch: Batch, index: number): boolean {
  const { kind, status } = lineAt(batch, index);
  return kind !== 'charge' && status !== 'failed' && !batch.fixed.lines['charge-of'].has(index);
}
