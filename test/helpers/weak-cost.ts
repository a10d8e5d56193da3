import type { PasswordCost } from '#main/access/passwords.ts';

/** Argon2id as cheap as it goes: for tests that ask whether something is hashed, not how well. */
export const WEAK_COST: PasswordCost = { memoryKib: 8, passes: 1, lanes: 1 };
