import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '#test/helpers/run-cli.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-explain-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function explain(content: string, ...options: string[]) {
  writeFileSync(join(folder, 'body.json'), content);
  return runCli(['explain', 'body.json', ...options], folder);
}

test('prints one JSON object: amounts as decimals, times with their zone, nothing that the body does not say', async () => {
  const balance = 'Utility Account|KES|228037.00|228037.00|0.00|0.00&Charges Paid Account|KES|-1540.00';
  const body = {
    Result: {
      ResultType: '0',
      ResultCode: '0',
      ResultDesc: 'The service request is processed successfully',
      OriginatorConversationID: '16917-1',
      ConversationID: 'AG_20260314_1',
      TransactionID: 'UCE0000000',
      ResultParameters: {
        ResultParameter: [
          { Key: 'AccountBalance', Value: balance },
          { Key: 'BOCompletedTime', Value: 20260314125710 },
        ],
      },
    },
  };
  const { code, out, err } = await explain(JSON.stringify(body), '--json');
  expect({ code, err, told: JSON.parse(out) }).toEqual({
    code: 0,
    err: '',
    told: {
      kind: 'balance-result',
      code: '0',
      text: 'The service request is processed successfully',
      outcome: 'completed',
      originatorConversationId: '16917-1',
      conversationId: 'AG_20260314_1',
      completedAt: '2026-03-14T12:57:10+03:00',
      accounts: [
        {
          name: 'Utility Account',
          currency: 'KES',
          current: '228037.00',
          available: '228037.00',
          reserved: '0.00',
          uncleared: '0.00',
        },
        { name: 'Charges Paid Account', currency: 'KES', current: '-1540.00' },
      ],
      warnings: [],
    },
  });
});

test('what cannot be read is said with the reason, and is no error', async () => {
  const { code, out } = await explain('<html>502</html>', '--json', '--lang', 'sw');
  expect({ code, ...JSON.parse(out) }).toEqual({
    code: 0,
    kind: 'unreadable',
    reason: 'Huu ni ukurasa wa wavuti, si jibu la Daraja.',
    warnings: [],
  });
});

test('a body without end is refused without being read to its end', async () => {
  const { code, out } = await explain('x'.repeat(3_000_000), '--json');
  expect({ code, kind: JSON.parse(out).kind }).toEqual({ code: 0, kind: 'unreadable' });
});

test('what a customer typed gives no orders to a terminal, and no line of its own', async () => {
  const odd = 'A\u001b]0;x\u0007\u001b[2J\u009b31m\u202eB\n  Receipt: UKK7654321';
  const notice = {
    TransID: 'UCE6DEMO01',
    TransTime: '20260314130600',
    TransAmount: '5.00',
    BillRefNumber: odd,
    FirstName: odd,
    TransactionType: odd,
    OrgAccountBalance: odd,
  };
  const lines = await explain(JSON.stringify(notice));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
  const orders = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/;
  expect(lines.out).not.toMatch(orders);
  expect(lines.out).not.toMatch(/^ {2}Receipt: UKK7654321/m);
  expect(lines.out).toContain('[U+001B]');
  const json = await explain(JSON.stringify(notice), '--json');
  expect(json.out).not.toMatch(orders);
  expect(JSON.parse(json.out)).toMatchObject({ reference: odd, text: odd });
});

test('a file that PowerShell wrote is read', async () => {
  const text =
    '\ufeffUCE6DEMO01 Confirmed.on 14/3/26 at 1:06 PMKsh20.00 received from 254700000000 Demo Person. New Account balance is Ksh1300.22.';
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  for (const bytes of [little, big]) {
    writeFileSync(join(folder, 'wide.txt'), bytes);
    const { out } = await runCli(['explain', 'wide.txt', '--json'], folder);
    expect(JSON.parse(out)).toMatchObject({ kind: 'sms', receipt: 'UCE6DEMO01' });
  }
});

test('standard input is read to its end, and not beyond the bound', async () => {
  const whole = await runCli(['explain', '-', '--json'], folder, {}, Buffer.from('UCE6DEMO01\n'));
  expect({ code: whole.code, ...JSON.parse(whole.out) }).toMatchObject({ code: 0, receipt: 'UCE6DEMO01' });
  const endless = await runCli(['explain', '-', '--json'], folder, {}, Buffer.alloc(30_000_000, 'x'));
  expect({ code: endless.code, kind: JSON.parse(endless.out).kind }).toEqual({ code: 0, kind: 'unreadable' });
});

test.skipIf(process.platform === 'win32')('a pipe with a name is read like a file', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const running = runCli(['explain', 'pipe', '--json'], folder);
  const padding = ' '.repeat(200_000);
  createWriteStream(pipe).end(`{"ResponseCode":"0",${padding}"ResponseDescription":"Fine."}`);
  expect(JSON.parse((await running).out)).toMatchObject({ kind: 'unreadable', code: '0', text: 'Fine.' });
});

test('for people, a message in lines', async () => {
  const { out } = await explain(
    'UCE6DEMO01 Confirmed.on 14/3/26 at 1:06 PMKsh20.00 received from 254700000000 Demo Person. New Account balance is Ksh1300.22.',
  );
  expect(out).toContain('Confirmation message: completed\n');
  expect(out).toContain('KES: 20.00\n');
  expect(out).toContain('A message proves nothing by itself');
});

test('a receipt may stand on the command line; a file that is missing is an error', async () => {
  const receipt = await runCli(['explain', 'UCE6DEMO01', '--json'], folder);
  expect({ code: receipt.code, ...JSON.parse(receipt.out) }).toMatchObject({
    code: 0,
    kind: 'receipt',
    day: '2026-03-14',
  });
  const missing = await runCli(['explain', 'nothing.json'], folder);
  expect(missing.code).toBe(2);
  expect(missing.err).toContain('nothing.json');
  expect((await runCli(['explain'], folder)).code).toBe(2);
});
