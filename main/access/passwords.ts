import { randomBytes } from 'node:crypto';
import { hash, hashRaw, verify } from '@node-rs/argon2';
import { toHashedForm } from '#shared/domain/access/password-rules.ts';

/** What one guess costs: KiB of memory, passes over it, lanes. */
export type PasswordCost = { readonly memoryKib: number; readonly passes: number; readonly lanes: number };

export const PASSWORD_COST: PasswordCost = { memoryKib: 64 * 1024, passes: 3, lanes: 1 };

/** Argon2id. A `const enum` of the package cannot be imported as a value. */
const ARGON2ID = 2;

/** The port to password hashing. Every call runs on a thread of its own; the core goes on meanwhile. */
export type Passwords = {
  /** What is made today is made at this cost. */
  readonly cost: PasswordCost;
  /** A PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
  readonly hash: (password: string) => Promise<string>;
  /**
   * True when the password fits. `null` = there is no such person: exactly the same work is done, so that the time
   * tells nobody who exists.
   */
  readonly verify: (stored: string | null, password: string) => Promise<boolean>;
  /** True when it was made at a lower cost than today's. */
  readonly isOutdated: (stored: string) => boolean;
  /** 32 bytes that only this password gives with this salt: to lock something with it, beside the log-in. */
  readonly stretch: (password: string, salt: Uint8Array, cost: PasswordCost) => Promise<Buffer>;
};

/** Argon2id at today's cost. Only tests ask for another. */
export function openPasswords(cost: PasswordCost = PASSWORD_COST): Passwords {
  const { memoryKib: m, passes: t, lanes: p } = cost;
  const options = { algorithm: ARGON2ID, memoryCost: m, timeCost: t, parallelism: p };
  const nobody = `$argon2id$v=19$m=${m},t=${t},p=${p}$${randomPart(16)}$${randomPart(32)}`;
  return {
    cost,
    hash: (password) => hash(toHashedForm(password), options),
    verify: (stored, password) => verify(stored ?? nobody, toHashedForm(password)),
    isOutdated: (stored) => {
      const made = costOf(stored);
      return made === null || made.memoryKib < m || made.passes < t || made.lanes < p;
    },
    stretch: (password, salt, madeWith) =>
      hashRaw(toHashedForm(password), {
        algorithm: ARGON2ID,
        memoryCost: madeWith.memoryKib,
        timeCost: madeWith.passes,
        parallelism: madeWith.lanes,
        outputLen: 32,
        salt,
      }),
  };
}

function randomPart(bytes: number): string {
  return randomBytes(bytes).toString('base64').replaceAll('=', '');
}

function costOf(stored: string): PasswordCost | null {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(stored);
  if (!found) return null;
  return { memoryKib: Number(found[1]), passes: Number(found[2]), lanes: Number(found[3]) };
}
