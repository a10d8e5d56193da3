import type { Cents } from './money.ts';
import type { BusinessDay, UtcMs } from './time.ts';

/** A value inside a sentence, tagged with its meaning so that each language can render it in its own way. */
export type MessageValue =
  | string
  | number
  | { readonly money: Cents }
  | { readonly at: UtcMs }
  | { readonly day: BusinessDay }
  | { readonly minutes: number };

/** A sentence the core produces: an id in shared/text/{en,sw}.json and its typed values. Stored so, rendered late. */
export type Message = { readonly id: string; readonly values?: Readonly<Record<string, MessageValue>> };

/** Builds a message. A test finds every id passed here and refuses one that a language lacks. */
export function say(id: string, values?: Readonly<Record<string, MessageValue>>): Message {
  return values === undefined ? { id } : { id, values };
}
