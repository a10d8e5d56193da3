/** The few forms of DER that a certificate needs. */

function wrap(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
}

function lengthOf(bytes: number): number[] {
  if (bytes < 0x80) return [bytes];
  return bytes < 0x100 ? [0x81, bytes] : [0x82, bytes >> 8, bytes & 0xff];
}

export const sequence = (...parts: readonly Uint8Array[]) => wrap(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]) => wrap(0x31, ...parts);
export const octets = (...parts: readonly Uint8Array[]) => wrap(0x04, ...parts);
export const bits = (bytes: Uint8Array) => wrap(0x03, Buffer.from([0]), bytes);
export const utf8 = (text: string) => wrap(0x0c, Buffer.from(text, 'utf8'));
export const empty = () => wrap(0x05);
/** A part that is told by its place: `[3]`. */
export const tagged = (place: number, ...parts: readonly Uint8Array[]) => wrap(0xa0 + place, ...parts);
/** A plain value that is told by its place. */
export const tagBytes = (place: number, bytes: Uint8Array) => wrap(0x80 + place, bytes);

/** A whole number of 0 to 127 or, with its first byte below 0x80, of many bytes. */
export const whole = (...bytes: readonly number[]) => wrap(0x02, Buffer.from(bytes));

/** `1.2.840.113549`: every part but the first two in groups of seven bits. */
export function objectId(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return wrap(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(toBase128)]));
}

function toBase128(value: number): number[] {
  const groups = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) groups.unshift((rest & 0x7f) | 0x80);
  return groups;
}

/** `YYMMDDHHMMSSZ`, good for 1950 to 2049. */
export function utcTime(at: Date): Buffer {
  const text = at.toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return wrap(0x17, Buffer.from(`${text}Z`, 'ascii'));
}
