import { asList, asObject, asText, foldKey } from './loose.ts';

/** `{Key, Value}` pairs as they came: a key may come twice, a value may be missing. */
export type Parameters = readonly { readonly key: string; readonly value: unknown }[];

/**
 * Reads `ResultParameters.ResultParameter`, `ReferenceData.ReferenceItem` and `CallbackMetadata.Item`: a list, a
 * single object, or absent; `Key` or `Name`. Some of Safaricom's own clients model the list without its wrapper.
 */
export function readParameters(wrapper: unknown, inner: string): Parameters {
  const items = Array.isArray(wrapper) ? wrapper : asList(asObject(wrapper)?.[inner]);
  return items.flatMap((item) => {
    const pair = asObject(item);
    const key = asText(pair?.Key ?? pair?.Name);
    return key === null ? [] : [{ key, value: pair?.Value }];
  });
}

/** Every value of a key. Bodies of 2017 write `Originator Conversation ID`: blanks and case do not count. */
export function valuesOf(parameters: Parameters, key: string): unknown[] {
  const wanted = foldKey(key);
  return parameters.filter((each) => foldKey(each.key) === wanted).map((each) => each.value);
}

export function firstValueOf(parameters: Parameters, key: string): unknown {
  return valuesOf(parameters, key)[0];
}

export function hasKey(parameters: Parameters, key: string): boolean {
  return valuesOf(parameters, key).length > 0;
}
