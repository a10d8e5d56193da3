import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBatch } from '#shared/domain/matching/open-batch.ts';
import { findNeighbours } from '#shared/domain/matching/receipt-neighbours.ts';
import { DEFAULT_SETTINGS } from '#shared/domain/matching/settings.ts';
import { receiptSlip } from '#shared/domain/receipt.ts';
import { payment } from '#test/fixtures/match-items.ts';

/** Few letters and many look-alikes, so that slips and crowded halves are common. */
const part = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'AO0I15S8B'), minLength: length, maxLength: length });

function neighboursOf(receipts: readonly string[], typed: string): string[] {
  const lines = receipts.map((receipt, index) => payment(index + 1, 50, { receipt }));
  const batch = openBatch({ lines, sales: [], fixed: [], refused: [] }, DEFAULT_SETTINGS);
  return (findNeighbours(batch, [typed])[0] ?? []).map((line) => batch.lines[line]?.receipt ?? '').sort();
}

describe('findNeighbours', () => {
  it('finds exactly the receipts one slip away', () => {
    fc.assert(
      fc.property(fc.uniqueArray(part(4), { maxLength: 60 }), part(4), (ends, typed) => {
        const receipts = ends.map((end) => `UKK1${end}`);
        const expected = receipts.filter((receipt) => receiptSlip(`UKK1${typed}`, receipt) !== null).sort();
        expect(neighboursOf(receipts, `UKK1${typed}`)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('finds them among thousands that begin alike', () => {
    const receipts = Array.from(
      { length: 3_000 },
      (_, index) => `UKK10${index.toString(36).toUpperCase().padStart(5, '0')}`,
    );
    for (const typed of ['UKK1000A7X', 'UKK100O0A7', 'UKK10000A', 'UKK100A0B7', 'UKKI0000A7', 'UKK0100A70']) {
      const expected = receipts.filter((receipt) => receiptSlip(typed, receipt) !== null).sort();
      expect(neighboursOf(receipts, typed)).toEqual(expected);
    }
  });
});
