import { isHexOf } from './hex.ts';

/** What a shop's PC may ask of its inbox. */
export type ShopAction = 'pair' | 'messages' | 'ack' | 'status';
export type ShopTarget = { readonly inbox: string; readonly action: ShopAction };

/** The longest that the relay lets a request for messages wait (seconds). */
export const MAX_WAIT_SECONDS = 25;

/** The one method of each action; every other is refused. */
export const SHOP_METHODS: Readonly<Record<ShopAction, 'GET' | 'POST'>> = {
  pair: 'POST',
  messages: 'GET',
  ack: 'POST',
  status: 'GET',
};

const INBOX_BYTES = 8;

/** What stands after the host, for every action but `messages`. */
export function shopTarget(inbox: string, action: Exclude<ShopAction, 'messages'>): string {
  return `/inbox/${inbox}/${action}`;
}

/** Asks for what came after `after`; waits up to `wait` seconds for something to come. */
export function messagesTarget(inbox: string, after: number, wait: number): string {
  return `/inbox/${inbox}/messages?after=${after}&wait=${wait}`;
}

/** Reads what stands after the host. Null when it is no request of a shop's PC. */
export function readShopTarget(target: string): ShopTarget | null {
  const [path = '', query, ...more] = target.split('?');
  const [start, word, inbox, action, ...rest] = path.split('/');
  const isWhole = start === '' && word === 'inbox' && rest.length === 0 && more.length === 0;
  if (!isWhole || !isHexOf(inbox, INBOX_BYTES) || !isAction(action)) return null;
  return query === undefined || action === 'messages' ? { inbox, action } : null;
}

/** Reads the question of `messagesTarget`: null unless it is exactly of that form. */
export function readMessagesQuery(target: string): { readonly after: number; readonly wait: number } | null {
  const found = /\?after=(0|[1-9]\d{0,14})&wait=(\d{1,2})$/.exec(target);
  const wait = Number(found?.[2]);
  return found === null || wait > MAX_WAIT_SECONDS ? null : { after: Number(found[1]), wait };
}

function isAction(word: string | undefined): word is ShopAction {
  return word !== undefined && Object.hasOwn(SHOP_METHODS, word);
}
