import { asList, asObject, asText, fieldOf, foldKey, type Loose } from './loose.ts';

/** `{Key, Value}` pairs as they came: a key may come twice, a value may be missing. */
export type Parameters = readonly { readonly key: string; readonly value: unknown }[];

/**
 * Reads `ResultParameters.ResultParameter`, `ReferenceData.ReferenceItem` and `CallbackMetadata.Item`: a list, a
 * single object, or absent; `Key` or `Name`. Some of Safaricom's own clients model the list without its wrapper.
 */
export function readParameters(wrapper: unknown, inner: string): Parameters {
  const items = Array.isArray(wrapper) ? wrapper : asList(fieldOf(asObject(wrapper), inner));
  return items.flatMap((item) => {
    const pair = asObject(item);
    const key = asText(fieldOf(pair, 'Key') ?? fieldOf(pair, 'Name'));
    return key === null ? [] : [{ key, value: fieldOf(pair, 'Value') }];
  });
}

/** The fields of a body that has no pairs, as pairs. */
export function asParameters(fields: Loose): Parameters {
  return Object.entries(fields).map(([key, value]) => ({ key, value }));
}

/** Every value of a key; a blank one is none. Bodies of 2017 write `Originator Conversation ID`. */
export function valuesOf(parameters: Parameters, key: string): unknown[] {
  const wanted = foldKey(key);
  return parameters
    .filter((each) => foldKey(each.key) === wanted && isSaid(each.value))
    .map(({ value }) => value);
}

/** What is said under a key; undefined when nothing is, or when it comes more than once and differs. */
export function soleValueOf(parameters: Parameters, key: string): unknown {
  const [first, ...others] = valuesOf(parameters, key);
  return others.every((other) => plainly(other) === plainly(first)) ? first : undefined;
}

/** True when a key comes more than once and differs: what it says is then not known. */
export function isDisputed(parameters: Parameters, key: string): boolean {
  return new Set(valuesOf(parameters, key).map(plainly)).size > 1;
}

export function hasKey(parameters: Parameters, key: string): boolean {
  const wanted = foldKey(key);
  return parameters.some((each) => foldKey(each.key) === wanted);
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && !(typeof value === 'string' && value.trim() === '');
}

/** A value so that the same one is equal, however it is written: `5`, `"5"` and `"5.00"`, blanks, small letters. */
function plainly(value: unknown): string {
  const text = (asText(value) ?? JSON.stringify(value)).replace(/\s+/g, ' ').toUpperCase();
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text;
}
