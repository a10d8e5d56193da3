import { type Message, say } from '../message.ts';

export type ParsedBody =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly why: Message };

/** In bytes: the relay takes no more. */
export const LARGEST_BODY = 65_536;
/** Safaricom's own bodies have five levels. What is nested without end is meant to break whoever walks through it. */
export const DEEPEST = 40;

/** Reads the text of a callback as JSON; or says why it is none. Whatever somebody sends, it ends soon. */
export function parseBody(text: string): ParsedBody {
  if (text.trim() === '') return { ok: false, why: say('callback.empty') };
  if (depthOf(text) > DEEPEST) return { ok: false, why: say('callback.too-deep') };
  try {
    return { ok: true, body: JSON.parse(text) };
  } catch {
    return { ok: false, why: say('callback.not-json') };
  }
}

/** How deep brackets are nested, those inside quoted text left out. */
export function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (isQuoted) {
      if (letter === '\\') at += 1;
      else if (letter === '"') isQuoted = false;
    } else if (letter === '"') isQuoted = true;
    else if (letter === '{' || letter === '[') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (letter === '}' || letter === ']') depth -= 1;
  }
  return deepest;
}
