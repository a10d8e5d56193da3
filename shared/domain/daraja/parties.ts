import { asText } from './loose.ts';
import { type Parameters, valuesOf } from './parameters.ts';

/** Who paid and who was paid, as far as the body says; `1` and `2` where it does not say which is which. */
export type DarajaParty = {
  readonly role: 'debit' | 'credit' | '1' | '2';
  readonly number: string | null;
  readonly name: string | null;
};

/** `254708374149 - JOHN DOE`: the number before the first ` - `, the name after it, blanks at the ends gone. */
export function splitParty(text: string): Omit<DarajaParty, 'role'> {
  const tidy = text.trim();
  const at = tidy.indexOf(' - ');
  if (at >= 0) return { number: tidy.slice(0, at).trim() || null, name: tidy.slice(at + 3).trim() || null };
  const bare = tidy.replace(/\s*-\s*$/, '');
  const isNumber = /^[+\d][\d*xX•\s]*$/.test(bare);
  return isNumber ? { number: bare, name: null } : { number: null, name: bare || null };
}

/**
 * The parties of a result. The portal's own sample has `DebitPartyName` twice and no `CreditPartyName`: where a side comes
 * twice and differs, nobody knows who stands on it, and those are party 1 and 2.
 */
export function readParties(parameters: Parameters, debitKey: string, creditKey: string): DarajaParty[] {
  const debits = sideOf(parameters, debitKey);
  const credits = sideOf(parameters, creditKey);
  const unsure = [debits, credits].flatMap((side) => (side.length > 1 ? side : []));
  const sure = ([role, side]: readonly [DarajaParty['role'], string[]]) =>
    side.length === 1 ? side.map((text) => ({ role, ...splitParty(text) })) : [];
  return [
    ...unsure.map((text, at) => ({ role: at === 0 ? ('1' as const) : ('2' as const), ...splitParty(text) })),
    ...(
      [
        ['debit', debits],
        ['credit', credits],
      ] as const
    ).flatMap(sure),
  ];
}

/** Whoever is named on a side, each once. */
function sideOf(parameters: Parameters, key: string): string[] {
  const named = new Map<string, string>();
  for (const value of valuesOf(parameters, key)) {
    const text = asText(value);
    const plain = text?.replace(/\s+/g, ' ') ?? '';
    if (text !== null && !named.has(plain)) named.set(plain, text);
  }
  return [...named.values()];
}
