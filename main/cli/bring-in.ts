import { basename } from 'node:path';
import { type Message, say } from '#shared/domain/message.ts';
import type { ColumnMap } from '#shared/domain/sales/types.ts';
import type { Job } from '#shared/ipc/views.ts';
import type { Actor } from '../db/ledger.ts';
import { tillOfNumber } from '../db/queries/tills.ts';
import type { Core } from '../services/core.ts';
import { type ImportRequest, importFile } from '../services/import-file.ts';
import type { ImportOutcome } from '../services/import-outcome.ts';
import { openJobBook } from '../services/job-book.ts';
import { claimNumber } from '../services/tills.ts';
import type { FileOptions, NamedFile } from './options.ts';
import type { Terminal } from './terminal.ts';

/** One file that is in the ledger. */
export type TakenFile = { readonly file: NamedFile; readonly importId: number };
/** One file that is not, or not whole. `isInput` false: the computer is to blame, not the file. */
export type Trouble = {
  readonly file: NamedFile;
  readonly row: number | null;
  readonly reason: Message;
  readonly isInput: boolean;
};

export type BroughtIn = {
  readonly statements: readonly TakenFile[];
  readonly sales: readonly TakenFile[];
  readonly troubles: readonly Trouble[];
};

type Desk = {
  readonly core: Core;
  readonly actor: Actor;
  readonly isThrowAway: boolean;
  readonly options: FileOptions;
  readonly map: ColumnMap | null;
  readonly password: string | null;
  readonly stop: AbortSignal;
};

/** Brings in every file, the statements first; one that cannot be taken does not keep the others out. */
export async function bringInFiles(desk: Desk): Promise<BroughtIn> {
  const { core, actor, options, isThrowAway } = desk;
  if (!isThrowAway) claimNamedNumbers(core, actor, options.shortCodes);
  const troubles: Trouble[] = [];
  const bringIn = async (files: readonly NamedFile[], kind: 'statement' | 'sales'): Promise<TakenFile[]> => {
    const taken: TakenFile[] = [];
    for (const file of files) {
      const outcome = await bringInOne(desk, file, kind);
      desk.stop.throwIfAborted();
      if (outcome.type === 'done') taken.push({ file, importId: outcome.importId });
      troubles.push(...troublesOf(file, outcome));
    }
    return taken;
  };
  const statements = await bringIn(options.statements, 'statement');
  const sales = await bringIn(options.sales, 'sales');
  return { statements, sales, troubles };
}

/** Shows how far an import is, as the window does. */
export function showJob(terminal: Terminal, job: Job): void {
  const percent = job.fraction === null ? null : Math.round(job.fraction * 100);
  const file = job.fileName ?? '';
  const rows = job.rows.toLocaleString('en');
  const words =
    percent === null
      ? say('cli.progress', { file, rows })
      : say('cli.progress-part', { file, rows, percent });
  terminal.showProgress(terminal.render(words));
}

/** In a profile `--short-code` says: this number is ours. */
function claimNamedNumbers(core: Core, actor: Actor, numbers: readonly string[]): void {
  for (const number of numbers) {
    if (tillOfNumber(core.ledger.read, number) === null)
      claimNumber(core, actor, number, number, '--short-code');
  }
}

/** A column map is for the files that need one: a file it does not fit is tried without it. */
async function bringInOne(desk: Desk, file: NamedFile, kind: 'statement' | 'sales'): Promise<ImportOutcome> {
  if (kind === 'statement' || !desk.map) return runImport(desk, file, kind, null);
  const mapped = await runImport(desk, file, kind, desk.map);
  if (mapped.type !== 'asks' || mapped.question.ask !== 'columns') return mapped;
  const plain = await runImport(desk, file, kind, null);
  return plain.type === 'asks' && plain.question.ask === 'columns' ? mapped : plain;
}

async function runImport(
  desk: Desk,
  file: NamedFile,
  kind: 'statement' | 'sales',
  map: ColumnMap | null,
): Promise<ImportOutcome> {
  const { core, actor, options, stop } = desk;
  const book = openJobBook(core);
  const name = basename(file.path);
  const job = book.open('import', name);
  const cancel = () => book.cancelAll();
  stop.addEventListener('abort', cancel, { once: true });
  const [shortCode, ...others] = options.shortCodes;
  const request: ImportRequest = {
    file: { path: file.path, name },
    kind,
    ...(shortCode !== undefined && others.length === 0 ? { shortCode } : {}),
    ...(options.dates ? { dates: options.dates } : {}),
    ...(map ? { map } : {}),
    ...(desk.password ? { password: desk.password } : {}),
    everyNumberIsOurs: desk.isThrowAway,
    matchAfter: false,
  };
  try {
    return await importFile(core, actor, request, job);
  } finally {
    stop.removeEventListener('abort', cancel);
  }
}

function troublesOf(file: NamedFile, outcome: ImportOutcome): Trouble[] {
  if (outcome.type === 'refused') {
    const { reason, row } = outcome.refusal;
    return [{ file, row: row ?? null, reason, isInput: true }];
  }
  if (outcome.type === 'asks') return [{ file, row: null, reason: nameOption(outcome), isInput: true }];
  if (outcome.type === 'failed') return [{ file, row: null, reason: outcome.reason, isInput: false }];
  if (outcome.type === 'cancelled') return [];
  return outcome.foreign.map((number) => ({
    file,
    row: null,
    reason: say('cli.foreign-number', { number }),
    isInput: true,
  }));
}

/** What a window would ask, with the option that answers it. */
function nameOption(outcome: Extract<ImportOutcome, { type: 'asks' }>): Message {
  const { question, reason } = outcome;
  if (question.ask === 'is-ours') return say('cli.foreign-number', { number: question.numbers.join(', ') });
  if (question.ask === 'columns')
    return say('cli.needs-map', { columns: question.headers.filter(Boolean).join(', ').slice(0, 500) });
  if (question.ask === 'dates') return say('cli.needs-dates');
  if (question.ask === 'short-code') return say('cli.needs-short-code');
  return reason;
}
