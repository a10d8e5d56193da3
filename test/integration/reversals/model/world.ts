import { randomBytes } from 'node:crypto';
import type { DarajaLine, LineReply, LineRequest } from '#main/daraja/line.ts';
import type { UtcMs } from '#shared/domain/time.ts';

/** What happens to a call on its way. `before` and `after`: whether it took effect. */
export type Fault =
  | 'none'
  | 'not-sent'
  | 'refused'
  | 'refused-after'
  | 'odd-refusal-after'
  | 'token-refused'
  | 'lost-before'
  | 'lost-after'
  | 'unclear-before'
  | 'unclear-after';
/** How a call that arrived is answered later. */
export type Answer =
  | 'told'
  | 'silent'
  | 'no-funds'
  | 'contradicts-itself'
  | 'failed-in-good-words'
  | 'told-both'
  | 'timed-out';

export const FAULTS: readonly Fault[] = [
  'none',
  'not-sent',
  'refused',
  'refused-after',
  'odd-refusal-after',
  'token-refused',
  'lost-before',
  'lost-after',
  'unclear-before',
  'unclear-after',
];
export const ANSWERS: readonly Answer[] = [
  'told',
  'silent',
  'no-funds',
  'contradicts-itself',
  'failed-in-good-words',
  'told-both',
  'timed-out',
];

export type Sent = {
  readonly token: string;
  readonly receipt: string;
  readonly at: UtcMs;
  /** The money went back by this very call. */
  readonly hadEffect: boolean;
  /** It took effect, and the gateway says in its own words that it did not: no program can know before more is told. */
  readonly isDenied: boolean;
  readonly ownReceipt: string | null;
  readonly originatorConversationId: string;
};

/** `next`: what comes only after this one has. */
export type Message = {
  readonly kind: 'result' | 'timeout';
  readonly token: string;
  readonly body: unknown;
  readonly next?: Message;
};

/** A Safaricom in memory: what really happened, and what it says of that. */
export type World = {
  readonly line: DarajaLine;
  readonly sent: Sent[];
  /** Receipts that went back: by which call, or by somebody in the portal. */
  readonly back: Map<string, { readonly by: string; readonly ownReceipt: string; readonly at: UtcMs }>;
  /** Not delivered yet. */
  readonly queue: Message[];
  readonly delivered: Message[];
  nextFault: Fault;
  nextAnswer: Answer;
  readonly reverseElsewhere: (receipt: string) => void;
};

const DONE = { ResultCode: 0, ResultDesc: 'The service request is processed successfully.' };

export function openWorld(now: () => UtcMs, watchSend: (token: string, receipt: string) => void): World {
  let serial = 0;
  const newReceipt = () => `UKX${String(serial++).padStart(7, '0')}`;
  const world: World = {
    sent: [],
    back: new Map(),
    queue: [],
    delivered: [],
    nextFault: 'none',
    nextAnswer: 'told',
    reverseElsewhere: (receipt) => {
      if (!world.back.has(receipt))
        world.back.set(receipt, { by: 'the portal', ownReceipt: newReceipt(), at: now() });
    },
    line: {
      send: async (request) => (request.product === 'reversal' ? takeReversal(request) : takeStatus(request)),
      checkKeys: async () => ({ type: 'answered', status: 200, body: {} }),
      clockGap: () => null,
      close: async () => undefined,
    },
  };

  function takeReversal({ body }: LineRequest): LineReply {
    const [fault, answer] = [world.nextFault, world.nextAnswer];
    world.nextFault = 'none';
    world.nextAnswer = 'told';
    if (fault === 'not-sent') return { type: 'not-sent', reason: 'offline' };
    const token = body.ResultURL?.split('/').at(-1) ?? '';
    const receipt = body.TransactionID ?? '';
    watchSend(token, receipt);
    const originatorConversationId = `origin-${serial++}`;
    const noEffect = {
      token,
      receipt,
      at: now(),
      hadEffect: false,
      isDenied: fault === 'refused-after',
      ownReceipt: null,
      originatorConversationId,
    };
    if (fault === 'refused' || fault === 'token-refused' || fault.endsWith('-before')) {
      world.sent.push(noEffect);
      return replyOf(fault, originatorConversationId);
    }
    const isBack = world.back.has(receipt);
    const hasEffect = !isBack && answer !== 'no-funds' && answer !== 'failed-in-good-words';
    const ownReceipt = hasEffect ? newReceipt() : null;
    world.sent.push({ ...noEffect, hadEffect: hasEffect, ownReceipt });
    if (ownReceipt !== null) world.back.set(receipt, { by: token, ownReceipt, at: now() });
    tell(token, answer, { receipt, isBack, ownReceipt, originatorConversationId });
    return replyOf(fault, originatorConversationId);
  }

  function tell(
    token: string,
    answer: Answer,
    end: { receipt: string; isBack: boolean; ownReceipt: string | null; originatorConversationId: string },
  ): void {
    const { receipt, isBack, ownReceipt, originatorConversationId } = end;
    const message = (
      words: { ResultCode: number | string; ResultDesc: string },
      own: string | null = null,
    ) => {
      const parameters = own === null ? [] : [{ Key: 'OriginalTransactionID', Value: receipt }];
      const ids = { OriginatorConversationID: originatorConversationId, TransactionID: own ?? 'UKX0000000' };
      const Result = { ResultType: 0, ...words, ...ids, ResultParameters: { ResultParameter: parameters } };
      return { kind: 'result', token, body: { Result } } as const;
    };
    const post = (...given: Parameters<typeof message>) => {
      world.queue.push(message(...given));
    };
    const noFunds = { ResultCode: 1, ResultDesc: 'The balance is insufficient for the transaction.' };
    const already = { ResultCode: 'R000001', ResultDesc: 'The transaction has already been reversed.' };
    switch (answer) {
      case 'silent':
        return;
      case 'timed-out':
        world.queue.push({ kind: 'timeout', token, body: {} });
        return;
      case 'no-funds':
        post(noFunds);
        return;
      case 'failed-in-good-words':
        post({ ResultCode: 21, ResultDesc: 'The service request is processed successfully.' });
        return;
      case 'contradicts-itself':
        post({ ResultCode: 0, ResultDesc: 'The service request has failed.' }, ownReceipt);
        return;
      case 'told':
        if (isBack) post(already);
        else post(DONE, ownReceipt);
        return;
      case 'told-both': {
        // The truth first: no program can tell a lie that comes alone.
        const truth = isBack ? message(already) : message(DONE, ownReceipt);
        world.queue.push({ ...truth, next: message(noFunds) });
        return;
      }
    }
  }

  /** Questions are always taken and answered truly: what may be said of the answer is what is tested. */
  function takeStatus({ body }: LineRequest): LineReply {
    const token = body.ResultURL?.split('/').at(-1) ?? '';
    const asked = body.TransactionID ?? '';
    const about = world.sent.find(
      ({ hadEffect, ownReceipt, originatorConversationId }) =>
        hadEffect && (ownReceipt === asked || originatorConversationId === body.OriginalConversationID),
    );
    const isPayment = asked.startsWith('UKP');
    const found = isPayment
      ? { ReceiptNo: asked, TransactionStatus: world.back.has(asked) ? 'Reversed' : 'Completed' }
      : about && {
          ReceiptNo: about.ownReceipt,
          TransactionStatus: 'Completed',
          OriginatorConversationID: about.originatorConversationId,
        };
    const words = found
      ? DONE
      : { ResultCode: 2032, ResultDesc: 'The transaction receipt number does not exist.' };
    const parameters = Object.entries(found ?? {}).map(([Key, Value]) => ({ Key, Value }));
    const Result = { ResultType: 0, ...words, ResultParameters: { ResultParameter: parameters } };
    world.queue.push({ kind: 'result', token, body: { Result } });
    return replyOf('none', randomBytes(4).toString('hex'));
  }
  return world;
}

function replyOf(fault: Fault, originatorConversationId: string): LineReply {
  switch (fault) {
    case 'refused':
    case 'refused-after':
      return {
        type: 'answered',
        status: 400,
        body: { errorCode: '400.002.02', errorMessage: 'Bad Request - Invalid Amount' },
      };
    case 'odd-refusal-after':
      return { type: 'answered', status: 409, body: { message: 'conflict' } };
    case 'token-refused':
      return {
        type: 'answered',
        status: 404,
        body: { errorCode: '404.001.03', errorMessage: 'Invalid Access Token' },
      };
    case 'lost-before':
    case 'lost-after':
      return { type: 'lost', reason: 'time-out' };
    case 'unclear-before':
    case 'unclear-after':
      return {
        type: 'answered',
        status: 500,
        body: { errorCode: '500.001.1001', errorMessage: 'Server Error' },
      };
    default:
      return {
        type: 'answered',
        status: 200,
        body: {
          OriginatorConversationID: originatorConversationId,
          ConversationID: `AG_${originatorConversationId}`,
          ResponseCode: '0',
          ResponseDescription: 'Accept the service request successfully.',
        },
      };
  }
}
