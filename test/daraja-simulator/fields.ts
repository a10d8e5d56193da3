/** A field as Safaricom compares it: `4` and `"4"` are one. */
export function fieldText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** An amount in cents, or null when it is none. */
export function fieldCents(value: unknown): number | null {
  const text = fieldText(value);
  return /^\d+(?:\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : null;
}
