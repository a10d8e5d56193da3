import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openLog } from '#main/log/log.ts';
import { hideInLog, redact } from '#main/log/redact.ts';

const CANARIES = {
  consumerSecret: 'bm90IGEgcmVhbCBzZWNyZXQ',
  password: 'Safaricom999!*!',
  key: 'ab'.repeat(32),
  token: 'c0ffee'.repeat(10),
  phone: '254712345678',
  partyName: 'AMINA EXAMPLE',
};

describe('redact', () => {
  it('hides secrets, phones and names by their field, and keeps counts', () => {
    expect(redact({ ...CANARIES, rows: 12, isDone: true, code: 'startup/damaged' })).toEqual({
      consumerSecret: '[redacted]',
      password: '[redacted]',
      key: '[redacted]',
      token: '[redacted]',
      phone: '[redacted]',
      partyName: '[redacted]',
      rows: 12,
      isDone: true,
      code: 'startup/damaged',
    });
  });

  it('hides them inside sentences, errors and nested facts too', () => {
    const words = `call 0712345678 or +254112345678 with Bearer abcdefghijklmnop and ${CANARIES.key}`;
    const text = JSON.stringify(
      redact({ what: words, error: new Error(words), deep: { list: [{ words }] } }),
    );
    for (const secret of ['0712345678', '254112345678', 'abcdefghijklmnop', CANARIES.key])
      expect(text).not.toContain(secret);
  });

  it('hides tokens and keys by their looks, and leaves receipts, ids, codes and names of functions', () => {
    for (const secret of [
      'SGWcJPtNtYNPGm6uSYR9yPYrAI3B',
      'xK9wQ2mZ7bL4nV8cR1tY6uP3sD5fG0hJaE2iO4kMqB7vN9xW',
      Buffer.from('canary-key:canary-secret').toString('base64'),
    ])
      expect(JSON.stringify(redact({ what: `no answer to "${secret}".` }))).not.toContain(secret);
    for (const harmless of [
      'UKK1234567',
      'AG_20260928_0100101002hi3i67m6ml',
      '8423-4a3b-87d8-1d918a78741e243712',
      'ws_CO_191220191020363925',
      '500.003.1001',
      'at openDarajaLine (/opt/daftari/out/main/main.js:10:5)',
      'noteResultForCredentialInTheBooks',
    ])
      expect(redact({ what: harmless })).toEqual({ what: harmless });
  });

  it('hides what is in use, whatever it looks like', () => {
    hideInLog('Look#Up2026', 'Up2026', 'abc');
    const words = 'typed Look#Up2026 and Up2026, abc';
    expect(redact({ what: words, error: new Error(words) })).toMatchObject({
      what: 'typed [secret] and [secret], abc',
      error: { words: 'typed [secret] and [secret], abc' },
    });
  });

  it('hides a secret that was told, in any sentence', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9#!%]{4,}$/), fc.string(), fc.string(), (secret, before, after) => {
        hideInLog(secret);
        expect(String(redact({ what: before + secret + after }).what).includes(secret)).toBe(false);
      }),
    );
  });

  it('never lets a full Kenyan number through, wherever it stands', () => {
    const number = fc.tuple(
      fc.constantFrom('0', '254', '+254'),
      fc.constantFrom('7', '1'),
      fc.stringMatching(/^\d{8}$/),
    );
    const surroundings = fc.tuple(fc.constantFrom('', 'from ', '(', '-'), fc.constantFrom('', ' ', ')', '.'));
    fc.assert(
      fc.property(
        number,
        surroundings,
        fc.constantFrom('', ' ', '-', '.'),
        ([code, start, rest], [before, after], gap) => {
          const spaced = `${start}${rest.slice(0, 2)}${gap}${rest.slice(2, 5)}${gap}${rest.slice(5)}`;
          const text = JSON.stringify(redact({ what: `${before}${code}${gap}${spaced}${after}` }));
          return !text.includes(rest.slice(5)) || !text.includes(spaced);
        },
      ),
    );
  });

  it('holds for what reaches the file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'daftari-log-'));
    const file = join(folder, 'logs', 'x.log');
    const log = openLog(file);
    log.error(`bug near ${CANARIES.phone}`, { ...CANARIES, error: new Error(`with ${CANARIES.key}`) });
    const written = readFileSync(file, 'utf8');
    for (const canary of Object.values(CANARIES)) expect(written).not.toContain(canary);
    expect(written).toContain('bug near [phone]');
    rmSync(folder, { recursive: true });
  });

  it('stands circles and depth without hanging', () => {
    const circle: Record<string, unknown> = { rows: 1 };
    circle.again = circle;
    expect(JSON.stringify(redact(circle))).toContain('[deep]');
  });
});
