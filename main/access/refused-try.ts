import type { Actor, Nobody } from '../db/ledger.ts';
import type { Person } from '../db/queries/staff.ts';

/** Somebody who could not prove who they are. */
export type RefusedTry = {
  /** Null when nobody has the name that was typed. */
  readonly person: Pick<Person, 'id'> | null;
  readonly occasion: 'sign-in' | 'unlock' | 'confirm' | 'change-password' | 'approve';
  /** Who asks; nobody at a sign-in. */
  readonly actor: Actor | Nobody;
};

/** Tries that came too soon since the last entry about them, by the subject of that entry. */
export type EarlyTries = Map<string, { readonly last: RefusedTry; readonly times: number }>;
