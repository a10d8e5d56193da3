import { type Message, say } from '#shared/domain/message.ts';
import { type Cents, toReadable } from '#shared/domain/money.ts';
import type { ReadDb } from '../db/ledger.ts';
import { type ImportReport, selectImportReport } from '../db/queries/import-report.ts';
import {
  type ReportScope,
  type ReportTotals,
  selectExceptions,
  selectSuggestions,
  selectTotals,
} from '../db/queries/reconcile-report.ts';
import type { BroughtIn, TakenFile } from './bring-in.ts';
import { type Terminal, toSelector } from './terminal.ts';

type Words = Pick<Terminal, 'render'>;
/** Longer lists are for `--json`. */
const LISTED = 40;

/** What a person reads: the files, the totals, and what is open with its reasons. */
export function* summarise(
  db: ReadDb,
  files: BroughtIn,
  scope: ReportScope | null,
  words: Words,
): Generator<string> {
  yield* summariseFiles(db, files, words);
  if (!scope) return;
  const totals = selectTotals(db, scope);
  yield `\n${words.render(daysOf(scope))}\n`;
  yield* table(moneyRows(totals), words);
  yield `\n${words.render(say('cli.summary.matched', { matched: totals.matched, payments: totals.payments, open: { money: totals.openCents } }))}\n`;
  yield* listSuggestions(db, scope, words);
  yield* listExceptions(db, scope, words);
}

/** The part that `import` prints too. */
export function* summariseFiles(db: ReadDb, files: BroughtIn, words: Words): Generator<string> {
  for (const file of files.statements) yield* summariseFile(db, file, words);
  for (const file of files.sales) yield* summariseFile(db, file, words);
}

function* summariseFile(db: ReadDb, { file, importId }: TakenFile, words: Words): Generator<string> {
  const report = selectImportReport(db, importId);
  const { rows, new: fresh, known, refused } = report;
  yield `${file.given}: ${words.render(say('import.done', { rows, new: fresh, known, refused: refused.length }))}\n`;
  for (const remark of remarksOn(report)) yield `  ${words.render(remark)}\n`;
}

function* remarksOn(report: ImportReport): Generator<Message> {
  const { accounts, breaks, isBalanced, coveredTo, isPartial } = report;
  if (accounts.length === 0) return;
  if (isBalanced === true) yield say('cli.summary.balanced');
  if (isBalanced === null) yield say('cli.summary.not-stated');
  for (const { row, reason } of breaks.slice(0, LISTED)) {
    if (row > 0) yield say('cli.summary.break-at', { row });
    yield reason;
  }
  if (coveredTo !== null)
    yield say(isPartial ? 'cli.summary.covers-part' : 'cli.summary.covers', { to: { at: coveredTo } });
}

function daysOf({ from, to }: ReportScope): Message {
  return from === to
    ? say('cli.summary.day', { day: { day: from } })
    : say('cli.summary.days', { from: { day: from }, to: { day: to } });
}

function moneyRows(totals: ReportTotals): (readonly [Message, Cents])[] {
  return [
    [say('cli.total.paid-in', { count: totals.payments }), totals.paidInCents],
    [say('cli.total.other-in'), totals.otherInCents],
    [say('cli.total.charges'), totals.chargesCents],
    [say('cli.total.reversed'), totals.reversedCents],
    [say('cli.total.swept-out'), totals.sweptOutCents],
    [say('cli.total.other-out'), totals.otherOutCents],
    [say('cli.total.sales', { count: totals.sales }), totals.salesCents],
    [say('cli.total.matched', { count: totals.matched }), totals.matchedCents],
    [say('cli.total.open'), totals.openCents],
  ];
}

function* table(rows: readonly (readonly [Message, Cents])[], words: Words): Generator<string> {
  const cells = rows.map(([label, amount]) => [words.render(label), toReadable(amount)] as const);
  const wide = Math.max(...cells.map(([label]) => label.length));
  const long = Math.max(...cells.map(([, amount]) => amount.length));
  for (const [label, amount] of cells) yield `  ${label.padEnd(wide)}  ${amount.padStart(long)}\n`;
}

function* listSuggestions(db: ReadDb, scope: ReportScope, words: Words): Generator<string> {
  const title = words.render(say('cli.summary.suggestions'));
  yield* listItems(
    title,
    words,
    mapItems(selectSuggestions(db, scope), ({ band, rule, lines, sales, why }) => {
      const items = [...lines.map((line) => `${line.receipt} ${toReadable(line.amountCents)}`), ...sales];
      return `  [${words.render(say('cli.band', { band }))}] ${items.join(' + ')} (${rule})\n      ${words.render(why)}\n`;
    }),
  );
}

function* listExceptions(db: ReadDb, scope: ReportScope, words: Words): Generator<string> {
  const title = words.render(say('cli.summary.exceptions'));
  yield* listItems(
    title,
    words,
    mapItems(selectExceptions(db, scope), ({ kind, amountCents, lines, sales, why }) => {
      const items = [...lines.map((line) => line.receipt), ...sales].join(' + ');
      return `  ${words.render(say('cli.exception', { kind: toSelector(kind) }))}: KES ${toReadable(amountCents)}, ${items}\n      ${words.render(why)}\n`;
    }),
  );
}

function* mapItems<T>(items: Iterable<T>, write: (item: T) => string): Generator<string> {
  for (const item of items) yield write(item);
}

/** The title only when there is something below it; a long list says how much more there is. */
function* listItems(title: string, words: Words, items: Iterable<string>): Generator<string> {
  let count = 0;
  for (const item of items) {
    if (count === 0) yield `\n${title}\n`;
    if (count < LISTED) yield item;
    count += 1;
  }
  if (count > LISTED) yield `  ${words.render(say('cli.summary.more', { count: count - LISTED }))}\n`;
}
