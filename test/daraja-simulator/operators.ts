import type { KeyObject } from 'node:crypto';
import { DAY, type UtcMs } from '#shared/domain/time.ts';
import { openCredential } from './credential.ts';
import type { Refusal } from './refusals.ts';
import * as refusals from './refusals.ts';

/** The rights that an operator of the API can have, by Safaricom's names. */
export type Role = 'Transaction Status query ORG API' | 'Org Reversals Initiator' | 'Balance Query ORG API';

export type OperatorWords = {
  readonly name: string;
  readonly password: string;
  readonly roles: readonly Role[];
  /** The short codes of the organisation that the operator belongs to. */
  readonly shortCodes: readonly string[];
};

export type Operators = {
  /** Why the question is refused, or null; a bad password counts, and the last allowed one locks. */
  readonly check: (name: string, credential: string, role: Role, shortCode: string) => Refusal | null;
  readonly changePassword: (name: string, password: string) => void;
  readonly unlock: (name: string) => void;
  readonly isLocked: (name: string) => boolean;
  readonly badTriesOf: (name: string) => number;
};

export type OperatorRules = {
  readonly now: () => UtcMs;
  readonly key: KeyObject;
  /** How many bad passwords lock an operator. Safaricom publishes no number. */
  readonly triesBeforeLock: number;
};

/** An initiator's password is good for 90 days. */
const PASSWORD_LASTS = 90 * DAY;

type Operator = OperatorWords & { password: string; setAt: UtcMs; badTries: number; isLocked: boolean };

export function openOperators(people: readonly OperatorWords[], rules: OperatorRules): Operators {
  const operators = new Map<string, Operator>(
    people.map((words) => [words.name, { ...words, setAt: rules.now(), badTries: 0, isLocked: false }]),
  );
  const named = (name: string): Operator => {
    const found = operators.get(name);
    if (found === undefined) throw new Error(`the simulator has no operator ${name}`);
    return found;
  };

  const check: Operators['check'] = (name, credential, role, shortCode) => {
    const operator = operators.get(name);
    if (operator === undefined) return refusals.INITIATOR_INVALID;
    if (operator.isLocked) return refusals.LOCKED;
    if (openCredential(rules.key, credential) !== operator.password) return countBadTry(operator);
    operator.badTries = 0;
    if (rules.now() - operator.setAt > PASSWORD_LASTS) return refusals.INITIATOR_INVALID;
    if (!operator.shortCodes.includes(shortCode)) return refusals.NOT_IN_ORGANISATION;
    return operator.roles.includes(role) ? null : refusals.NOT_ALLOWED;
  };
  const countBadTry = (operator: Operator): Refusal => {
    operator.badTries += 1;
    operator.isLocked = operator.badTries >= rules.triesBeforeLock;
    return refusals.INITIATOR_INVALID;
  };
  return {
    check,
    changePassword: (name, password) => {
      Object.assign(named(name), { password, setAt: rules.now(), badTries: 0 });
    },
    unlock: (name) => {
      Object.assign(named(name), { isLocked: false, badTries: 0 });
    },
    isLocked: (name) => named(name).isLocked,
    badTriesOf: (name) => named(name).badTries,
  };
}
