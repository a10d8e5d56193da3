import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { MAX_JSON_BYTES, readJson, safeName, saveUpload } from '#main/preview/body.ts';

const into = mkdtempSync(join(tmpdir(), 'daftari-body-'));
afterAll(() => rmSync(into, { recursive: true }));

function request(parts: readonly string[], headers: Record<string, string> = {}): IncomingMessage {
  return Object.assign(Readable.from(parts.map((part) => Buffer.from(part))), {
    headers,
  }) as unknown as IncomingMessage;
}

describe('a JSON body', () => {
  test('may come in parts that split a character', async () => {
    const bytes = Buffer.from('{"name":"Wanjirũ"}');
    const split = Object.assign(Readable.from([bytes.subarray(0, 16), bytes.subarray(16)]), { headers: {} });
    expect(await readJson(split as unknown as IncomingMessage)).toEqual({
      ok: true,
      value: { name: 'Wanjirũ' },
    });
  });

  test('may be empty', async () =>
    expect(await readJson(request([]))).toEqual({ ok: true, value: undefined }));

  test('is refused when it is no JSON or too large, told or not', async () => {
    expect(await readJson(request(['{']))).toEqual({ ok: false, problem: 'not-json' });
    const big = 'x'.repeat(MAX_JSON_BYTES);
    expect(await readJson(request(['"', big, '"']))).toEqual({ ok: false, problem: 'too-large' });
    expect(await readJson(request([], { 'content-length': '1000001' }))).toEqual({
      ok: false,
      problem: 'too-large',
    });
  });
});

describe('an upload', () => {
  test('lies under its own name in a folder that only this user can read', async () => {
    const saved = await saveUpload(request(['a,b\n', '1,2\n']), into, 'November.csv');
    if (!saved.ok) throw new Error(saved.problem);
    expect(basename(saved.path)).toBe('November.csv');
    expect(readFileSync(saved.path, 'utf8')).toBe('a,b\n1,2\n');
    expect(statSync(saved.path).mode & 0o777).toBe(0o600);
    rmSync(join(saved.path, '..'), { recursive: true });
  });

  test('that grows too large leaves nothing behind', async () => {
    const problem = { ok: false, problem: 'too-large' };
    expect(await saveUpload(request(['12345', '678901']), into, 'big.csv', 10)).toEqual(problem);
    expect(await saveUpload(request(['1'], { 'content-length': '11' }), into, 'big.csv', 10)).toEqual(
      problem,
    );
    expect(readdirSync(into)).toEqual([]);
  });

  test('that breaks off leaves nothing behind', async () => {
    async function* breakOff() {
      yield Buffer.from('12345');
      throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
    }
    const broken = Object.assign(Readable.from(breakOff()), { headers: {} }) as unknown as IncomingMessage;
    expect(await saveUpload(broken, into, 'half.csv')).toEqual({ ok: false, problem: 'broken-off' });
    expect(readdirSync(into)).toEqual([]);
    expect(existsSync(into)).toBe(true);
  });
});

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\Amina\\till.xlsx', 'till.xlsx'],
  ['..', 'file'],
  ['', 'file'],
  ['a\u202etxt.csv', 'a_txt.csv'],
  ['a\0b.csv', 'a_b.csv'],
  ['mauzo ya Ijumaa.csv', 'mauzo ya Ijumaa.csv'],
])('the file name %j becomes %j', (name, expected) => expect(safeName(name)).toBe(expected));

test('no name is a path', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
      const safe = safeName(name);
      return (
        safe.length > 0 && safe.length <= 120 && basename(safe) === safe && safe !== '..' && safe !== '.'
      );
    }),
  );
});
