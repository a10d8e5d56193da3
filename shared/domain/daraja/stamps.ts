import { toIsoNairobi, type UtcMs } from '../time.ts';

/** `20261128093000`: an instant as Daraja writes and reads it, East Africa Time. */
export function toStamp(at: UtcMs): string {
  return toIsoNairobi(at).slice(0, 19).replace(/\D/g, '');
}

/** `2026-11-28 09:30:00`: an instant as a Pull takes it, East Africa Time. */
export function toPullTime(at: UtcMs): string {
  return toIsoNairobi(at).slice(0, 19).replace('T', ' ');
}
