import type { Chance } from '#main/demo/random.ts';
import type { PulledZone } from './bodies/pulled-row.ts';
import type { Book } from './book.ts';
import type { Environment } from './certificate.ts';
import type { SimulatorClock } from './clock.ts';
import type { Ids } from './ids.ts';
import type { Operators } from './operators.ts';
import type { AppWords, OpenPrompt, PromptAnswer, RegisteredUrls, ShopWords } from './shop.ts';
import type { Tokens } from './tokens.ts';

/** What nobody has proved, set one way or the other. */
export type Rules = {
  /** Rows of a page of a Pull; the portal hints at 100. */
  readonly pullPageSize: number;
  readonly pullZone: PulledZone;
  /** How a Pull says that there is nothing. */
  readonly pullNone: 'no-rows' | 'empty-list' | 'text' | 'http-500';
  /** `ResponseStatus` or, as the portal's table prints, `Response Status`. */
  readonly pullSpelling: 'joined' | 'spaced';
  /** Results come after this long, by the simulator's clock. */
  readonly latency: { readonly least: number; readonly most: number };
  /** Calls of one app in a second before the gateway refuses; null for none. */
  readonly callsPerSecond: number | null;
  /** Calls of one app in all before the gateway refuses; null for none. */
  readonly quota: number | null;
  readonly newTokenEndsOld: boolean;
  readonly triesBeforeLock: number;
  /** Validation of payments is off until Safaricom is asked to turn it on. */
  readonly validates: boolean;
};

export const USUAL_RULES: Rules = {
  pullPageSize: 100,
  pullZone: 'nairobi',
  pullNone: 'no-rows',
  pullSpelling: 'joined',
  latency: { least: 0, most: 0 },
  callsPerSecond: null,
  quota: null,
  newTokenEndsOld: true,
  triesBeforeLock: 3,
  validates: false,
};

/** Everything that a call can look at and change. */
export type World = {
  readonly environment: Environment;
  readonly shop: ShopWords;
  readonly rules: Rules;
  readonly clock: SimulatorClock;
  readonly chance: Chance;
  readonly ids: Ids;
  readonly book: Book;
  readonly operators: Operators;
  readonly tokens: Tokens;
  /** By short code. */
  readonly urls: Map<string, RegisteredUrls>;
  /** Short codes that are registered for Pull. */
  readonly pulls: Set<string>;
  readonly prompts: Map<string, OpenPrompt>;
  /** What customers will do with the next prompts; beyond them everybody pays. */
  readonly promptAnswers: PromptAnswer[];
};

/** The app that calls and the body it sends, after the gateway let both through. */
export type Call = {
  readonly app: AppWords;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
};
