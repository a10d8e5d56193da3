import type { LineReply } from '#main/daraja/line.ts';
import { readAcknowledgement } from '#shared/domain/daraja/acknowledgement.ts';
import type { CallState } from '#shared/domain/daraja/call-state.ts';
import type { CredentialKind, Product } from '#shared/domain/daraja/product.ts';
import { tidyWords } from '#shared/domain/daraja/tidy-words.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { quote, sayLost, sayNotSent, sayRefused } from './call-words.ts';

/** What the end of a request comes to: its next state and everything that is kept of it. */
export type CallOutcome = {
  readonly state: Extract<CallState, 'accepted' | 'answered' | 'refused' | 'not-sent' | 'lost'>;
  readonly why?: Message;
  readonly httpStatus?: number;
  readonly code: string | null;
  readonly text: string | null;
  readonly originatorConversationId: string | null;
  readonly conversationId: string | null;
  /** The secret that was refused. */
  readonly refused: CredentialKind | null;
  /** Safaricom was busy: the same question may be answered later. */
  readonly isBusy: boolean;
  /** What came, unread. */
  readonly body?: unknown;
};

const NOTHING = {
  code: null,
  text: null,
  originatorConversationId: null,
  conversationId: null,
  refused: null,
  isBusy: false,
} as const;

/** Reads how a request ended. */
export function outcomeOf(product: Exclude<Product, 'token'>, reply: LineReply): CallOutcome {
  const httpStatus = reply.status === undefined ? {} : { httpStatus: reply.status };
  switch (reply.type) {
    case 'not-sent':
      return {
        ...NOTHING,
        ...httpStatus,
        state: 'not-sent',
        why: sayNotSent(reply.reason, reply.status),
        refused: reply.reason === 'keys-refused' ? 'app' : null,
        isBusy: reply.reason === 'no-token',
        ...(reply.body === undefined ? {} : { body: reply.body }),
      };
    case 'lost':
      // The gateway's own no, in a page or without a word. Of a reversal nothing is taken for certain.
      if (reply.status === 401 && product !== 'reversal')
        return { ...readAnswer(product, 401, null), ...httpStatus };
      return { ...NOTHING, ...httpStatus, state: 'lost', why: sayLost(reply.reason, reply.status) };
    case 'answered':
      return { ...readAnswer(product, reply.status, reply.body), ...httpStatus, body: reply.body };
  }
}

function readAnswer(product: Exclude<Product, 'token'>, status: number, body: unknown): CallOutcome {
  const read = readAcknowledgement(product, status, body);
  const [code, text] = [tidyWords(read.code, 100), tidyWords(read.text, 500)];
  const said = { ...read, code, text };
  switch (said.type) {
    case 'accepted':
    case 'answered': {
      const { originatorConversationId, conversationId } = said;
      return { ...NOTHING, state: said.type, code, text, originatorConversationId, conversationId };
    }
    case 'refused':
      return {
        ...NOTHING,
        state: 'refused',
        why: sayRefused(said.reason, said.credential, said),
        code,
        text,
        refused: said.credential,
        isBusy: said.reason === 'busy',
      };
    case 'unclear':
      return {
        ...NOTHING,
        state: 'lost',
        why: say('safaricom.lost-unclear', { said: quote(said) }),
        code,
        text,
      };
  }
}
