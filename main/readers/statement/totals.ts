import { say } from '#shared/domain/message.ts';
import { type Cents, cents } from '#shared/domain/money.ts';
import type { StatementLine } from '#shared/domain/statement/types.ts';
import { readAmount } from '../cells/amount.ts';
import { FileRefused } from '../container/types.ts';
import type { HeadText } from './layouts/layout.ts';

/** Adds up the rows of a file that states its own totals. */
export type Totals = {
  add(line: StatementLine): void;
  /** Throws `FileRefused` with both sums when they differ from what the file states; `refused` rows are named. */
  tie(refused: number): void;
};

export function createTotals({ documentIn, documentOut }: HeadText): Totals {
  const stated = { in: centsOf(documentIn), out: centsOf(documentOut) };
  let [paidIn, paidOut] = [0, 0];

  function add(line: StatementLine): void {
    if (line.status !== 'completed') return;
    if (line.direction === 'in') paidIn += line.amountCents;
    else paidOut += line.amountCents;
  }

  function tie(refused: number): void {
    if (stated.in === null || stated.out === null || (stated.in === paidIn && stated.out === paidOut)) return;
    throw new FileRefused({
      code: 'totals-differ',
      reason: say('reading.pdf.totals-differ', {
        statedIn: { money: stated.in },
        foundIn: { money: cents(paidIn) },
        differenceIn: { money: cents(Math.abs(stated.in - paidIn)) },
        statedOut: { money: stated.out },
        foundOut: { money: cents(paidOut) },
        differenceOut: { money: cents(Math.abs(stated.out - paidOut)) },
        refused,
      }),
    });
  }

  return { add, tie };
}

function centsOf(text: string | undefined): Cents | null {
  const read = text === undefined ? null : readAmount(text);
  return read?.ok ? cents(Math.abs(read.cents)) : null;
}
