import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Pasted, readPasted } from '#shared/domain/look-up/read-pasted.ts';
import { toIsoNairobi } from '#shared/domain/time.ts';
import { CODE, MESSAGES } from '#test/fixtures/pasted-messages.ts';

function receiptOf(text: string): Extract<Pasted, { type: 'receipt' }> {
  const read = readPasted(text);
  if (read.type !== 'receipt') throw new Error(`read as ${read.type}`);
  return read;
}
function restOf(text: string): Extract<Pasted, { type: 'no-receipt' }> {
  const read = readPasted(text);
  if (read.type !== 'no-receipt') throw new Error(`read as ${read.type}`);
  return read;
}

describe.each(MESSAGES)('the message of %s', (_, text, { cameAs, amount, at, payee, payer }) => {
  const read = receiptOf(text);
  test('says its receipt, amount and time', () => {
    expect(read.receipt).toBe(text.startsWith('BH45UU225') ? 'BH45UU225' : CODE);
    expect(read.cameAs).toBe(cameAs);
    expect(read.stated?.amount).toBe(amount);
    const when = read.stated?.at ?? null;
    expect(when === null ? null : toIsoNairobi(when)).toBe(at);
    if (payee !== undefined) expect(read.stated?.payee?.name).toBe(payee);
    if (payer !== undefined) expect(read.stated?.payer).toMatchObject(payer);
  });
  test('keeps no balance', () => {
    expect(JSON.stringify(read)).not.toMatch(/340010|3,?400|130022|123400|320000|balance/);
  });
});

test.each([
  [CODE, CODE],
  ['uce6demo01', CODE],
  [' UCE6 DEMO 01 ', CODE],
  ['UCE6-DEMO-01', CODE],
  ['ＵＣＥ６ＤＥＭＯ０１', CODE],
  ['C94ZH942', 'C94ZH942'],
  ['UCEABCDEFG', 'UCEABCDEFG'],
])('%s typed alone is a receipt', (typed, receipt) => {
  expect(receiptOf(typed)).toMatchObject({ receipt, cameAs: 'typed', stated: null });
});

test.each(['Check uce6demo01 please', 'is UCE6DEMO01 ours?', 'mpesa ref uce6demo01'])(
  '%s names a receipt',
  (text) => {
    expect(receiptOf(text)).toMatchObject({ receipt: CODE, others: [] });
  },
);

test.each(['', ' \n\t ', '\u200b\u202e'])('%j is nothing', (text) => {
  expect(readPasted(text)).toEqual({ type: 'nothing' });
});

describe('what is no receipt', () => {
  test.each([
    ['a bank’s code', 'FT26073ABCDE', { code: 'FT26073ABCDE', amount: null }],
    ['another network’s', 'MP260314.1306.A12345', { code: 'MP260314.1306.A12345' }],
    ['an amount', '1,250', { code: null, amount: 125000 }],
    ['an amount with its currency', 'Ksh 1250.00', { amount: 125000 }],
    ['a word', 'CONFIRMED', { code: 'CONFIRMED' }],
    ['two words', 'please pay', { code: null }],
    ['a word and a year', 'KENYA 2026', { code: null }],
    ['a word and a number that begins with a day', 'TILL 123456', { code: null }],
    ['the number of a bill', 'INVOICE123', { code: 'INVOICE123' }],
    ['an old bill', 'BILL2026A', { code: 'BILL2026A' }],
    ['a date in words', '14 MAR 2026', { code: null }],
    ['the number of a bill beside M-PESA', 'Paid by M-PESA INVOICE123', { code: null }],
    ['a phone number', '0712345678', { code: null }],
    ['a message without a code', 'You sent KES 300.00 to DUKA on 14/3/26 at 10:42 AM', { amount: 30000 }],
    ['a payment that failed', 'Failed. Insufficient funds in your M-PESA account', { saysFailed: true }],
    ['a formula', '=HYPERLINK("http://x.example","UCE")', { amount: null }],
  ])('%s', (_, text, expected) => {
    expect(restOf(text)).toMatchObject(expected);
  });
});

describe('a text that was tampered with', () => {
  test('in Cyrillic letters that look like ours is read as what it looks like, and said', () => {
    expect(receiptOf('UC\u04156DEM\u041e01')).toMatchObject({
      receipt: CODE,
      marks: { hasLookAlikes: true },
    });
  });
  test('with zero-width characters or an override inside is read without them, and said', () => {
    for (const text of ['UCE6\u200bDEMO01', 'UCE6\u2060DEMO01', `\u202e${CODE}\u202c`])
      expect(receiptOf(text)).toMatchObject({ receipt: CODE, marks: { hasHidden: true } });
    const messenger = `\u200e${MESSAGES[9]?.[1] ?? ''}`;
    expect(receiptOf(messenger)).toMatchObject({ receipt: CODE, marks: { hasHidden: false } });
  });
  test('that is huge is read in its beginning only, at once', () => {
    const started = performance.now();
    const read = receiptOf(
      `${CODE} Confirmed. Ksh20.00 paid to X on 1/1/26 at 1:00 PM ${'Confirmed. '.repeat(400_000)}`,
    );
    expect(read.marks.isCut).toBe(true);
    readPasted('Ksh1 paid to '.repeat(1_000_000));
    readPasted('A1'.repeat(2_000_000));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
  test('with another code in it says so', () => {
    expect(receiptOf(MESSAGES[13]?.[1] ?? '').others).toEqual(['UCE6DEMO02']);
  });
});

test('no text makes it fail, wait, or keep a balance', () => {
  const pieces = fc.constantFrom(
    CODE,
    ' Confirmed. ',
    'Ksh1.00',
    ' paid to ',
    ' sent to ',
    ' for account ',
    ' received from ',
    ' on 14/3/26 at 1:06 PM',
    ' New M-PESA balance is Ksh987,654.32',
    'M-PESA ref ',
    '\u202e',
    '\u200b',
    'О',
    '\n',
    '=cmd|',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 12 })), { maxLength: 60 }), (parts) => {
      const read = readPasted(parts.join(''));
      if (read.type === 'receipt') {
        expect(read.receipt).toMatch(/^[A-Z0-9]{8,10}$/);
        expect(read.others).not.toContain(read.receipt);
      }
    }),
    { numRuns: 1_500 },
  );
});
