import { type CellObject, CFB, utils, write } from '@e965/xlsx';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openTables } from '#main/readers/container/open.ts';
import type { GridRow } from '#main/readers/container/types.ts';
import { toWorkbook } from '#test/fixtures/tables.ts';
import { withFile } from '#test/helpers/read-all.ts';

const readFile = (bytes: Buffer | Uint8Array) =>
  withFile('any.bin', Buffer.from(bytes), async (file) => {
    const opened = await openTables(file);
    const rows: GridRow[] = [];
    for await (const batch of opened.tables[0]?.rows() ?? []) rows.push(...batch);
    await opened.close();
    return {
      kind: opened.kind,
      names: opened.tables.map(({ name }) => name),
      rows,
      cells: rows.map(({ cells }) => cells),
    };
  });

const codeOf = (bytes: Buffer | Uint8Array) =>
  readFile(bytes).then(
    () => 'taken',
    (error: unknown) => (error as { refusal: { code: string } }).refusal.code,
  );

/** A real workbook with some of its parts changed or added. */
function tampered(change: (parts: Record<string, Uint8Array>) => void): Uint8Array {
  const parts = unzipSync(toWorkbook([['a', 'b']], 'Sheet', 'xlsx'));
  change(parts);
  return zipSync(parts, { level: 9 });
}

function withCells(cells: Record<string, CellObject>, ref: string, date1904 = false): Buffer {
  const book = utils.book_new();
  utils.book_append_sheet(book, { '!ref': ref, ...cells }, 'S');
  book.Workbook = { WBProps: { date1904 } };
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
}

/** An .xls with the record that says it is encrypted, which follows the first one. */
function lockOldWay(xls: Buffer): Buffer {
  const file = CFB.read(xls, { type: 'buffer' });
  const stream = CFB.find(file, '/Workbook');
  if (!stream) throw new Error('the fixture has no workbook');
  const records = Buffer.from(stream.content as Uint8Array);
  const first = 4 + records.readUInt16LE(2);
  const locked = Buffer.concat([
    records.subarray(0, first),
    Buffer.from([0x2f, 0, 6, 0, 0, 0, 1, 2, 3, 4]),
    records.subarray(first),
  ]);
  stream.content = locked;
  stream.size = locked.length;
  return CFB.write(file, { type: 'buffer' }) as Buffer;
}

describe('workbooks', () => {
  it.each(['xlsx', 'xls'] as const)('reads the values of an %s as text', async (kind) => {
    const grid = [
      ['Short Code:', 1234567],
      ['amount', -22779.95, 0.1, 254712345678, 30, ''],
      [],
      ['text', '007', 'UCE1DEMO01'],
    ];
    const read = await readFile(toWorkbook(grid, 'transaction', kind));
    expect(read.kind).toBe(kind);
    expect(read.names).toEqual(['transaction']);
    expect(read.cells).toEqual([
      ['Short Code:', '1234567'],
      ['amount', '-22779.95', '0.1', '254712345678', '30'],
      ['text', '007', 'UCE1DEMO01'],
    ]);
    expect(read.rows.map(({ row }) => row)).toEqual([1, 2, 4]);
  });

  it('writes dates as they are meant, whatever their format shows', async () => {
    const bytes = withCells(
      {
        A1: { t: 'n', v: 46_095.970_185_185_19, z: 'm/d/yy h:mm' },
        B1: { t: 'n', v: 46_095, z: 'dd/mm/yyyy' },
        C1: { t: 'n', v: 0.5, z: 'h:mm' },
        D1: { t: 'n', v: 46_095, z: '0.00' },
      },
      'A1:D1',
    );
    expect((await readFile(bytes)).cells).toEqual([
      ['2026-03-14 23:17:04', '2026-03-14', '12:00:00', '46095'],
    ]);
    const mac = withCells({ A1: { t: 'n', v: 46_095 - 1462, z: 'dd/mm/yyyy' } }, 'A1:A1', true);
    expect((await readFile(mac)).cells).toEqual([['2026-03-14']]);
  });

  it('takes the stored value of a formula and never works it out', async () => {
    const bytes = withCells(
      { A1: { t: 'n', v: 7, f: '1+1' }, B1: { t: 's', v: 'x', f: 'HYPERLINK("http://x")' } },
      'A1:B1',
    );
    expect((await readFile(bytes)).cells).toEqual([['7', 'x']]);
  });

  it('shows a number that lost digits as such', async () => {
    const bytes = withCells({ A1: { t: 'n', v: 2.547123456789e18 } }, 'A1:A1');
    expect((await readFile(bytes)).cells[0]?.[0]).toContain('E+18');
  });

  it('refuses a bomb, by what comes out and not by what it claims', async () => {
    const bomb = tampered((parts) => {
      parts['xl/media/image1.png'] = new Uint8Array(101 * 1024 * 1024);
    });
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await codeOf(bomb)).toBe('too-big');
  });

  it('refuses more than 200,000 rows before they are parsed', async () => {
    const rows = '<row r="1"/>'.repeat(200_001);
    const bytes = tampered((parts) => {
      parts['xl/worksheets/sheet1.xml'] = strToU8(`<worksheet><sheetData>${rows}</sheetData></worksheet>`);
    });
    expect(await codeOf(bytes)).toBe('too-big');
  });

  it('refuses sizes that lie', async () => {
    const bytes = Buffer.from(tampered(() => undefined));
    for (let at = bytes.indexOf('PK\x01\x02'); at !== -1; at = bytes.indexOf('PK\x01\x02', at + 4)) {
      bytes.writeUInt32LE(bytes.readUInt32LE(at + 24) + 7, at + 24);
    }
    expect(await codeOf(bytes)).toBe('damaged');
  });

  it.each([
    ['a name outside the archive', '../../evil.xml', strToU8('<a/>')],
    [
      'a document type',
      'xl/sharedStrings.xml',
      strToU8('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><sst/>'),
    ],
    ['a document type in an unused part', 'docProps/evil.xml', strToU8('<!doctype x><x/>')],
    ['XML in UTF-16', 'xl/sharedStrings.xml', new Uint8Array([0xff, 0xfe, 60, 0])],
  ])('refuses %s', async (_what, name, content) => {
    const bytes = tampered((parts) => {
      parts[name] = content;
    });
    expect(await codeOf(bytes)).toBe('damaged');
  });

  it('leaves macros and external links out of what the library sees', async () => {
    const bytes = tampered((parts) => {
      parts['xl/vbaProject.bin'] = strToU8('not a project at all');
      parts['xl/externalLinks/externalLink1.xml'] = strToU8('<broken');
    });
    expect((await readFile(bytes)).cells).toEqual([['a', 'b']]);
  });

  it('refuses an archive that is no workbook, and one that is cut short', async () => {
    expect(await codeOf(zipSync({ 'photo.jpg': strToU8('x') }))).toBe('not-a-table');
    const whole = tampered(() => undefined);
    expect(await codeOf(whole.subarray(0, whole.length - 40))).toBe('damaged');
  });

  it('says that a workbook is locked, and that another OLE2 file is no table', async () => {
    const ole = (name: string) => {
      const file = CFB.utils.cfb_new();
      CFB.utils.cfb_add(file, `/${name}`, Buffer.from('secret'));
      return CFB.write(file, { type: 'buffer' }) as Buffer;
    };
    expect(await codeOf(ole('EncryptionInfo'))).toBe('password-protected');
    expect(await codeOf(ole('WordDocument'))).toBe('not-a-table');
    const xls = toWorkbook([['a']], 'S', 'xls');
    expect(await codeOf(lockOldWay(xls))).toBe('password-protected');
    expect(await codeOf(xls.subarray(0, 700))).toBe('damaged');
  });
});
