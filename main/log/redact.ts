const SECRET_NAMES = /pass|secret|token|key|credential|authori[sz]ation|cookie|initiator|pin\b/i;
const PERSONAL_NAMES = /phone|msisdn|customer|party|name$|note|details/i;
/** A Kenyan phone number, full or in any of the forms people write it. */
const PHONE = /(?:\+?\b254|\b0)[\s.-]?[17](?:[\s.-]?\d){8}\b/g;
const BEARER = /\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}/g;
/** Long random text is a key, a token or a password hash until proven otherwise. */
const LONG_SECRET = /\b(?:[0-9a-f]{40,}|[A-Za-z0-9+/]{60,}={0,2})/g;

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
  return words.replace(BEARER, '[credential]').replace(LONG_SECRET, '[secret]').replace(PHONE, '[phone]');
}
