import { type Message, say } from '../message.ts';
import { parseReceipt, receiptDate } from '../receipt.ts';
import { businessDayOf, type UtcMs } from '../time.ts';
import type { Explanation } from './explanation.ts';
import { isPlaceholder } from './result.ts';

/**
 * The letters of a receipt name its day. Where they name none, one that is yet to come, or another than the rest does, or
 * where zeros stand in its place, it is said and decides nothing.
 */
export function warnOfDates(told: Explanation, now: UtcMs): Message[] {
  const receipt = told.receipt === undefined ? null : parseReceipt(told.receipt);
  if (receipt === null || receipt.length !== 10) return [];
  if (isPlaceholder(receipt)) return [say('explain.placeholder')];
  const letters = receiptDate(receipt);
  if (letters === null) return [say('explain.receipt-without-date')];
  const days = [told.startedAt, told.completedAt]
    .filter((at) => at !== undefined)
    .map((at) => businessDayOf(at));
  const [day] = days;
  return [
    ...(letters > businessDayOf(now) ? [say('explain.future-day', { letters: { day: letters } })] : []),
    ...(day !== undefined && !days.includes(letters)
      ? [say('explain.other-day', { letters: { day: letters }, body: { day } })]
      : []),
  ];
}
