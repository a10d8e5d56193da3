import { asObject, asText } from './loose.ts';

/** What Safaricom said to the registration for Pull. `1001` is as good as `1000`: it was registered before. */
export type PullRegistration = { readonly isRegistered: boolean; readonly said: string | null };

const REGISTERED: readonly string[] = ['1000', '1001'];

/** Both spellings of the key occur; the portal prints one of them with a blank. */
export function readPullRegistration(body: unknown): PullRegistration {
  const fields = asObject(body);
  const code =
    asText(fields?.ResponseStatus) ?? asText(fields?.['Response Status']) ?? asText(fields?.ResponseCode);
  const text = asText(fields?.ResponseDescription) ?? asText(fields?.ResponseMessage);
  const isRegistered = code !== null && REGISTERED.includes(code.trim());
  return { isRegistered, said: text === null || code === null ? (text ?? code) : `${text} (${code})` };
}

/** A Safaricom number as Pull takes it, `2547…`, however it was typed; null for anything else. */
export function readNominatedNumber(typed: string): string | null {
  const tidy = typed.replace(/[\s()-]/g, '');
  const found = /^(?:\+?254|0)?([17]\d{8})$/.exec(tidy);
  return found ? `254${found[1]}` : null;
}
