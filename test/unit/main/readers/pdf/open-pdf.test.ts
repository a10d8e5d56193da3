import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openPdf } from '#main/readers/pdf/open-pdf.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { type PdfDescription, writePdf } from '#test/fixtures/pdf-writer.ts';
import { inventStatement } from '#test/fixtures/statement-files.ts';
import { statementPdf } from '#test/fixtures/statement-pdf.ts';
import { readSalesBytes, readStatementBytes } from '#test/helpers/read-all.ts';

const till = inventStatement({
  seed: 3,
  shortCode: '1234567',
  kind: 'till',
  day: '2026-03-14' as BusinessDay,
  paymentsPerDay: 6,
});
const text = (value: string, x = 20, y = 30) => ({ text: value, x, y, size: 8 });
const page = (...items: PdfDescription['pages'][number]): Buffer =>
  writePdf({ width: 600, height: 800, pages: [items] });
const codeOf = async (bytes: Buffer, password?: string) =>
  (await readStatementBytes(bytes, 'x.pdf', password === undefined ? {} : { password })).refusal?.code;

describe('a locked PDF', () => {
  const locked = statementPdf([till], { password: '12345678' });

  it('asks for its password', async () => {
    expect(await codeOf(locked)).toBe('needs-password');
  });
  it('tells a wrong password from a missing one', async () => {
    expect(await codeOf(locked, '87654321')).toBe('wrong-password');
  });
  it('is read with the right one', async () => {
    const { lines, refusal } = await readStatementBytes(locked, 'x.pdf', { password: '12345678' });
    expect(refusal).toBeNull();
    expect(lines).toHaveLength(till.movements.length);
  });
  it('that is damaged is not asked for a password', async () => {
    expect(await codeOf(locked.subarray(0, 400))).toBe('damaged');
  });
  it('with an empty password opens without asking', async () => {
    expect(await codeOf(statementPdf([till], { password: '' }))).toBeUndefined();
  });
});

describe('PDFs that are no statement', () => {
  it('a picture says so', async () => {
    const result = await readStatementBytes(page(), 'scan.pdf');
    expect(result.refusal?.reason.id).toBe('reading.pdf.no-text');
  });
  it('another document says so', async () => {
    const result = await readStatementBytes(page(text('Dear customer')), 'letter.pdf');
    expect(result.refusal).toMatchObject({ code: 'is-pdf', reason: { id: 'reading.pdf.not-a-statement' } });
  });
  it('a sales list must come as a table', async () => {
    expect((await readSalesBytes(page(text('Sales')))).refusal?.code).toBe('is-pdf');
  });
});

describe('hostile PDFs', () => {
  it('a stream that unpacks to far more than a page holds is refused before it is held', async () => {
    const packed = deflateSync(Buffer.alloc(40 * 1024 * 1024));
    const start = `%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`;
    const bomb = Buffer.concat([Buffer.from(start), packed, Buffer.from('\nendstream\nendobj\n')]);
    expect(bomb.length).toBeLessThan(100_000);
    expect(await codeOf(bomb)).toBe('too-big');
  });
  it('a packed stream inside a packed stream is refused', async () => {
    const nested = page(text('x'))
      .toString('latin1')
      .replace('/Length', '/Filter [/Fl#61teDecode /FlateDecode] /Length');
    expect(await codeOf(Buffer.from(nested, 'latin1'))).toBe('too-big');
  });
  it('more than 2,000 pages are refused', async () => {
    expect(
      await codeOf(writePdf({ width: 600, height: 800, pages: Array.from({ length: 2_001 }, () => []) })),
    ).toBe('too-big');
  });
  it('is cut short at every length without a crash', async () => {
    const whole = statementPdf([till]);
    for (let length = 9; length < whole.length; length += 499) {
      const { refusal, lines } = await readStatementBytes(whole.subarray(0, length), 'cut.pdf');
      expect(refusal !== null || lines.length === till.movements.length).toBe(true);
    }
  });
});

it('stops when it is told to', async () => {
  const stop = new AbortController();
  const pdf = await openPdf(writePdf({ width: 600, height: 800, pages: [[text('one')], [text('two')]] }), {
    signal: stop.signal,
  });
  const pages = pdf.pages();
  expect((await pages.next()).value?.items.map((item: { text: string }) => item.text)).toEqual(['one']);
  stop.abort(new Error('enough'));
  await expect(pages.next()).rejects.toThrow('enough');
  await pdf.close();
});
