import type { BusinessDay, DateOrder } from '#shared/domain/time.ts';
import { type DateCell, type DateReading, dayUnder } from './date.ts';

/** What the dates of a whole file say about their order. */
export type DateEvidence = {
  /** Adds one cell; `hint` is the day that something else in the row proves, such as the receipt. */
  add(cell: DateCell, hint: BusinessDay | null): void;
  /**
   * How to read the file, or `ambiguous` when nothing in it tells day from month. `isPossible` may tell whether a
   * day can be in the file at all (its stated period).
   */
  decide(isPossible?: (day: BusinessDay) => boolean): DateReading | 'ambiguous';
  /** A date of the file that may be read either way, as it stands there; empty when there is none. */
  sample(): string;
};

type Votes = { dmy: number; mdy: number };

/** Gathers what tells day from month: a number above 12, a receipt that carries its date, the stated period. */
export function gatherDateEvidence(): DateEvidence {
  const byValue: Votes = { dmy: 0, mdy: 0 };
  const byHint: Votes = { dmy: 0, mdy: 0 };
  const byIsoHint: Votes = { dmy: 0, mdy: 0 };
  const open = new Set<string>();
  const openCells: DateCell[] = [];

  function add(cell: DateCell, hint: BusinessDay | null): void {
    if (cell.form === 'time') return;
    if (cell.first === cell.second) return;
    if (cell.form === 'numeric') {
      if (cell.first > 12 || cell.second > 12) {
        if (cell.first > 12 && cell.second > 12) return;
        byValue[cell.first > 12 ? 'dmy' : 'mdy']++;
        return;
      }
      const key = `${cell.year}-${cell.first}-${cell.second}`;
      if (!open.has(key) && open.size < 400) {
        open.add(key);
        openCells.push(cell);
      }
    } else if (cell.first > 12 || cell.second > 12) return;
    if (hint === null) return;
    const votes = cell.form === 'iso' ? byIsoHint : byHint;
    if (hint === dayUnder(cell, 'dmy')) votes.dmy++;
    else if (hint === dayUnder(cell, 'mdy')) votes.mdy++;
  }

  function decide(isPossible?: (day: BusinessDay) => boolean): DateReading | 'ambiguous' {
    const numeric = decideNumeric(isPossible);
    // An ISO date says its order; only receipts that all say otherwise prove that a spreadsheet swapped it.
    const areIsoSwapped = byIsoHint.dmy > 0 && byIsoHint.mdy === 0;
    return numeric === null ? 'ambiguous' : { numeric, areIsoSwapped };
  }

  function decideNumeric(isPossible?: (day: BusinessDay) => boolean): DateOrder | null {
    const dmy = byValue.dmy + byHint.dmy;
    const mdy = byValue.mdy + byHint.mdy;
    if (dmy > 0 && mdy === 0) return 'dmy';
    if (mdy > 0 && dmy === 0) return 'mdy';
    if (dmy > 0 && mdy > 0) return clearMajority(dmy, mdy);
    if (openCells.length === 0) return 'dmy';
    if (!isPossible) return null;
    const fits = (order: DateOrder) =>
      openCells.every((cell) => {
        const day = dayUnder(cell, order);
        return day !== null && isPossible(day);
      });
    const [asDmy, asMdy] = [fits('dmy'), fits('mdy')];
    if (asDmy === asMdy) return null;
    return asDmy ? 'dmy' : 'mdy';
  }

  function sample(): string {
    const [cell] = openCells;
    const two = (part: number) => String(part).padStart(2, '0');
    return cell?.form === 'numeric' ? `${two(cell.first)}/${two(cell.second)}/${cell.year}` : '';
  }

  return { add, decide, sample };
}

/** One mistyped date among many must not leave a file undecided; a real mixture must. */
function clearMajority(dmy: number, mdy: number): DateOrder | null {
  if (dmy >= 20 * mdy) return 'dmy';
  return mdy >= 20 * dmy ? 'mdy' : null;
}
