import { say } from '../message.ts';
import { sum } from '../money.ts';
import { type Batch, lineAt, propose } from './batch.ts';
import { follow } from './chains.ts';

/**
 * A settlement sweep takes what came into an account, less its charges, since the sweep before. When the sum is
 * exact, the sweep, what it took and its arriving leg in the other account are one link: certain when the sweep
 * before is known or the account stood at zero before its first line, likely when the lines begin in between. A
 * sweep of another sum (a part, or a gap in the statement) at least finds its other leg.
 */
export function matchSweeps(batch: Batch): void {
  const tills = accountsWithSweeps(batch);
  if (tills.size === 0) return;
  for (let line = 0; line < batch.lines.length; line++) {
    const { till, account, status } = lineAt(batch, line);
    if (status === 'completed') tills.get(till)?.get(account)?.push(line);
  }
  for (const accounts of tills.values()) for (const lines of accounts.values()) matchAccount(batch, lines);
}

/** Till → account → room for its lines. */
function accountsWithSweeps(batch: Batch): Map<string, Map<string, number[]>> {
  const tills = new Map<string, Map<string, number[]>>();
  for (const line of batch.otherLines) {
    const { till, account, status } = lineAt(batch, line);
    if (status !== 'completed' || !isSweepOut(batch, line)) continue;
    const accounts = tills.get(till) ?? new Map<string, number[]>();
    tills.set(till, accounts.set(account, []));
  }
  return tills;
}

function isSweepOut(batch: Batch, line: number): boolean {
  const { kind, direction } = lineAt(batch, line);
  return kind === 'sweep' && direction === 'out';
}

function matchAccount(batch: Batch, lines: readonly number[]): void {
  let since: number[] = [];
  let hasStart = stoodAtZero(batch, lines);
  const counted = new Set<number>();
  for (const [index, line] of lines.entries()) {
    if (!isSweepOut(batch, line)) {
      if (!counted.has(line)) since.push(line);
      continue;
    }
    const { at } = lineAt(batch, line);
    const sameInstant = lines.slice(index + 1, index + 50).filter((next) => lineAt(batch, next).at === at);
    const later = sameInstant.filter((next) => !isSweepOut(batch, next));
    const earlier = since.filter((before) => lineAt(batch, before).at < at);
    const took = [since, earlier, [...since, ...later]]
      .map((set) => takings(batch, line, set))
      .find((set) => set);
    if (!batch.fixed.lines.sweep.has(line)) proposeSweep(batch, line, took ?? [], hasStart);
    for (const one of took ?? since) counted.add(one);
    since = since.filter((before) => !counted.has(before));
    hasStart = true;
  }
}

/**
 * True when the stated balances say that the account held nothing before its first line. Lines of one second have
 * no order of their own: the balance before them is the one that none of them left behind.
 */
function stoodAtZero(batch: Batch, lines: readonly number[]): boolean {
  const { at } = lineAt(batch, lines[0] ?? 0);
  const later = lines.findIndex((line) => lineAt(batch, line).at !== at);
  const first = lines.slice(0, later === -1 ? lines.length : later).map((line) => lineAt(batch, line));
  const before: number[] = [];
  for (const { balanceCents, direction, amountCents } of first) {
    if (balanceCents === null || balanceCents === undefined) return false;
    before.push(direction === 'in' ? balanceCents - amountCents : balanceCents + amountCents);
  }
  for (const { balanceCents } of first) {
    const left = before.indexOf(balanceCents ?? -1);
    if (left !== -1 && before.length > 1) before.splice(left, 1);
  }
  return before.length === 1 && before[0] === 0;
}

/** The lines that make up the sweep's amount: all of them, or customers' payments less charges; else null. */
function takings(batch: Batch, sweep: number, since: readonly number[]): number[] | null {
  const free = since.filter((line) => !batch.fixed.lines.sweep.has(line));
  const trade = free.filter((line) =>
    ['customer-payment', 'charge', 'reversal'].includes(lineAt(batch, line).kind),
  );
  const target = lineAt(batch, sweep).amountCents;
  for (const lines of [free, trade]) if (lines.length > 0 && netOf(batch, lines) === target) return lines;
  return null;
}

function netOf(batch: Batch, lines: readonly number[]): number {
  const side = (direction: 'in' | 'out') =>
    sum(
      lines
        .map((line) => lineAt(batch, line))
        .flatMap((l) => (l.direction === direction ? [l.amountCents] : [])),
    );
  return side('in') - side('out');
}

function proposeSweep(batch: Batch, sweep: number, took: readonly number[], hasStart: boolean): void {
  const { receipt, account, till, amountCents } = lineAt(batch, sweep);
  const arrived = follow(batch.linesOfReceipt, receipt).filter((line) => {
    const leg = lineAt(batch, line);
    const isOther = leg.account !== account || leg.till !== till;
    const isFree = !batch.fixed.lines.sweep.has(line);
    return (
      isOther && isFree && leg.kind === 'sweep' && leg.direction === 'in' && leg.amountCents === amountCents
    );
  });
  const leg = arrived.length === 1 ? arrived : [];
  if (took.length + leg.length === 0) return;
  const payments = took.filter((line) => batch.isPayment[line] === 1);
  const isSum = took.length > 0;
  const words = {
    count: payments.length,
    amount: { money: amountCents },
    start: hasStart ? 'known' : 'unknown',
  };
  propose(batch, {
    kind: 'sweep',
    lines: [sweep, ...leg, ...took],
    sales: [],
    rule: 'sweep',
    band: isSum && !hasStart ? 'likely' : 'certain',
    why: isSum ? say('match.sweep', words) : say('match.sweep.legs', { amount: words.amount }),
  });
}
