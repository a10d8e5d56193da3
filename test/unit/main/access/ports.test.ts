import { describe, expect, test } from 'vitest';
import { hashTotpRecoveryCode, makeTotpRecoveryCodes } from '#main/access/codes.ts';
import { openPasswords, PASSWORD_COST } from '#main/access/passwords.ts';
import { makeTotpOffer, matchTotp, totpAt } from '#main/access/totp.ts';
import { openTurns } from '#main/access/turns.ts';
import { SECOND } from '#shared/domain/time.ts';

const NOW = Date.UTC(2026, 10, 20, 8, 0, 10);
const STEP = 30 * SECOND;

describe('passwords', () => {
  test('are hashed with Argon2id, at least 64 MiB and three passes', async () => {
    const passwords = openPasswords();
    const stored = await passwords.hash('twelve green mangoes');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await passwords.verify(stored, 'twelve green mangoes')).toBe(true);
    expect(await passwords.verify(stored, 'Twelve green mangoes')).toBe(false);
    expect(await passwords.verify(stored, 'twelve green mangoes ')).toBe(false);
    expect(await passwords.hash('twelve green mangoes')).not.toBe(stored);
    expect(PASSWORD_COST.memoryKib).toBeGreaterThanOrEqual(64 * 1024);
    expect(PASSWORD_COST.passes).toBeGreaterThanOrEqual(3);
  });

  test('fit whichever way the same characters were typed', async () => {
    const passwords = openPasswords({ memoryKib: 8, passes: 1, lanes: 1 });
    const stored = await passwords.hash('Zoe\u0301 na ﬁwi kumi');
    expect(await passwords.verify(stored, 'Zo\u00e9 na fiwi kumi')).toBe(true);
  });

  test('nobody’s password never fits', async () => {
    expect(await openPasswords().verify(null, '')).toBe(false);
  });

  test('are due for another hash when the cost has risen, never when it has fallen', async () => {
    const weak = openPasswords({ memoryKib: 8, passes: 1, lanes: 1 });
    const strong = openPasswords({ memoryKib: 16, passes: 2, lanes: 1 });
    const stored = await weak.hash('x');
    expect(weak.isOutdated(stored)).toBe(false);
    expect(strong.isOutdated(stored)).toBe(true);
    expect(weak.isOutdated(await strong.hash('x'))).toBe(false);
    expect(strong.isOutdated('$argon2id$v=18$m=8,t=1,p=1$x$y')).toBe(true);
  });
});

describe('codes of the authenticator app', () => {
  const { secret, uri } = makeTotpOffer('Amina', 'Duka la Mfano');

  test('the offer names the person, the shop and what apps support', () => {
    const address = new URL(uri);
    expect(address.protocol).toBe('otpauth:');
    expect(decodeURIComponent(address.pathname)).toBe('/Daftari Duka la Mfano:Amina');
    expect(Object.fromEntries(address.searchParams)).toMatchObject({ secret, period: '30', digits: '6' });
    // 160 bits.
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(makeTotpOffer('Amina', '').secret).not.toBe(secret);
  });

  test('the vector of RFC 6238 holds', () => {
    expect(totpAt('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 59 * SECOND)).toBe('287082');
    expect(totpAt('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 1_111_111_109 * SECOND)).toBe('081804');
  });

  test.each([
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ])('a code of %i half minutes away: %s', (steps, fits) => {
    const code = totpAt(secret, NOW + steps * STEP);
    expect(matchTotp(secret, code, NOW, null)).toBe(fits ? Math.floor(NOW / STEP) + steps : null);
  });

  test('each code opens once, and so does none before it', () => {
    const used = matchTotp(secret, totpAt(secret, NOW), NOW, null);
    expect(matchTotp(secret, totpAt(secret, NOW), NOW, used)).toBeNull();
    expect(matchTotp(secret, totpAt(secret, NOW - STEP), NOW, used)).toBeNull();
    expect(matchTotp(secret, totpAt(secret, NOW + STEP), NOW, used)).not.toBeNull();
  });

  test('spaces are no matter, and anything else is no code', () => {
    const code = totpAt(secret, NOW);
    expect(matchTotp(secret, ` ${code.slice(0, 3)} ${code.slice(3)} `, NOW, null)).not.toBeNull();
    for (const typed of ['', '12345', `${code}0`, 'abcdef', '-'.repeat(40), '１２３４５６'])
      expect(matchTotp(secret, typed, NOW, null)).toBeNull();
  });
});

describe('made codes', () => {
  test('have five random bits a letter, and no letter that is taken for another', () => {
    const codes = makeTotpRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  test('are found however they were typed, and belong to one person', () => {
    const kept = hashTotpRecoveryCode(3, 'ABCD-0123-EFGH-1JKM');
    expect(hashTotpRecoveryCode(3, 'abcd o123 efgh ljkm')).toEqual(kept);
    expect(hashTotpRecoveryCode(4, 'ABCD-0123-EFGH-1JKM')).not.toEqual(kept);
    expect(kept).toHaveLength(32);
  });
});

test('what takes turns runs one after the other, and a failure is its own', async () => {
  const inTurn = openTurns();
  const order: string[] = [];
  const work = (name: string, fails = false) =>
    inTurn(async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const outcomes = await Promise.allSettled([work('first'), work('second', true), work('third')]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(order).toEqual(['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});
