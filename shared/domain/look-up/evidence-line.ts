import type { Message } from '../message.ts';
import type { UtcMs } from '../time.ts';
import type { Channel } from './facts.ts';

/** One line below the verdict: what it says, whether that speaks for or against, where it came from and when. */
export type Evidence = {
  readonly sign: 'good' | 'bad' | 'wait' | 'quiet';
  readonly what: Message;
  readonly channel: Channel | null;
  readonly at: UtcMs | null;
};
