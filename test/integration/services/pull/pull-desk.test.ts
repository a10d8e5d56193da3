import { afterEach, describe, expect, it } from 'vitest';
import { settleMatching } from '#main/services/match-days.ts';
import { openPullDesk, type PullDesk } from '#main/services/pull/pull-desk.ts';
import { listPulls } from '#main/services/pull/show-pulls.ts';
import { showCoverage } from '#main/services/show-coverage.ts';
import { DAY, HOUR, MINUTE, toIsoNairobi, type UtcMs } from '#shared/domain/time.ts';
import { unreached } from '#test/daraja-simulator/fault.ts';
import { readAsked } from '#test/daraja-simulator/stamps.ts';
import { novemberStatement, openPulledShop } from '#test/helpers/pulled-shop.ts';
import { codeOf, unwrap } from '#test/helpers/results.ts';
import type { SafaricomShop } from '#test/helpers/safaricom-shop.ts';
import { TILL } from '#test/helpers/simulator-caller.ts';

const desks: PullDesk[] = [];
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close();
});

async function openDesk(shop: SafaricomShop): Promise<PullDesk> {
  const desk = openPullDesk(shop.parts);
  desks.push(desk);
  await desk.tick();
  await settleMatching(shop.core);
  return desk;
}

/** How many hours each question reached back, as far as Safaricom was asked. */
const reached = ({ simulator }: SafaricomShop) =>
  simulator.journal.calls('pull-query').map(({ body }) => {
    const { StartDate, EndDate } = body as { StartDate: string; EndDate: string };
    return ((readAsked(EndDate) ?? 0) - (readAsked(StartDate) ?? 0)) / HOUR;
  });
const show = (shop: SafaricomShop, desk: PullDesk) => {
  const [code] = unwrap(listPulls(shop.core, desk)).codes;
  if (code === undefined) throw new Error('nothing is registered');
  return code;
};
const daysOf = (shop: SafaricomShop) =>
  unwrap(showCoverage(shop.core, { month: '2026-11', tillId: null })).days;

describe('Pull by itself', () => {
  it('asks for two days at the start, and every quarter of an hour for what is new', async () => {
    const shop = await openPulledShop();
    const desk = await openDesk(shop);
    expect(reached(shop)).toHaveLength(1);
    expect(reached(shop)[0]).toBeGreaterThan(47.8);
    await shop.simulator.advance(14 * MINUTE);
    await desk.tick();
    expect(reached(shop)).toHaveLength(1);
    await shop.simulator.advance(MINUTE);
    shop.simulator.pay({ cents: 50_000, shortCode: TILL, kind: 'buy-goods' });
    await shop.simulator.advance(1000);
    await desk.tick();
    // One page with the payment, and the empty one that ends it.
    expect(reached(shop).slice(1)).toHaveLength(2);
    expect(reached(shop)[1]).toBeCloseTo(1.25, 1);
    expect(show(shop, desk)).toMatchObject({
      last: { outcome: 'rows', rows: 1, newRows: 1 },
      running: null,
      stopped: null,
      lost: [],
    });
  });

  it('asks again from where nobody could tell', async () => {
    const shop = await openPulledShop();
    const desk = await openDesk(shop);
    shop.simulator.always('pull-query', unreached.gatewayPage(500));
    await shop.simulator.advance(15 * MINUTE);
    await desk.tick();
    expect(show(shop, desk).last).toMatchObject({ outcome: 'unknown' });
    shop.simulator.always('pull-query', null);
    await shop.simulator.advance(15 * MINUTE);
    await desk.tick();
    expect(reached(shop).at(-1)).toBeCloseTo(1.5, 1);
    expect(show(shop, desk).last).toMatchObject({ outcome: 'none' });
  });

  it('says why it stopped when the keys are refused, and asks nothing more', async () => {
    const shop = await openPulledShop();
    shop.simulator.tokens.forgetAll();
    shop.simulator.always('token', unreached.error(400, '400.008.01', 'Invalid Authentication passed'));
    const desk = await openDesk(shop);
    await shop.simulator.advance(15 * MINUTE);
    await desk.tick();
    const { stopped } = show(shop, desk);
    expect(stopped?.id).toContain('refused');
    const tries = shop.simulator.journal.calls('token').length;
    await shop.simulator.advance(15 * MINUTE);
    await desk.tick();
    expect(shop.simulator.journal.calls('token')).toHaveLength(tries);
  });

  it('is begun by a person, shown while it runs, and stopped', async () => {
    const shop = await openPulledShop();
    const desk = await openDesk(shop);
    expect(codeOf(desk.begin(shop.actor, '765432'))).toBe('ledger/not-found');
    unwrap(desk.begin(shop.actor, TILL));
    expect(show(shop, desk).running).toMatchObject({ rows: 0 });
    desk.cancel(TILL);
    await desk.close();
    expect(show(shop, desk)).toMatchObject({ running: null });
  });
});

describe('hours that Pull can no longer list', () => {
  it('are shown on the calendar after a long absence, until a statement covers them', async () => {
    let shop = await openPulledShop({ simulator: { clock: Date.UTC(2026, 10, 10, 7) as UtcMs } });
    const first = await openDesk(shop);
    await first.close();
    await shop.simulator.advance(5 * DAY);
    shop = await shop.reopen();
    const desk = await openDesk(shop);
    // Off from the 10th at 10:00 to the 15th at 10:00: the last two days were asked for at the start.
    const lost = show(shop, desk).lost.map(({ from, to }) => [toIsoNairobi(from), toIsoNairobi(to)]);
    expect(lost).toEqual([['2026-11-10T10:00:01+03:00', '2026-11-13T10:00:00+03:00']]);
    const byDay = daysOf(shop).map(({ day, state, pulled, lost: gone }) => [
      day.slice(-2),
      state,
      pulled,
      gone.length,
    ]);
    expect(byDay.slice(6, 16)).toEqual([
      ['07', 'none', 'none', 0],
      ['08', 'none', 'partial', 0],
      ['09', 'none', 'full', 0],
      ['10', 'none', 'partial', 1],
      ['11', 'none', 'none', 1],
      ['12', 'none', 'none', 1],
      ['13', 'none', 'partial', 1],
      ['14', 'none', 'full', 0],
      ['15', 'none', 'partial', 0],
      ['16', 'none', 'none', 0],
    ]);
    const line = { receipt: 'UKA7KQ2M4X', time: '08:00:00', amount: 5 };
    await shop.bringIn('a.csv', novemberStatement([line], 11));
    expect(show(shop, desk).lost).toHaveLength(2);
    const day11 = daysOf(shop)[10];
    expect(day11).toMatchObject({ state: 'full', lost: [] });
    expect(daysOf(shop)[11]?.lost).toHaveLength(1);
  });
});
