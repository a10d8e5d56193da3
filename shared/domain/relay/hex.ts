/** True for exactly `bytes` bytes in lower-case hex. */
export function isHexOf(text: unknown, bytes: number): text is string {
  return typeof text === 'string' && text.length === bytes * 2 && /^[0-9a-f]*$/.test(text);
}

/** Bytes as lower-case hex. */
export function writeHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The bytes that `writeHex` wrote. Throws on anything else. */
export function readHex(hex: string): Uint8Array {
  if (!isHexOf(hex, Math.floor(hex.length / 2))) throw new RangeError('not lower-case hex');
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) =>
    Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16),
  );
}
