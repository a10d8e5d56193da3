import type { DarajaLine } from '#main/daraja/line.ts';
import type { Secrets } from '#main/vault/secrets.ts';
import type { Core } from '../core.ts';

/** What every service that speaks with Safaricom is given. */
export type SafaricomParts = {
  readonly core: Core;
  readonly line: DarajaLine;
  readonly secrets: Secrets;
  /** Waits between two tries in the background; false when the program ends meanwhile. */
  readonly pause: (ms: number) => Promise<boolean>;
  /** What the end of the program waits for: a question that was sent is written down before the books are closed. */
  readonly finish: <T>(work: Promise<T>) => Promise<T>;
};
