import type { Batch } from './batch.ts';
import type { LineId, Proposal } from './types.ts';

/**
 * A payment that only a notice has reported may settle a sale, but never without being asked: nobody signs a notice.
 * Last of all, so that every other answer is the one that a settled payment would get. What a statement itself says of
 * such a payment, that it was sent back or charged, stays certain.
 */
export function holdReported(batch: Batch): void {
  const reported = new Set<LineId>();
  for (const line of batch.lines) if (line.isReported === true) reported.add(line.id);
  if (reported.size === 0) return;
  let kept = 0;
  for (const link of batch.links) {
    const isHeld =
      (link.kind === 'sale' || link.kind === 'day-total') && link.lines.some((line) => reported.has(line));
    if (isHeld) batch.suggestions.push(asLikely(link));
    else batch.links[kept++] = link;
  }
  batch.links.length = kept;
}

function asLikely(link: Proposal): Proposal {
  const { id, values } = link.why;
  return { ...link, band: 'likely', why: { id, values: { ...values, doubt: 'reported' } } };
}
