import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { explainText } from '#shared/domain/daraja/explain.ts';
import { type Explanation, kindToSay, present } from '#shared/domain/daraja/explanation.ts';
import type { DarajaParty } from '#shared/domain/daraja/parties.ts';
import type { PulledRow } from '#shared/domain/daraja/pull-answer.ts';
import { say } from '#shared/domain/message.ts';
import { type Cents, toDecimal } from '#shared/domain/money.ts';
import { parseReceipt } from '#shared/domain/receipt.ts';
import { spellOut } from '#shared/domain/reversal/odd-text.ts';
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
  let bytes: Buffer;
  try {
    bytes =
      source === 'standard-input'
        ? await readStart(process.stdin)
        : await readSource(source.path, source.given);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const given = source === 'standard-input' ? '-' : source.given;
    terminal.complain(
      `${given}: ${terminal.render(say('cli.explain-unreadable', { cause: error.message }))}`,
    );
    return 2;
  }
  const explanation: Explanation =
    bytes.length > MOST_BYTES
      ? { kind: 'unreadable', reason: say('explain.too-long'), warnings: [] }
      : explainText(decode(bytes), Date.now() as UtcMs);
  const told = toJson(explanation, terminal);
  await terminal.print(isJson ? writeJson(told) : writeLines(explanation, told, terminal));
  return 0;
}

/** A receipt may stand on the command line itself, where no file has its name. */
async function readSource(path: string, given: string): Promise<Buffer> {
  try {
    return await readStart(createReadStream(path));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing && parseReceipt(given) !== null && !/[/\\.]/.test(given)) return Buffer.from(given);
    throw error;
  }
}

/** A file, a pipe or standard input up to a little over the bound: what is longer is refused, whatever follows. */
async function readStart(source: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of source as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size > MOST_BYTES) break;
  }
  return Buffer.concat(parts);
}

/** PowerShell's `>` writes UTF-16, with its mark. */
function decode(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
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
  explanation: Explanation,
  told: Record<string, unknown>,
  terminal: Terminal,
): Generator<string> {
  const words = say('cli.explain.kind', {
    kind: toSelector(kindToSay(explanation)),
    outcome: toSelector(explanation.outcome ?? 'none'),
  });
  yield `${terminal.render(words)}\n`;
  for (const [name, value] of Object.entries(told)) {
    if (name === 'kind' || name === 'outcome' || name === 'warnings') continue;
    const label = terminal.render(say('cli.explain.field', { field: name }));
    for (const line of Array.isArray(value) ? value : [value])
      yield `  ${label}: ${spellOut(typeof line === 'object' && line !== null ? Object.values(line).join(' · ') : String(line))}\n`;
  }
  for (const warning of explanation.warnings) yield `  ! ${spellOut(terminal.render(warning))}\n`;
}
