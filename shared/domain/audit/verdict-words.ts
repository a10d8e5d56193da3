import { type Message, say } from '../message.ts';
import type { Verdict } from './verify.ts';

/** What was proved and what was not, in plain words. */
export function describeVerdict(verdict: Verdict): Message {
  const { entries, signedTo, fault } = verdict;
  if (fault !== null)
    return say('audit.verdict.broken', {
      seq: fault.seq,
      proved: fault.seq - 1,
      fault: fault.kind.replaceAll('-', '_'),
    });
  if (entries === 0) return say('audit.verdict.empty');
  return say('audit.verdict.whole', {
    entries,
    signed: signedTo === 0 ? 'none' : signedTo === entries ? 'all' : 'part',
    signedTo,
    unsigned: entries - signedTo,
    root: verdict.rootOnPaper.replaceAll('-', '_'),
    restarts: verdict.restarts.length,
    head: verdict.hasHead ? 'given' : 'none',
  });
}
