const SECRET_NAMES = /pass|secret|token|key|credential|authori[sz]ation|cookie|initiator|pin\b/i;
const PERSONAL_NAMES = /phone|msisdn|customer|party|name$|note|details/i;
/** A Kenyan phone number, full or in any of the forms people write it. */
const PHONE = /(?:\+?\b254|\b0)[\s.-]?[17](?:[\s.-]?\d){8}\b/g;
const BEARER = /\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}/g;
/** Long random text is a key, a token or a password hash until proven otherwise. */
const LONG_SECRET = /\b(?:[0-9a-f]{40,}|[A-Za-z0-9+/]{60,}={0,2})/g;

/** Capitals, small letters and digits together, and longer than any receipt: an access token, a consumer key. */
const MIXED_SECRET = /\b(?=[A-Za-z0-9]*[a-z])(?=[A-Za-z0-9]*[A-Z])(?=[A-Za-z]*\d)[A-Za-z0-9]{24,}\b/g;

/** Below, a secret would hide half of what is written, and is none. */
const SHORTEST = 4;
/** The oldest goes: whatever is used still is told again when it is used. */
const MOST = 500;
const inUse = new Set<string>();

/** From now on no line of the log shows these, wherever they stand: for secrets that no pattern tells from a word. */
export function hideInLog(...secrets: readonly string[]): void {
  for (const secret of secrets) {
    if (secret.length < SHORTEST) continue;
    inUse.delete(secret);
    inUse.add(secret);
  }
  for (const oldest of inUse) {
    if (inUse.size <= MOST) break;
    inUse.delete(oldest);
  }
}

/** A copy of the facts without secrets, phones and names. Errors keep their message and stack, redacted too. */
export function redact(facts: Record<string, unknown>): Record<string, unknown> {
  return redactValue(facts, 0) as Record<string, unknown>;
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactWords(value);
  if (value instanceof Error)
    return { type: value.name, words: redactWords(value.message), stack: redactWords(value.stack ?? '') };
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= 5) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redactValue(item, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    const isHidden =
      typeof item !== 'number' &&
      typeof item !== 'boolean' &&
      (SECRET_NAMES.test(name) || PERSONAL_NAMES.test(name));
    copy[name] = isHidden ? '[redacted]' : redactValue(item, depth + 1);
  }
  return copy;
}

function redactWords(words: string): string {
  return hideUsed(words)
    .replace(BEARER, '[credential]')
    .replace(LONG_SECRET, '[secret]')
    .replace(MIXED_SECRET, '[secret]')
    .replace(PHONE, '[phone]');
}

/** The longest first: one may be part of another. */
function hideUsed(words: string): string {
  const found = [...inUse].filter((secret) => words.includes(secret)).sort((a, b) => b.length - a.length);
  return found.reduce((left, secret) => left.replaceAll(secret, '[secret]'), words);
}
