import { writeFileSync } from 'node:fs';
import { readSales } from '#main/readers/sales/read-sales.ts';
import { readStatement } from '#main/readers/statement/read-statement.ts';
import type { FileRefusal } from '#main/readers/types.ts';
import type { Message } from '#shared/domain/message.ts';
import type { SaleRow } from '#shared/domain/sales/types.ts';
import type { RowProblem, StatementLine } from '#shared/domain/statement/types.ts';
import { render } from '#shared/text/render.ts';
import { seededRandom } from '#test/fixtures/random.ts';
import { mutate } from './mutate.ts';
import type { Sample } from './samples.ts';

export type Tried = {
  readonly layout: string;
  readonly ended: 'taken' | FileRefusal['code'];
  readonly rows: number;
};

/** The damaged file of a seed: the same on every machine. */
function inputOf(
  seed: number,
  samples: readonly Sample[],
  damage: typeof mutate,
): { sample: Sample; bytes: Buffer } {
  const random = seededRandom(seed);
  const sample = random.pick(samples.flatMap((one) => Array.from({ length: one.weight }, () => one)));
  return { sample, bytes: damage(sample.bytes, random, random.pick(samples).bytes) };
}

/**
 * Reads the damaged file of a seed as the product would and checks what comes out. Throws at a crash and at any
 * answer that the rest of the product could not trust: a row without a line, a reason without words, an amount
 * that is none.
 */
export async function tryInput(
  seed: number,
  samples: readonly Sample[],
  path: string,
  damage: typeof mutate = mutate,
): Promise<Tried> {
  const { sample, bytes } = inputOf(seed, samples, damage);
  writeFileSync(path, bytes);
  const file = { path, name: sample.name };
  const options = {
    shortCode: '1234567',
    dates: 'dmy' as const,
    ...(sample.password ? { password: sample.password } : {}),
  };
  let ended: Tried['ended'] = 'taken';
  let rows = 0;
  const refuse = (refusal: FileRefusal) => {
    checkWords(refusal.reason);
    if (refusal.row !== undefined) checkRow(refusal.row);
    ended = refusal.code;
  };
  const batches =
    sample.reader === 'statement' ? readStatement(file, options) : readSales(file, { dates: 'dmy' });
  for await (const batch of batches) {
    if (ended !== 'taken') throw new Error('something came after a refusal');
    if (batch.type === 'refused') refuse(batch.refusal);
    else if (batch.type === 'rows') {
      const taken = 'lines' in batch ? batch.lines : batch.sales;
      rows += taken.length;
      if (taken.length > 1_001) throw new Error(`a batch of ${taken.length} rows`);
      for (const row of taken)
        'receipt' in row && 'direction' in row ? checkLine(row) : checkSale(row as SaleRow);
      checkProblems([...batch.problems, ...batch.warnings]);
    }
  }
  return { layout: sample.layout, ended, rows };
}

function checkProblems(problems: readonly RowProblem[]): void {
  for (const { row, reason } of problems) {
    checkRow(row);
    checkWords(reason);
  }
}

function checkRow(row: number): void {
  if (!Number.isSafeInteger(row) || row < 1) throw new Error(`${row} is no line`);
}

function checkWords(reason: Message): void {
  for (const language of ['en', 'sw'] as const) {
    const words = render(reason, language);
    if (words.length < 5 || words === reason.id) throw new Error(`${reason.id} has no words`);
  }
}

const EARLIEST = Date.UTC(2006, 11, 31);
const LATEST = Date.UTC(2101, 0, 1);

function checkLine(line: StatementLine): void {
  checkRow(line.row);
  const isSound =
    /^[A-Z0-9]{8,10}$/.test(line.receipt) &&
    /^\d{4,9}$/.test(line.shortCode) &&
    line.account.length <= 80 &&
    line.details.length <= 1_000 &&
    Number.isSafeInteger(line.amountCents) &&
    line.amountCents > 0 &&
    (line.balanceCents === null || Number.isSafeInteger(line.balanceCents)) &&
    line.completedAt > EARLIEST &&
    line.completedAt < LATEST;
  if (!isSound) throw new Error(`a line that is not sound: ${JSON.stringify(line)}`);
}

function checkSale(sale: SaleRow): void {
  checkRow(sale.row);
  const isSound =
    Number.isSafeInteger(sale.amountCents) &&
    sale.amountCents !== 0 &&
    /^\d{4}-\d{2}-\d{2}$/.test(sale.day) &&
    (sale.reference?.length ?? 0) <= 200 &&
    sale.occurrence >= 1;
  if (!isSound) throw new Error(`a sale that is not sound: ${JSON.stringify(sale)}`);
}
