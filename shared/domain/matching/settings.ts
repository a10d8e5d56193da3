import { HOUR, MINUTE } from '../time.ts';
import type { MatchSettings } from './types.ts';

/** What a shop starts with: paid up to 3 hours before the sale is rung up, or 15 minutes after. */
export const DEFAULT_SETTINGS: MatchSettings = {
  beforeMs: 3 * HOUR,
  afterMs: 15 * MINUTE,
  amountWindowMs: 30 * MINUTE,
  sumSearchSteps: 20_000,
  sumSearchItems: 40,
};

/** Alternatives listed for one ambiguity. A person does not choose among more. */
export const MAX_ALTERNATIVES = 12;
