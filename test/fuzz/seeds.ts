/** Seeds that once broke something; they are tried first, in every run. */
export const KNOWN_SEEDS: readonly number[] = [
  // The PDF library rejected a promise that nobody held, or wrote to a stream that was closed.
  7423, 10221, 20555, 22632, 24758, 28332, 46025, 62551, 68938, 71312, 73690,
  // The PDF library never answered.
  14295, 39302, 51868, 52023, 67541,
  // The name of an account was longer than the ledger keeps.
  44940,
];
