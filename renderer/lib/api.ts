import { say } from '#shared/domain/message.ts';
import type { MainChannel, MainEvent } from '#shared/ipc/bridge.ts';
import type { Input, Output, Payload } from '#shared/ipc/contract.ts';
import { type Failure, fail, type Result } from '#shared/ipc/result.ts';
import { findBridge } from './bridge.ts';
import { confirmDesk } from './confirm-desk.ts';
import { noticeSignedOut } from './signed-out.ts';

/** An expected failure on its way through TanStack Query, which knows failures only as thrown errors. */
export class RequestFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.name = 'RequestFailure';
    this.failure = failure;
  }
}

/** The reference to show beside the sentence of a failure; undefined when the sentence itself already names it. */
export function referenceBeside({ message, reference }: Failure): string | undefined {
  return message.values?.reference === undefined ? reference : undefined;
}

/**
 * Asks main and hands back its answer, failure included. Use where the failure is part of the conversation. Where
 * main wants the password first, the person is asked for it here and the call repeated; `access/cancelled` = they
 * would rather not.
 */
export async function tryAsk<C extends MainChannel>(channel: C, input: Input<C>): Promise<Result<Output<C>>> {
  const answer = await findBridge().call[channel](input);
  if (answer.ok) return answer;
  if (answer.error.code === 'ipc/signed-out') noticeSignedOut();
  if (answer.error.code !== 'ipc/confirm-first') return answer;
  if (!(await confirmDesk.ask())) return fail('access/cancelled', say('confirm.cancelled'));
  return findBridge().call[channel](input);
}

/** Asks main; throws {@link RequestFailure} when the answer is a failure. Use in queries and mutations. */
export async function ask<C extends MainChannel>(channel: C, input: Input<C>): Promise<Output<C>> {
  const answer = await tryAsk(channel, input);
  if (!answer.ok) throw new RequestFailure(answer.error);
  return answer.value;
}

/** Hears an event from main until the returned function is called. */
export function listen<E extends MainEvent>(event: E, listener: (payload: Payload<E>) => void): () => void {
  return findBridge().on[event](listener);
}

/** Turns a chosen or dropped file into a token that `import:start` takes. */
export function admitFile(file: File): Promise<Result<{ token: string; name: string; size: number }>> {
  return findBridge().admitFile(file);
}

/** Saves a file that main offers; `saved` is false when the person thought better of it. */
export function saveFile(token: string): Promise<Result<{ saved: boolean }>> {
  return findBridge().saveFile(token);
}
