/** `04:30` → 270; null when it is not a time of day. */
export function readTimeOfDay(text: string): number | null {
  const parts = /^(\d{2}):(\d{2})$/.exec(text);
  if (!parts) return null;
  const [hours, minutes] = [Number(parts[1]), Number(parts[2])];
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}

/** 270 → `04:30` */
export function writeTimeOfDay(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Every half hour, and the time that stands now if it is another. */
export function listStartTimes(current: number): string[] {
  const halfHours = Array.from({ length: 48 }, (_, i) => i * 30);
  return [...new Set([...halfHours, current])].sort((a, b) => a - b).map(writeTimeOfDay);
}
