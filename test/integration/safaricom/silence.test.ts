import { describe, expect, test } from 'vitest';
import { writeSetting } from '#main/db/queries/settings.ts';
import { ask } from '#main/services/safaricom/ask.ts';
import { endSilentCalls } from '#main/services/safaricom/silent-calls.ts';
import { HOUR, MINUTE, SECOND, type UtcMs } from '#shared/domain/time.ts';
import { posted, spoiled, unreached } from '#test/daraja-simulator/fault.ts';
import { askBalance, askStatus, callEntries, callOf, write } from '#test/helpers/asking.ts';
import { openSafaricomShop, PAYBILL, type SafaricomShop } from '#test/helpers/safaricom-shop.ts';

const WORKING = { credentials: 'working' } as const;

describe('a question that nobody answers', () => {
  test('is waited for ten minutes, and its answer counts all the same when it comes', async () => {
    const shop = await openSafaricomShop(WORKING);
    shop.simulator.next('status', posted.delayed(3 * HOUR));
    const asked = await askStatus(shop);
    await shop.simulator.advance(10 * MINUTE - SECOND);
    expect(endSilentCalls(shop.core)).toEqual([]);
    await shop.simulator.advance(SECOND);
    expect(endSilentCalls(shop.core).map(({ id }) => id)).toEqual([callOf(shop, asked).id]);
    expect(callOf(shop, asked)).toMatchObject({ state: 'silent', why: { id: 'safaricom.silent' } });
    expect(callEntries(shop).at(-1)).toMatchObject({ staffId: 0, details: { state: 'silent' } });
    expect(endSilentCalls(shop.core)).toEqual([]);
    await shop.simulator.advance(3 * HOUR);
    await shop.collect();
    expect(callOf(shop, asked)).toMatchObject({ state: 'answered', code: '2032', why: null });
  });

  test('whose taking was lost, or that Safaricom gave up, ends so too; what was not sent does not', async () => {
    const shop = await openSafaricomShop(WORKING);
    shop.simulator.next('status', spoiled.gatewayPage());
    shop.simulator.next('status', posted.timedOut());
    shop.simulator.next('balance', unreached.spikeArrest());
    const lost = await askStatus(shop);
    const timedOut = await askStatus(shop);
    const refused = await askBalance(shop);
    shop.simulator.next('status', posted.silence());
    await shop.simulator.settle();
    write(shop, (db) => void db.run(`DELETE FROM callbacks`));
    await shop.collect();
    expect([callOf(shop, timedOut).state, callOf(shop, refused).state]).toEqual(['timed-out', 'refused']);
    await shop.simulator.advance(11 * MINUTE);
    endSilentCalls(shop.core);
    expect(callOf(shop, refused).state).toBe('refused');
    expect(callOf(shop, timedOut).state).toBe('silent');
    expect(['silent', 'answered']).toContain(callOf(shop, lost).state);
  });

  test('the shop may wait longer', async () => {
    const shop = await openSafaricomShop(WORKING);
    shop.simulator.next('status', posted.silence());
    await askStatus(shop);
    write(shop, (db) => writeSetting(db, 'silent-after-minutes', '60'));
    await shop.simulator.advance(59 * MINUTE);
    expect(endSilentCalls(shop.core)).toEqual([]);
    await shop.simulator.advance(MINUTE);
    expect(endSilentCalls(shop.core)).toHaveLength(1);
  });

  test('an answer at once is never waited for, also when it was lost', async () => {
    const shop = await openSafaricomShop(WORKING);
    shop.simulator.next('pull-query', unreached.gatewayPage());
    await pull(shop);
    await shop.simulator.advance(HOUR);
    expect(endSilentCalls(shop.core)).toEqual([]);
  });
});

describe('two silences in a row', () => {
  async function fallSilent(shop: SafaricomShop): Promise<void> {
    shop.simulator.next('balance', posted.delayed(2 * HOUR));
    await askBalance(shop, { isBackground: true });
    await shop.simulator.advance(11 * MINUTE);
    endSilentCalls(shop.core);
  }

  test('stop what is asked in the background; a person still asks, and an answer ends it', async () => {
    const shop = await openSafaricomShop(WORKING);
    await fallSilent(shop);
    await fallSilent(shop);
    expect(await askBalance(shop, { isBackground: true })).toMatchObject({
      type: 'cannot-ask',
      reason: 'silence',
    });
    expect(shop.simulator.journal.calls('balance')).toHaveLength(2);
    // A Pull waits for no callback.
    expect((await pull(shop)).type).toBe('answered');
    expect((await askStatus(shop)).type).toBe('accepted');
    await shop.simulator.settle();
    await shop.collect();
    expect((await askBalance(shop, { isBackground: true })).type).toBe('accepted');
  });

  test('an answer that comes late ends it as well', async () => {
    const shop = await openSafaricomShop(WORKING);
    await fallSilent(shop);
    await fallSilent(shop);
    await shop.simulator.advance(2 * HOUR);
    await shop.collect();
    expect((await askBalance(shop, { isBackground: true })).type).toBe('accepted');
  });

  test('one silence stops nothing, nor one before an answer', async () => {
    const shop = await openSafaricomShop(WORKING);
    await fallSilent(shop);
    await askBalance(shop);
    await shop.simulator.settle();
    await shop.collect();
    await fallSilent(shop);
    expect((await askBalance(shop, { isBackground: true })).type).toBe('accepted');
  });
});

describe('a busy Safaricom', () => {
  /** The waits that were asked for, none of which takes any time. */
  function hurried(shop: SafaricomShop, goesOn = true) {
    const waits: number[] = [];
    const pause = async (ms: number) => {
      waits.push(ms);
      return goesOn;
    };
    return { waits, parts: { ...shop.parts, pause } };
  }
  const question = (shop: SafaricomShop) =>
    ({
      product: 'pull-query',
      shortCode: PAYBILL,
      from: (shop.simulator.now() - HOUR) as UtcMs,
      to: shop.simulator.now(),
      offset: 0,
    }) as const;

  test('is asked again in the background, later each time, each a call of its own', async () => {
    const shop = await openSafaricomShop(WORKING);
    for (let times = 0; times < 2; times++) shop.simulator.next('pull-query', unreached.spikeArrest());
    const { parts, waits } = hurried(shop);
    const asked = await ask(parts, shop.actor, question(shop), { subject: 'pull', isBackground: true });
    expect(asked.type).toBe('answered');
    expect(waits).toHaveLength(2);
    expect(waits[0]).toBeGreaterThanOrEqual(2_500);
    expect(waits[0]).toBeLessThanOrEqual(5_000);
    expect(waits[1]).toBeGreaterThanOrEqual(7_500);
    const states = `SELECT state FROM api_calls WHERE product = 'pull-query' ORDER BY id`;
    expect(shop.core.ledger.read.all(states)).toEqual([
      { state: 'refused' },
      { state: 'refused' },
      { state: 'answered' },
    ]);
  });

  test('is left alone after four tries, and at the end of the program', async () => {
    const shop = await openSafaricomShop(WORKING);
    shop.simulator.always('pull-query', unreached.spikeArrest());
    const { parts, waits } = hurried(shop);
    const asked = await ask(parts, shop.actor, question(shop), { subject: 'pull', isBackground: true });
    expect(asked).toMatchObject({ type: 'refused', code: '500.003.02' });
    expect(waits).toHaveLength(3);
    expect(shop.simulator.journal.calls('pull-query')).toHaveLength(4);
    const ending = hurried(shop, false);
    await ask(ending.parts, shop.actor, question(shop), { subject: 'pull', isBackground: true });
    expect(shop.simulator.journal.calls('pull-query')).toHaveLength(5);
  });

  test('is not asked again for a person, nor by whoever has called it off', async () => {
    const shop = await openSafaricomShop(WORKING);
    shop.simulator.always('pull-query', unreached.spikeArrest());
    const { parts, waits } = hurried(shop);
    await ask(parts, shop.actor, question(shop), { subject: 'pull' });
    expect(waits).toEqual([]);
    const mind = new AbortController();
    const pause = async () => {
      mind.abort();
      return true;
    };
    await ask({ ...parts, pause }, shop.actor, question(shop), {
      subject: 'pull',
      isBackground: true,
      signal: mind.signal,
    });
    expect(shop.simulator.journal.calls('pull-query')).toHaveLength(2);
  });

  test('the same does not hold for what may have been taken', async () => {
    const shop = await openSafaricomShop(WORKING);
    shop.simulator.next('balance', spoiled.gatewayPage());
    const { parts, waits } = hurried(shop);
    const asked = await ask(
      parts,
      shop.actor,
      { product: 'balance', shortCode: PAYBILL },
      { subject: 'balance', isBackground: true },
    );
    expect(asked.type).toBe('lost');
    expect(waits).toEqual([]);
  });
});

/** What Pull answers at once, in the background. */
function pull(shop: SafaricomShop) {
  const to = shop.simulator.now();
  const from = (to - HOUR) as UtcMs;
  const question = { product: 'pull-query', shortCode: PAYBILL, from, to, offset: 0 } as const;
  return ask(shop.parts, shop.actor, question, { subject: 'pull', isBackground: true });
}
