import type { ResultParts, Shape } from './bodies/result-body.ts';
import type { PlannedPost } from './planned-post.ts';
import { type Reply, replyJson, replyText } from './wire/reply.ts';

/** Something that goes wrong with one call. */
export type Fault = {
  readonly name: string;
  /** Said in place of the answer: the call never reaches M-PESA and nothing happens. */
  readonly instead?: (requestId: string) => Reply;
  /** The call takes effect; only its answer is spoiled. */
  readonly reply?: (reply: Reply) => Reply;
  /** The call takes effect and is answered; what Safaricom posts later is spoiled. */
  readonly posts?: (posts: readonly PlannedPost[]) => readonly PlannedPost[];
};

const GATEWAY_PAGE =
  '<html><head><title>503 Service Temporarily Unavailable</title></head><body><center><h1>503</h1></center></body></html>';
const HTML = 'text/html';

function notReached(name: string, instead: (requestId: string) => Reply): Fault {
  return { name, instead };
}

function errorOf(status: number, code: string, message: string): Fault {
  return notReached(`error ${code}`, (requestId) =>
    replyJson(status, { requestId, errorCode: code, errorMessage: message }),
  );
}

/** Faults of a call that never reaches M-PESA. */
export const unreached = {
  error: errorOf,
  spikeArrest: () => errorOf(500, '500.003.02', 'Error Occurred: Spike Arrest Violation'),
  quotaViolation: () => errorOf(500, '500.003.03', 'Error Occurred: Quota Violation'),
  internalError: () => errorOf(500, '500.001.1001', ''),
  gatewayPage: (status = 503) => notReached('gateway page', () => replyText(status, GATEWAY_PAGE, HTML)),
  emptyBody: (status = 200) => notReached('empty body', () => replyText(status, '', 'application/json')),
  brokenJson: () =>
    notReached('broken JSON', () => replyText(200, '{"ResponseCode":"0","Resp', 'application/json')),
  redirect: (location: string) =>
    notReached('redirect', () => {
      const reply = replyText(302, '', HTML);
      return { ...reply, headers: { ...reply.headers, location } };
    }),
  oversize: (bytes: number) =>
    notReached('oversize body', () => replyJson(200, { ResponseCode: '0', padding: 'x'.repeat(bytes) })),
  hungUp: () => notReached('hung up', () => ({ ...replyText(200, '', HTML), manner: 'lost' })),
} as const;

/** Faults of an answer to a call that took effect. */
export const spoiled = {
  replyLost: (): Fault => ({ name: 'reply lost', reply: (reply) => ({ ...reply, manner: 'lost' }) }),
  replyCut: (): Fault => ({ name: 'reply cut', reply: (reply) => ({ ...reply, manner: 'cut' }) }),
  replyDripped: (): Fault => ({ name: 'reply dripped', reply: (reply) => ({ ...reply, manner: 'dripped' }) }),
  noReply: (): Fault => ({ name: 'no reply', reply: (reply) => ({ ...reply, manner: 'never' }) }),
  slowReply: (ms: number): Fault => ({
    name: 'slow reply',
    reply: (reply) => ({ ...reply, afterMs: reply.afterMs + ms }),
  }),
  gatewayPage: (status = 504): Fault => ({
    name: 'gateway page after the effect',
    reply: () => replyText(status, GATEWAY_PAGE, HTML),
  }),
  emptyBody: (): Fault => ({
    name: 'empty body after the effect',
    reply: () => replyText(200, '', 'application/json'),
  }),
} as const;

function overResults(
  name: string,
  change: (parts: ResultParts, shape: Shape) => { parts?: ResultParts; shape?: Shape },
): Fault {
  return {
    name,
    posts: (posts) =>
      posts.map((post) => {
        const { body } = post;
        return body.kind === 'result'
          ? { ...post, body: { ...body, ...change(body.parts, body.shape) } }
          : post;
      }),
  };
}

const GAVE_UP = 'The request timed out while it was being processed.';

/** The body of a time-out; none was ever captured. `flat` has the ids alone, without the envelope. */
function toTimeout(post: PlannedPost, form: 'envelope' | 'flat'): readonly PlannedPost[] {
  if (post.body.kind !== 'result' || post.timeoutUrl === null) return [post];
  const { originatorConversationId, conversationId } = post.body.parts;
  const ids = { OriginatorConversationID: originatorConversationId, ConversationID: conversationId };
  const words = { ResultType: 1, ResultCode: '1', ResultDesc: GAVE_UP, ...ids };
  const value = form === 'flat' ? { ...ids, ResultDesc: GAVE_UP } : { Result: words };
  return [{ ...post, url: post.timeoutUrl, body: { kind: 'other', value } }];
}

/** Faults of what Safaricom posts later. */
export const posted = {
  /** Seen in the sandbox: no answer to a wrong password in 25 minutes. */
  silence: (): Fault => ({ name: 'silence', posts: () => [] }),
  delayed: (ms: number): Fault => ({
    name: 'delayed',
    posts: (posts) => posts.map((post) => ({ ...post, afterMs: post.afterMs + ms })),
  }),
  repeated: (times: number, everyMs = 0): Fault => ({
    name: 'repeated',
    posts: (posts) =>
      posts.flatMap((post) =>
        Array.from({ length: times }, (_, at) => ({ ...post, afterMs: post.afterMs + at * everyMs })),
      ),
  }),
  beforeAck: (): Fault => ({
    name: 'result before the acknowledgement',
    posts: (posts) => posts.map((post) => ({ ...post, isBeforeAck: true })),
  }),
  timedOut: (form: 'envelope' | 'flat' = 'envelope'): Fault => ({
    name: 'timed out',
    posts: (posts) => posts.flatMap((post) => toTimeout(post, form)),
  }),
  /** The time-out first, the true result so much later. */
  answeredAfterTimeout: (ms: number): Fault => ({
    name: 'answered after the time-out',
    posts: (posts) =>
      posts.flatMap((post) => [...toTimeout(post, 'envelope'), { ...post, afterMs: post.afterMs + ms }]),
  }),
  /** Another end of the question than the book has. The effect, if there was one, stays. */
  answeredWith: (code: string, text: string): Fault =>
    overResults(`answered with ${code}`, (parts) => ({ parts: { ...parts, code, text, parameters: [] } })),
  /** The code says one thing and the sentence beside it the opposite. */
  contradicting: (): Fault =>
    overResults('contradicting itself', (parts) => ({
      parts: {
        ...parts,
        text:
          parts.code === '0'
            ? 'The service request has failed.'
            : 'The service request is processed successfully.',
      },
    })),
  /** A second answer that says the opposite of the first. */
  contradictedLater: (code: string, text: string, ms: number): Fault => {
    const other = posted.answeredWith(code, text).posts;
    return {
      name: 'contradicted later',
      posts: (posts) => [
        ...posts,
        ...(other?.(posts) ?? []).map((post) => ({ ...post, afterMs: post.afterMs + ms })),
      ],
    };
  },
  /** The answer to a question that nobody asked, at the address of this one. */
  strangeIds: (originatorConversationId: string, conversationId: string): Fault =>
    overResults('ids of nobody', (parts) => ({
      parts: { ...parts, originatorConversationId, conversationId },
    })),
  shaped: (shape: Partial<Shape>): Fault =>
    overResults('another shape', (_, usual) => ({ shape: { ...usual, ...shape } })),
  /** One parameter is another than the truth: a forged or damaged answer. */
  parameterChanged: (key: string, value: string | number): Fault =>
    overResults(`${key} changed`, (parts) => ({
      parts: {
        ...parts,
        parameters: parts.parameters.map((pair) => (pair.key === key ? { key, value } : pair)),
      },
    })),
} as const;

/** Several faults on one call, each over what the one before left. */
export function together(...faults: readonly Fault[]): Fault {
  const instead = faults.find((each) => each.instead !== undefined)?.instead;
  const replies = faults.flatMap(({ reply }) => (reply === undefined ? [] : [reply]));
  const posts = faults.flatMap((each) => (each.posts === undefined ? [] : [each.posts]));
  return {
    name: faults.map(({ name }) => name).join(', '),
    ...(instead === undefined ? {} : { instead }),
    ...(replies.length === 0
      ? {}
      : { reply: (reply) => replies.reduce((left, spoil) => spoil(left), reply) }),
    ...(posts.length === 0 ? {} : { posts: (all) => posts.reduce((left, spoil) => spoil(left), all) }),
  };
}
