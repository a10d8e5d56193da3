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
 * The parties of a result. The portal's own sample has `DebitPartyName` twice and no `CreditPartyName`: then nobody
 * knows which of the two paid, and they are party 1 and 2.
 */
export function readParties(parameters: Parameters, debitKey: string, creditKey: string): DarajaParty[] {
  const texts = (key: string) =>
    valuesOf(parameters, key)
      .map(asText)
      .filter((text) => text !== null);
  const debits = texts(debitKey);
  const credits = texts(creditKey);
  const sides: [DarajaParty['role'], string][] =
    debits.length === 2 && credits.length === 0
      ? debits.map((text, at) => [at === 0 ? '1' : '2', text])
      : [
          ...debits.map((text): [DarajaParty['role'], string] => ['debit', text]),
          ...credits.map((text): [DarajaParty['role'], string] => ['credit', text]),
        ];
  return sides.map(([role, text]) => ({ role, ...splitParty(text) }));
}
