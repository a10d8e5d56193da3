import { PROGRAM } from '#main/db/ledger.ts';
import { saveRegistration } from '#main/db/queries/registrations.ts';
import { settleMatching } from '#main/services/match-days.ts';
import { type Pulled, type PullOptions, pullNow } from '#main/services/pull/pull-now.ts';
import { ask } from '#main/services/safaricom/ask.ts';
import { HOUR, toNairobi, type UtcMs } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { unwrap } from './results.ts';
import { openSafaricomShop, type SafaricomShop, type SafaricomShopOptions } from './safaricom-shop.ts';
import { dayStatement, type StatementRow } from './shop-files.ts';
import { TILL } from './simulator-caller.ts';

/** A shop whose till is registered for Pull, at Safaricom and in the books. */
export async function openPulledShop(options: SafaricomShopOptions = {}): Promise<SafaricomShop> {
  const shop = await openSafaricomShop({ credentials: 'working', ...options });
  const question = { product: 'pull-register', shortCode: TILL, nominatedNumber: '254722000000' } as const;
  const asked = await ask(shop.parts, shop.actor, question, { subject: 'registration' });
  if (asked.type !== 'answered') throw new Error(`not registered: ${asked.type}`);
  unwrap(
    shop.core.ledger.act(shop.actor, 'test.registered', 'registration', (db) => {
      const { staffId } = shop.actor;
      const at = shop.simulator.now();
      saveRegistration(db, { shortCode: TILL, kind: 'pull', state: 'registered', details: '', at, staffId });
      return succeed({ value: undefined, details: {} });
    }),
  );
  return shop;
}

/** Asks Pull about the last hours, and waits until the days it changed are matched. */
export async function pullHours(shop: SafaricomShop, hours = 24, options: PullOptions = {}): Promise<Pulled> {
  const to = shop.simulator.now();
  const stretch = { from: (to - hours * HOUR) as UtcMs, to };
  const pulled = await pullNow(shop.parts, PROGRAM, TILL, stretch, options);
  await settleMatching(shop.core);
  return pulled;
}

/** A statement of a day of November 2026, exported the morning after. */
export function novemberStatement(rows: readonly StatementRow[], date = 20): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return dayStatement(rows, `${two(date)}-11-2026`).replace(
    '20-03-2026 07:00:00',
    `${two(date + 1)}-11-2026 07:00:00`,
  );
}

/** `08:00:07`, Nairobi. */
export function clockOf(at: UtcMs): string {
  const { hour, minute, second } = toNairobi(at);
  return [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':');
}
