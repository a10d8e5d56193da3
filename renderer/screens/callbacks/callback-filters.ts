import type { CallbackKind, CallbackOutcome } from '#shared/ipc/callback-channels.ts';
import type { Input } from '#shared/ipc/contract.ts';

export type CallbackFilters = {
  readonly outcome: CallbackOutcome | null;
  readonly kind: CallbackKind | null;
  readonly search: string;
};

export const NO_FILTERS: CallbackFilters = { outcome: null, kind: null, search: '' };

const PAGE = 100;

/** The request of the list. `search` is the text once the person has stopped typing. */
export function askFor(
  { outcome, kind }: CallbackFilters,
  search: string,
): Omit<Input<'callback:list'>, 'after'> {
  return { outcome, kind, search: search.replace(/\s/g, '').slice(0, 20), limit: PAGE };
}

export function isNarrowed({ outcome, kind, search }: CallbackFilters): boolean {
  return outcome !== null || kind !== null || search.trim() !== '';
}

/** What an address asks for: one of the other pages of the screen, or one callback. */
export type Place = {
  readonly tab: 'list' | 'refused' | 'explain';
  readonly callbackId: number | null;
};

export function readPlace(what: string | undefined): Place {
  if (what === 'refused' || what === 'explain') return { tab: what, callbackId: null };
  const isId = what !== undefined && /^[1-9]\d{0,14}$/.test(what);
  return { tab: 'list', callbackId: isId ? Number(what) : null };
}
