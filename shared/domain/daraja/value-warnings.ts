import { type Message, say } from '../message.ts';
import { asText } from './loose.ts';
import { isDisputed, type Parameters, valuesOf } from './parameters.ts';

/** As much of a value as a warning quotes. */
const MOST_QUOTED = 60;

/**
 * What a body says and is not in what was made of it: a value that could not be read (its reading is null), or a key that
 * comes more than once and differs. Keys stand as Safaricom writes them.
 */
export function warnOfValues(parameters: Parameters, readings: Readonly<Record<string, unknown>>): Message[] {
  return Object.entries(readings).flatMap(([key, reading]) => {
    const values = valuesOf(parameters, key);
    if (isDisputed(parameters, key))
      return [say('explain.said-twice', { key, values: values.map(quote).join(' / ') })];
    return reading === null && values.length > 0
      ? [say('explain.value-unread', { key, value: quote(values[0]) })]
      : [];
  });
}

function quote(value: unknown): string {
  const text = asText(value) ?? JSON.stringify(value);
  return text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text;
}
