import { openBook } from '#main/demo/book.ts';
import { inventMonth } from '#main/demo/month.ts';
import { startChance } from '#main/demo/random.ts';
import { businessDayOf } from '#shared/domain/time.ts';
import { openSafaricomBook } from './book.ts';
import { certificateOf, type Environment } from './certificate.ts';
import type { SimulatorClock } from './clock.ts';
import { recordMonth } from './demo-month.ts';
import { openIds } from './ids.ts';
import { openOperators } from './operators.ts';
import { inventShop, type ShopWords } from './shop.ts';
import { openTokens } from './tokens.ts';
import { type Rules, USUAL_RULES, type World } from './world.ts';

export type WorldOptions = {
  readonly environment: Environment;
  readonly clock: SimulatorClock;
  readonly seed: number;
  readonly shop: ShopWords | undefined;
  readonly rules: Partial<Rules> | undefined;
  readonly hasDemoMonth: boolean;
};

/** Safaricom before the first call: the shop and its operators, the demo's month or an empty book. */
export function openWorld(options: WorldOptions): World {
  const { environment, clock, seed } = options;
  const chance = startChance(seed);
  const ids = openIds(chance);
  const rules: Rules = { ...USUAL_RULES, ...options.rules };
  const shop = options.shop ?? inventShop(environment);
  const month = options.hasDemoMonth ? inventMonth(businessDayOf(clock.now())) : null;
  const book = openSafaricomBook(ids, month?.book ?? openBook(seed));
  if (month !== null) recordMonth(book, month, chance);
  const { triesBeforeLock } = rules;
  const key = certificateOf(environment).privateKey;
  return {
    environment,
    shop,
    rules,
    clock,
    chance,
    ids,
    book,
    operators: openOperators(shop.operators, { now: clock.now, key, triesBeforeLock }),
    tokens: openTokens(ids, clock.now, rules.newTokenEndsOld),
    urls: new Map(),
    pulls: new Set(),
    prompts: new Map(),
    promptAnswers: [],
  };
}
