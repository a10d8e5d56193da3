import { isAllowed } from '#shared/domain/access/permissions.ts';
import { say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import {
  type ChannelName,
  type Contract,
  contract,
  type Input,
  type Output,
  type WindowName,
} from '#shared/ipc/contract.ts';
import type { ErrorCode } from '#shared/ipc/errors.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { isPlainAndBounded } from './bounds.ts';
import { type BugLog, recordBug } from './bug.ts';
import type { Session, SessionFor } from './session.ts';

/** Who asks. `null` when the host could not identify the caller as one of our own windows. */
export type Sender = { readonly window: WindowName | null };

/** A request that was turned away before any service saw it. */
export type Refusal = {
  readonly channel: string;
  readonly code: RefusalCode;
  readonly window: WindowName | null;
  readonly session: Session | null;
};

/** A channel that needs no permission is answered before anybody is signed in. */
type SessionOf<C extends ChannelName> = Contract[C]['needs'] extends null ? Session | null : Session;

export type Handlers = {
  readonly [C in ChannelName]: (
    session: SessionOf<C>,
    input: Input<C>,
  ) => Result<Output<C>> | Promise<Result<Output<C>>>;
};

export type Router = {
  /** Answers one request; never rejects. */
  call(sender: Sender, channel: string, input: unknown): Promise<Result<unknown>>;
};

type RefusalCode = Extract<
  ErrorCode,
  'ipc/unknown-channel' | 'ipc/untrusted-sender' | 'ipc/signed-out' | 'ipc/forbidden' | 'ipc/malformed'
>;

/** What the person reads for each refusal. */
const REFUSALS = {
  'ipc/unknown-channel': say('error.unknown-channel'),
  'ipc/untrusted-sender': say('error.untrusted-sender'),
  'ipc/signed-out': say('error.signed-out'),
  'ipc/forbidden': say('error.forbidden'),
  'ipc/malformed': say('error.malformed'),
} as const satisfies Record<RefusalCode, ReturnType<typeof say>>;

/**
 * The only way from a window to the services. Each request takes the same steps, in this order: trusted sender,
 * live session, permission, strict parse, password given again where the channel asks for it, handler, parse of the
 * answer (which drops whatever the contract does not declare), session still the same. A refusal is reported to
 * `onRefusal`; a bug is logged once and answered with its reference.
 */
export function createRouter(options: {
  readonly handlers: Handlers;
  readonly sessionFor: SessionFor;
  readonly onRefusal: (refusal: Refusal) => void;
  readonly now: () => UtcMs;
  readonly log: BugLog;
}): Router {
  const { handlers, sessionFor, onRefusal, now, log } = options;

  async function answer(sender: Sender, name: string, input: unknown): Promise<Result<unknown>> {
    const session = sender.window === null ? null : sessionFor(sender.window);
    const refuse = (code: RefusalCode) => {
      onRefusal({ channel: name.slice(0, 60), code, window: sender.window, session });
      return fail(code, REFUSALS[code]);
    };

    if (sender.window === null) return refuse('ipc/untrusted-sender');
    if (!isChannel(name)) return refuse('ipc/unknown-channel');
    const channel = contract[name];
    if (sender.window !== channel.from) return refuse('ipc/untrusted-sender');
    if (channel.needs !== null) {
      if (session === null) return refuse('ipc/signed-out');
      if (!isAllowed(session.role, channel.needs)) return refuse('ipc/forbidden');
    }
    if (!isPlainAndBounded(input)) return refuse('ipc/malformed');
    const parsed = channel.input.safeParse(input);
    if (!parsed.success) return refuse('ipc/malformed');
    // A step on the way, not a refusal: the window asks for the password and calls again.
    if (mustConfirm(channel) && !(session?.confirmedUntil && session.confirmedUntil > now()))
      return fail('ipc/confirm-first', say('error.confirm-first'));

    const result = await handlerOf(handlers, name)(session, parsed.data);
    if (!result.ok) return fail(result.error.code, result.error.message, result.error.reference);
    const value: unknown = channel.output.parse(result.value);
    // It may have locked or ended while the answer was made, and somebody else may stand there now.
    const isStillThere = session === null || sessionFor(sender.window)?.id === session.id;
    if (channel.needs !== null && !isStillThere && !isEmpty(value))
      return fail('ipc/signed-out', REFUSALS['ipc/signed-out']);
    return succeed(value);
  }

  return {
    async call(sender, channel, input) {
      try {
        return await answer(sender, channel, input);
      } catch (bug) {
        const reference = recordBug(log, `ipc ${channel.slice(0, 60)}`, bug);
        return fail('ipc/bug', say('error.bug', { reference }), reference);
      }
    },
  };
}

function mustConfirm(channel: Contract[ChannelName]): boolean {
  return 'confirm' in channel && channel.confirm;
}

/** True for the answer of an act that tells nothing, such as locking. */
function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function isChannel(name: string): name is ChannelName {
  return Object.hasOwn(contract, name);
}

type AnyHandler = (session: Session | null, input: unknown) => Result<unknown> | Promise<Result<unknown>>;

/** TypeScript cannot follow that this channel's schema has just parsed this channel's input. */
function handlerOf(handlers: Handlers, name: ChannelName): AnyHandler {
  return handlers[name] as AnyHandler;
}
