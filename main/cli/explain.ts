import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { explainText } from '#shared/domain/daraja/explain.ts';
import { type Explanation, present } from '#shared/domain/daraja/explanation.ts';
import type { DarajaParty } from '#shared/domain/daraja/parties.ts';
import type { PulledRow } from '#shared/domain/daraja/pull-answer.ts';
import { say } from '#shared/domain/message.ts';
import { type Cents, toDecimal } from '#shared/domain/money.ts';
import { parseReceipt } from '#shared/domain/receipt.ts';
import { toIsoNairobi, type UtcMs } from '#shared/domain/time.ts';
import { writeJson } from './json.ts';
import type { Command } from './options.ts';
import { type Terminal, toSelector } from './terminal.ts';

/** Far above what Safaricom sends or a phone holds. */
const MOST_BYTES = 1_000_000;

/** `explain`: what is understood of a Daraja body, a confirmation message or a receipt. Reading it badly is no error. */
export async function explainInput(
  { source, isJson }: Extract<Command, { name: 'explain' }>,
  terminal: Terminal,
): Promise<number> {
  let text: string;
  try {
    text = source === 'standard-input' ? readStandardInput() : readSource(source.path, source.given);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const given = source === 'standard-input' ? '-' : source.given;
    terminal.complain(
      `${given}: ${terminal.render(say('cli.explain-unreadable', { cause: error.message }))}`,
    );
    return 2;
  }
  const explanation: Explanation =
    text.length > MOST_BYTES
      ? { kind: 'unreadable', reason: say('explain.too-long'), warnings: [] }
      : explainText(text);
  const told = toJson(explanation, terminal);
  await terminal.print(isJson ? writeJson(told) : writeLines(explanation, told, terminal));
  return 0;
}

/** A receipt may stand on the command line itself, where no file has its name. */
function readSource(path: string, given: string): string {
  try {
    return readStart(path);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing && parseReceipt(given) !== null && !/[/\\.]/.test(given)) return given;
    throw error;
  }
}

/** The file up to a little over the bound: what is longer is refused, whatever follows. */
function readStart(path: string): string {
  const handle = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(Math.min(fstatSync(handle).size, MOST_BYTES + 1));
    return buffer.subarray(0, readSync(handle, buffer)).toString('utf8');
  } finally {
    closeSync(handle);
  }
}

function readStandardInput(): string {
  return readFileSync(0, 'utf8');
}

function toJson(explanation: Explanation, terminal: Terminal): Record<string, unknown> {
  const {
    kind,
    amount,
    balanceAfter,
    startedAt,
    completedAt,
    parties,
    accounts,
    rows,
    reason,
    warnings,
    ...rest
  } = explanation;
  return {
    kind,
    ...rest,
    ...present({
      amount: money(amount),
      balanceAfter: money(balanceAfter),
      startedAt: time(startedAt),
      completedAt: time(completedAt),
      parties: parties?.map((party: DarajaParty) => present(party)),
      accounts: accounts?.map(({ name, currency, current, available, reserved, uncleared }) => ({
        name,
        ...present({
          currency,
          current: money(current),
          available: money(available),
          reserved: money(reserved),
          uncleared: money(uncleared),
        }),
      })),
      rows: rows?.map(({ amount: paid, ...row }: PulledRow) => present({ ...row, amount: money(paid) })),
      reason: reason === undefined ? undefined : terminal.render(reason),
    }),
    warnings: warnings.map((warning) => terminal.render(warning)),
  };
}

function money(amount: Cents | null | undefined): string | undefined {
  return amount === null || amount === undefined ? undefined : toDecimal(amount);
}

function time(at: UtcMs | undefined): string | undefined {
  return at === undefined ? undefined : toIsoNairobi(at);
}

function* writeLines(
  { kind, outcome, warnings }: Explanation,
  told: Record<string, unknown>,
  terminal: Terminal,
): Generator<string> {
  const words = say('cli.explain.kind', {
    kind: toSelector(kind),
    outcome: toSelector(outcome ?? 'none'),
  });
  yield `${terminal.render(words)}\n`;
  for (const [name, value] of Object.entries(told)) {
    if (name === 'kind' || name === 'outcome' || name === 'warnings') continue;
    const label = terminal.render(say('cli.explain.field', { field: name }));
    for (const line of Array.isArray(value) ? value : [value])
      yield `  ${label}: ${typeof line === 'object' && line !== null ? Object.values(line).join(' · ') : line}\n`;
  }
  for (const warning of warnings) yield `  ! ${terminal.render(warning)}\n`;
}
