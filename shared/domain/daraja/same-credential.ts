import { isSameOperator } from './credential-input.ts';
import type { CredentialKind } from './product.ts';

/** What a number of the shop speaks with, as far as it tells one secret from another. */
export type UsedCredential = {
  readonly shortCode: string;
  readonly kind: CredentialKind;
  /** The operator's user name; null for what has none. */
  readonly name: string | null;
  /** Tells one pair of consumer key and secret from another; null where it is not known, and for what is no pair. */
  readonly keyMark: string | null;
};

/**
 * True when two numbers of the shop speak with the same: one operator, for looking up or for sending back, or one pair
 * of keys. It is the operator that Safaricom locks, whichever number was asked about.
 */
export function isSameCredential(one: UsedCredential, other: UsedCredential): boolean {
  if (one.shortCode === other.shortCode && one.kind === other.kind) return true;
  if (isOperator(one.kind) && isOperator(other.kind))
    return one.name !== null && other.name !== null && isSameOperator(one.name, other.name);
  return one.kind === 'app' && other.kind === 'app' && one.keyMark !== null && one.keyMark === other.keyMark;
}

export function isOperator(kind: CredentialKind): boolean {
  return kind === 'look-up-operator' || kind === 'reversal-operator';
}
