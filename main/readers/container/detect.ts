import { say } from '#shared/domain/message.ts';
import { FileRefused } from './types.ts';

export type Sniffed = 'zip' | 'ole2' | 'pdf' | 'text' | 'utf-16le' | 'utf-16be';

const MAGIC: readonly (readonly [hex: string, what: 'image' | 'archive' | 'program' | 'database'])[] = [
  ['ffd8ff', 'image'],
  ['89504e470d0a1a0a', 'image'],
  ['47494638', 'image'],
  ['49492a00', 'image'],
  ['4d4d002a', 'image'],
  ['1f8b', 'archive'],
  ['377abcaf271c', 'archive'],
  ['526172211a07', 'archive'],
  ['425a68', 'archive'],
  ['fd377a585a00', 'archive'],
  ['4d5a90', 'program'],
  ['7f454c46', 'program'],
  ['53514c69746520666f726d6174', 'database'],
];

/** What a file is, by its first bytes and never by its name. Throws `FileRefused` for what is no table. */
export function sniff(head: Buffer): Sniffed {
  const hex = head.subarray(0, 32).toString('hex');
  if (hex.startsWith('504b0304')) return 'zip';
  if (hex.startsWith('d0cf11e0a1b11ae1')) return 'ole2';
  if (head.subarray(0, 1024).includes('%PDF-')) return 'pdf';
  const known = MAGIC.find(([magic]) => hex.startsWith(magic));
  if (known || isMediaBox(head)) refuse(known?.[1] ?? 'image');
  if (hex.startsWith('fffe')) return 'utf-16le';
  if (hex.startsWith('feff')) return 'utf-16be';
  const wide = sniffWideText(head.subarray(0, 64));
  if (wide) return wide;
  if (isMostlyControl(head.subarray(0, 4096))) refuse('unknown');
  if (
    /^\s*<(?:!doctype|html|\?xml|table)/i.test(head.subarray(0, 256).toString('latin1').replace('ï»¿', ''))
  ) {
    refuse('page');
  }
  return 'text';
}

function refuse(what: string): never {
  throw new FileRefused({ code: 'not-a-table', reason: say('reading.file.not-a-table', { what }) });
}

/** RIFF (WEBP) and ISO media (HEIC photos) carry their name a few bytes in. */
function isMediaBox(head: Buffer): boolean {
  const at4 = head.subarray(4, 8).toString('latin1');
  return at4 === 'ftyp' || (head.subarray(0, 4).toString('latin1') === 'RIFF' && head.length > 12);
}

/** UTF-16 without its mark: every second byte of plain text is zero. */
function sniffWideText(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (head.length < 8) return null;
  let oddZeros = 0;
  let evenZeros = 0;
  for (const [index, byte] of head.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 1) oddZeros++;
    else evenZeros++;
  }
  const half = Math.floor(head.length / 2);
  if (oddZeros === half && evenZeros === 0) return 'utf-16le';
  return evenZeros === Math.ceil(head.length / 2) && oddZeros === 0 ? 'utf-16be' : null;
}

/** Text may hold a stray control character, which is refused row by row; a tenth of them is no text. */
function isMostlyControl(head: Buffer): boolean {
  let controls = 0;
  for (const byte of head) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) controls++;
  return controls > head.length / 10;
}
