import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { readPassword } from '#main/cli/read-password.ts';

it.each([
  ['12345678\n', '12345678'],
  ['12345678\r\nnot this', '12345678'],
  [' spaces count \n', ' spaces count '],
  ['no line end', 'no line end'],
  ['', null],
  ['\n', null],
  ['x'.repeat(2_000), null],
])('reads the first line of %j', async (text, password) => {
  expect(
    await readPassword(Readable.from([text.slice(0, 3), text.slice(3)].map((part) => Buffer.from(part)))),
  ).toBe(password);
});
