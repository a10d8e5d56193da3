import type { MessageValue } from '#shared/domain/message.ts';
import { type Cents, toDecimal } from '#shared/domain/money.ts';
import { toIsoNairobi, type UtcMs } from '#shared/domain/time.ts';
import type { ReadDb } from '../db/ledger.ts';
import {
  type AccountReport,
  type ImportReport,
  type ReportedBreak,
  selectImportReport,
} from '../db/queries/import-report.ts';
import {
  type ReportLine,
  type ReportScope,
  selectExceptions,
  selectLinks,
  selectSuggestions,
  selectTotals,
} from '../db/queries/reconcile-report.ts';
import type { BroughtIn, TakenFile } from './bring-in.ts';
import type { JsonList } from './json.ts';
import type { Terminal } from './terminal.ts';

type Words = Pick<Terminal, 'render'>;

/** One statement of the JSON contract. Flat fields summarise its accounts: null when there are several. */
export function describeStatement(db: ReadDb, { file, importId }: TakenFile, words: Words) {
  const report = selectImportReport(db, importId);
  const [only, ...others] = report.accounts;
  const single = others.length === 0 ? only : undefined;
  return {
    file: file.given,
    layout: report.layout,
    shortCode: single?.shortCode ?? null,
    account: single?.account ?? null,
    rows: report.rows,
    new: report.new,
    known: report.known,
    refused: refusedRows(report, words),
    opening: moneyOrNull(single?.openingCents),
    closing: moneyOrNull(single?.closingCents),
    balanced: report.isBalanced,
    breaks: report.breaks.map((fault) => describeBreak(fault, words)),
    coveredTo: timeOrNull(single?.coveredTo),
    accounts: report.accounts.map((account) => describeAccount(account, report, words)),
  };
}

export function describeSales(db: ReadDb, { file, importId }: TakenFile, words: Words) {
  const report = selectImportReport(db, importId);
  return { file: file.given, rows: report.rows, refused: refusedRows(report, words) };
}

function describeAccount(account: AccountReport, report: ImportReport, words: Words) {
  const isAlone = report.accounts.length === 1;
  const breaks = report.breaks.filter(
    (fault) => isAlone || (fault.account === account.account && fault.shortCode === account.shortCode),
  );
  return {
    shortCode: account.shortCode,
    account: account.account,
    rows: account.rows,
    opening: moneyOrNull(account.openingCents),
    closing: moneyOrNull(account.closingCents),
    balanced: account.isBalanced,
    breaks: breaks.map((fault) => describeBreak(fault, words)),
    coveredTo: timeOrNull(account.coveredTo),
  };
}

/** A break in the file's own totals belongs to no line. */
function describeBreak({ row, reason }: ReportedBreak, words: Words) {
  return {
    line: row === 0 ? null : row,
    reason: words.render(reason),
    expected: moneyIn(reason.values?.expected),
    found: moneyIn(reason.values?.found),
  };
}

function refusedRows(report: ImportReport, words: Words) {
  return report.refused.map(({ row, reason }) => ({ line: row, reason: words.render(reason) }));
}

function moneyIn(value: MessageValue | undefined): string | null {
  return typeof value === 'object' && 'money' in value ? toDecimal(value.money) : null;
}

function moneyOrNull(amount: Cents | null | undefined): string | null {
  return amount === null || amount === undefined ? null : toDecimal(amount);
}

function timeOrNull(at: UtcMs | null | undefined): string | null {
  return at === null || at === undefined ? null : toIsoNairobi(at);
}

/** The object of `reconcile --json`; its lists are read from the ledger as they are written. */
export function describeRun(db: ReadDb, files: BroughtIn, scope: ReportScope | null, words: Words) {
  return {
    statement: files.statements.map((file) => describeStatement(db, file, words)),
    sales: files.sales.map((file) => describeSales(db, file, words)),
    matches: { items: scope ? describeMatches(db, scope, words) : [] } satisfies JsonList,
    suggestions: { items: scope ? describeSuggestions(db, scope, words) : [] } satisfies JsonList,
    links: { items: scope ? describeLinks(db, scope, words) : [] } satisfies JsonList,
    exceptions: { items: scope ? describeExceptions(db, scope, words) : [] } satisfies JsonList,
    totals: describeTotals(db, scope),
  };
}

function* describeMatches(db: ReadDb, scope: ReportScope, words: Words) {
  for (const link of selectLinks(db, scope)) {
    if (link.kind !== 'sale' || !link.isAutomatic) continue;
    const { lines, sales, rule, band, why } = link;
    yield { lines: lines.map(describeLine), sales, rule, band, why: words.render(why) };
  }
}

/** The other kinds, and in a profile also the sales that a person matched. */
function* describeLinks(db: ReadDb, scope: ReportScope, words: Words) {
  for (const link of selectLinks(db, scope)) {
    if (link.kind === 'sale' && link.isAutomatic) continue;
    const { kind, lines, sales, rule, why } = link;
    yield { kind, lines: lines.map(describeLine), sales, rule, why: words.render(why) };
  }
}

function* describeSuggestions(db: ReadDb, scope: ReportScope, words: Words) {
  for (const { lines, sales, rule, band, why, isAmbiguous } of selectSuggestions(db, scope))
    yield {
      lines: lines.map(describeLine),
      sales,
      rule,
      band,
      why: words.render(why),
      ambiguous: isAmbiguous,
    };
}

function* describeExceptions(db: ReadDb, scope: ReportScope, words: Words) {
  for (const { kind, lines, sales, amountCents, why } of selectExceptions(db, scope))
    yield {
      kind,
      lines: lines.map(describeLine),
      sales,
      amount: toDecimal(amountCents),
      why: words.render(why),
    };
}

function describeLine({ receipt, amountCents }: ReportLine) {
  return { receipt, amount: toDecimal(amountCents) };
}

function describeTotals(db: ReadDb, scope: ReportScope | null) {
  const totals = scope ? selectTotals(db, scope) : null;
  const money = (amount: Cents | undefined) => toDecimal(amount ?? (0 as Cents));
  return {
    paidIn: money(totals?.paidInCents),
    otherIn: money(totals?.otherInCents),
    charges: money(totals?.chargesCents),
    reversed: money(totals?.reversedCents),
    sweptOut: money(totals?.sweptOutCents),
    otherOut: money(totals?.otherOutCents),
    sales: money(totals?.salesCents),
    matched: money(totals?.matchedCents),
    open: money(totals?.openCents),
  };
}
