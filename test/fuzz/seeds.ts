/** Seeds that once broke something; they are tried first, in every run. */
export const KNOWN_SEEDS: readonly number[] = [];
