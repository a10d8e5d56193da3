import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { openAnswers } from '#main/cli/answers.ts';
import { Stopped } from '#main/cli/stop.ts';

describe('lines of standard input', () => {
  const askAll = async (pieces: readonly string[], times: number) => {
    const answers = openAnswers(Readable.from(pieces.map((piece) => Buffer.from(piece))), new PassThrough());
    const read: (string | null)[] = [];
    for (let time = 0; time < times; time += 1) read.push(await answers.ask('Password: ', true));
    return read;
  };

  test.each([
    [['12345678\n'], ['12345678']],
    [
      ['123', '45678\r', '\nnext'],
      ['12345678', 'next'],
    ],
    [['first\nsecond\n'], ['first', 'second', null]],
    [[' spaces count \n'], [' spaces count ']],
    [['no line end'], ['no line end', null]],
    [[''], [null]],
    [['\nsecond\n'], [null, 'second']],
    [['x'.repeat(2_000)], [null]],
  ])('%j are answered one by one', async (pieces, lines) => {
    expect(await askAll(pieces, lines.length)).toEqual(lines);
  });

  test('show no question: nobody is there to read it', async () => {
    const output = new PassThrough();
    await openAnswers(Readable.from(['x\n']), output).ask('Password: ', true);
    expect(output.read()).toBeNull();
  });
});

describe('a terminal', () => {
  function openTerminal() {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const output = new PassThrough();
    return { input, answers: openAnswers(input, output), seen: () => String(output.read() ?? '') };
  }

  test('asks, and shows what is typed unless it is a secret', async () => {
    const { input, answers, seen } = openTerminal();
    expect(answers.canPrompt).toBe(true);
    const name = answers.ask('Your name: ', false);
    input.write('Amina\r');
    expect(await name).toBe('Amina');
    expect(seen()).toMatch(/Your name: .*Amina/s);
    const password = answers.ask('Password: ', true);
    input.write('twelve green mangoes\r');
    expect(await password).toBe('twelve green mangoes');
    expect(seen()).toBe('Password: \n');
  });

  test('Ctrl-C stops the program, and the end of input is no answer', async () => {
    const stopped = openTerminal();
    const asked = stopped.answers.ask('Password: ', true);
    stopped.input.write('\u0003');
    await expect(asked).rejects.toBeInstanceOf(Stopped);
    const ended = openTerminal();
    const unanswered = ended.answers.ask('Password: ', true);
    ended.input.end();
    expect(await unanswered).toBeNull();
  });
});
