import { succeed } from '#shared/ipc/result.ts';
import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';

/** What only the demo has. */
export function connectDemo({ demoExamples }: HandlerParts): Pick<Handlers, 'demo:examples'> {
  return { 'demo:examples': () => succeed({ examples: demoExamples() }) };
}
