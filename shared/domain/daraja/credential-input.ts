import { type Message, say } from '../message.ts';

/** A secret as it was typed or pasted, looked at before it is kept. What is wrong is said without repeating it. */
export type CheckedInput<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Message };

export const MAX_PASTED = 2_000;
const MAX_KEY = 200;
const MAX_NAME = 100;
const MAX_PASSKEY = 500;
/** What RSA-2048 with PKCS #1 v1.5 takes. */
const MAX_PASSWORD_BYTES = 245;
/** 256 bytes in base64. */
const READY_MADE = /^[A-Za-z0-9+/]{341}[AQgw]==$/;
export const READY_MADE_LENGTH = 344;
const PLAIN_WORD = /^[\x21-\x7e]+$/;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Consumer key and secret of the shop's Daraja app. */
export function checkAppKeys(given: {
  readonly key: string;
  readonly secret: string;
}): CheckedInput<{ key: string; secret: string }> {
  const [key, secret] = [given.key.trim(), given.secret.trim()];
  if (key === '' || secret === '') return refuse('credential.input.app-missing');
  if (!isWord(key, MAX_KEY) || !isWord(secret, MAX_KEY)) return refuse('credential.input.app-form');
  // What stands before the colon is the key: one inside it would cut it short.
  if (key.includes(':')) return refuse('credential.input.app-form');
  if (key === secret) return refuse('credential.input.app-same');
  return { ok: true, value: { key, secret } };
}

/** The user name of an operator, as Safaricom's portal shows it. */
export function checkOperatorName(given: string): CheckedInput<string> {
  const name = given.trim();
  if (name === '') return refuse('credential.input.name-missing');
  if (!isWord(name, MAX_NAME)) return refuse('credential.input.name-form');
  return { ok: true, value: name };
}

/** Spaces around it come from copying: Safaricom takes none in a password. */
export function checkOperatorPassword(given: string): CheckedInput<string> {
  const password = given.trim();
  if (password === '') return refuse('credential.input.password-missing');
  if (UNSEEN.test(password)) return refuse('credential.input.unseen');
  if (READY_MADE.test(joinLines(password))) return refuse('credential.input.password-ready-made');
  if (bytesOf(password) > MAX_PASSWORD_BYTES)
    return refuse('credential.input.password-long', { most: MAX_PASSWORD_BYTES });
  return { ok: true, value: password };
}

/** What Safaricom says about an operator's password, where this one differs. It is kept all the same. */
export function warnOfPassword(given: string): Message[] {
  const password = given.trim();
  const warnings: Message[] = [];
  if (/[()]/.test(password)) warnings.push(say('credential.warn.brackets'));
  if (/[@.]/.test(password)) warnings.push(say('credential.warn.at-or-dot'));
  if (/[^A-Za-z0-9#&%$()@.]/.test(password)) warnings.push(say('credential.warn.signs'));
  return warnings;
}

/** A SecurityCredential that somebody has made already. Line breaks of the copy are taken out. */
export function checkReadyMade(given: string): CheckedInput<string> {
  const text = joinLines(given);
  if (text === '') return refuse('credential.input.ready-made-missing');
  if (text.length !== READY_MADE_LENGTH)
    return refuse('credential.input.ready-made-length', { count: text.length, needed: READY_MADE_LENGTH });
  return READY_MADE.test(text)
    ? { ok: true, value: text }
    : refuse('credential.input.ready-made-form', { needed: READY_MADE_LENGTH });
}

export function checkPasskey(given: string): CheckedInput<string> {
  const passkey = joinLines(given);
  if (passkey === '') return refuse('credential.input.passkey-missing');
  if (!isWord(passkey, MAX_PASSKEY)) return refuse('credential.input.passkey-form');
  return { ok: true, value: passkey };
}

/** Two names of one operator: Safaricom does not tell capitals apart. */
export function isSameOperator(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function isWord(text: string, most: number): boolean {
  return text.length <= most && PLAIN_WORD.test(text);
}

function joinLines(text: string): string {
  return text.replace(/\s+/g, '');
}

/** In UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function refuse(id: string, values?: Record<string, number>): { ok: false; problem: Message } {
  return { ok: false, problem: values === undefined ? say(id) : say(id, values) };
}
