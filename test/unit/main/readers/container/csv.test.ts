import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCsvRows } from '#main/readers/container/csv-records.ts';
import { openTables } from '#main/readers/container/open.ts';
import type { GridRow } from '#main/readers/container/types.ts';
import { toCsv } from '#test/fixtures/tables.ts';
import { withFile } from '#test/helpers/read-all.ts';

function read(
  text: string,
  { delimiter = ',', lineEnd = '\n' as '\n' | '\r', cutAt = [] as number[] } = {},
): GridRow[] {
  const rows: GridRow[] = [];
  const reader = createCsvRows({ delimiter, lineEnd });
  const cuts = [0, ...[...cutAt].sort((a, b) => a - b), text.length];
  for (let i = 1; i < cuts.length; i++)
    reader.push(text.slice(cuts[i - 1], cuts[i]), i === cuts.length - 1, rows);
  return rows;
}

const readFile = (bytes: Buffer | string) =>
  withFile('any.csv', bytes, async (file) => {
    const opened = await openTables(file);
    const rows: GridRow[] = [];
    for await (const batch of opened.tables[0]?.rows() ?? []) rows.push(...batch);
    await opened.close();
    return rows;
  });

const cell = fc.stringMatching(/^[a-z0-9 ,;"'\n.=\u00e9-]{0,12}$/);
const grid = fc.array(fc.array(cell, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 20 });

describe('csv rows', () => {
  it('reads what a maintained parser reads, wherever the stream is cut', () => {
    fc.assert(
      fc.property(
        grid,
        fc.constantFrom('\n' as const, '\r\n' as const),
        fc.array(fc.nat(400)),
        (cells, end, cuts) => {
          const text = toCsv(cells, { lineEnd: end }).toString();
          const ours = read(text, { cutAt: cuts.map((cut) => Math.min(cut, text.length)) });
          expect(ours.map((row) => row.cells)).toEqual(parse(text, { relax_column_count: true }));
        },
      ),
    );
  });

  it('numbers rows by the physical line where they start', () => {
    expect(read('a,b\n\n"x\ny",1\nc,d').map(({ row }) => row)).toEqual([1, 3, 5]);
  });

  it('refuses only the line whose quote never closes', () => {
    const rows = read('a,1\nb,"2\nc,3\nd,"4"\n');
    expect(rows.map(({ row, cells, problem }) => [row, cells.join('|'), problem?.id ?? null])).toEqual([
      [1, 'a|1', null],
      [2, '', 'reading.row.quote-not-closed'],
      [3, 'c|3', null],
      [4, 'd|4', null],
    ]);
  });

  it('keeps a quote inside an unquoted cell, and blanks after a quoted one', () => {
    expect(read('5" pipe,1\n"a" ,2').map(({ cells }) => cells)).toEqual([
      ['5" pipe', '1'],
      ['a', '2'],
    ]);
  });

  it('refuses a cell of 1 MB, quoted or not, and goes on', () => {
    const big = 'x'.repeat(1_000_000);
    for (const text of [`a,1\n${big},2\nc,3\n`, `a,1\n"${big}",2\nc,3\n`, `a,1\n"${big}\nc,3\n`]) {
      const cutAt = Array.from({ length: 10 }, (_, index) => index * 100_000);
      const rows = read(text, { cutAt });
      expect(rows.filter(({ problem }) => problem).map(({ row }) => row)).toEqual([2]);
      expect(rows.filter(({ problem }) => !problem).map(({ cells }) => cells[0])).toEqual(['a', 'c']);
    }
  });

  it('refuses a row of more than 200 cells and takes one of 200', () => {
    const row = (count: number) => Array.from({ length: count }, (_, index) => index).join(',');
    const [ok, tooMany] = read(`${row(200)}\n${row(201)}`);
    expect(ok?.cells).toHaveLength(200);
    expect(tooMany?.problem?.id).toBe('reading.row.too-many-columns');
  });
});

describe('csv files', () => {
  it('reads every encoding, delimiter and line end to the same cells', async () => {
    const cells = [
      ['name', 'amount', 'note'],
      ['Zo\u00eb, "K"', '1,234.50', ''],
    ];
    for (const encoding of ['utf-8', 'windows-1252', 'utf-16le'] as const) {
      for (const delimiter of [',', ';', '\t'] as const) {
        for (const lineEnd of ['\n', '\r\n', '\r'] as const) {
          const bytes = toCsv(cells, { encoding, delimiter, lineEnd, hasBom: encoding !== 'windows-1252' });
          expect((await readFile(bytes)).map((row) => row.cells)).toEqual(cells);
        }
      }
    }
  });

  it('reads UTF-16 without its mark, and a file that names its delimiter', async () => {
    expect((await readFile(Buffer.from('name,amount\nA,1\n', 'utf16le')))[1]?.cells).toEqual(['A', '1']);
    expect((await readFile('sep=;\nname;amount\nA;1\n'))[2]?.cells).toEqual(['A', '1']);
  });

  it('decides the encoding on the whole file, also where a character is cut between two reads', async () => {
    const filler = `${'a'.repeat(1024 * 1024 - 1)}`.replace(/.{100}/g, (line) => `${line.slice(1)}\n`);
    const rows = await readFile(`${filler}\u20ac\u20ac,x\n`);
    expect(rows.at(-1)?.cells[0]?.endsWith('\u20ac\u20ac')).toBe(true);
  });

  it.each([
    ['a photo', Buffer.from('ffd8ffe000104a46494600010101', 'hex'), 'not-a-table'],
    ['a PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'not-a-table'],
    ['a HEIC photo', Buffer.from('0000002466747970686569630000000068656963', 'hex'), 'not-a-table'],
    ['noise', Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 37) % 32)), 'not-a-table'],
    ['a web page', Buffer.from('<!DOCTYPE html><table><tr><td>1</td></tr></table>'), 'not-a-table'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'damaged'],
    ['no bytes', Buffer.alloc(0), 'empty'],
  ])('refuses %s', async (_what, bytes, code) => {
    await expect(readFile(bytes)).rejects.toMatchObject({ refusal: { code } });
  });
});
