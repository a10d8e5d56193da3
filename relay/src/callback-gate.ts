import type { BlockList } from 'node:net';
import type { RefusalReason } from '../../shared/domain/relay/answers.ts';
import {
  type CallbackTarget,
  readCallbackPath,
  readCallbackTarget,
} from '../../shared/domain/relay/callback-url.ts';
import { isIn, listOf, SAFARICOM_ADDRESSES } from './addresses.ts';
import { isSame, sha256 } from './relay-key.ts';
import type { RelayServices } from './services.ts';
import type { Inbox, ShopKeys, Storage } from './storage/storage.ts';

/** The largest body that is taken, in bytes. Safaricom's own are 1 to 3 KB. */
export const MAX_BODY = 65_536;

/** What is known of a request before its body is read. */
export type RequestHead = {
  readonly method: string;
  readonly target: string;
  readonly address: string;
  /** The length it announces; 0 when it announces none. */
  readonly length: number;
};

/** An inbox that can be delivered to. */
export type PairedInbox = Inbox & { readonly keys: ShopKeys; readonly pairedRound: number };

export type CallbackPass = {
  readonly inbox: PairedInbox;
  readonly callback: CallbackTarget;
  readonly address: string;
};

export type GateAnswer =
  | { readonly ok: true; readonly pass: CallbackPass }
  | { readonly ok: false; readonly inbox: string; readonly reason: RefusalReason };

/** Decides by everything but the body whether a callback may come in. */
export function makeCallbackGate({ storage }: Pick<RelayServices, 'storage'>) {
  const mayDeliver = makeAllowList(storage);
  return async (head: RequestHead): Promise<GateAnswer> => {
    const path = readCallbackPath(head.target);
    const inbox = path === null ? null : await findInbox(storage, path);
    if (inbox === null) return { ok: false, inbox: '', reason: 'path' };
    const refuse = (reason: RefusalReason): GateAnswer => ({ ok: false, inbox: inbox.id, reason });
    if (inbox.revokedAt !== null) return refuse('revoked');
    const isOpen = inbox.environment === 'sandbox';
    if (!isOpen && !(await mayDeliver(head.address))) return refuse('address');
    const callback = readCallbackTarget(head.target);
    if (callback === null) return refuse('path');
    if (head.method !== 'POST') return refuse('method');
    if (head.length > MAX_BODY) return refuse('size');
    if (!isPaired(inbox)) return refuse('unpaired');
    return { ok: true, pass: { inbox, callback, address: head.address } };
  };
}

export type CallbackGate = ReturnType<typeof makeCallbackGate>;

export function isPaired(inbox: Inbox): inbox is PairedInbox {
  return inbox.keys !== null && inbox.pairedRound !== null;
}

/** The list that counts now: the operator's own, or the portal's. */
export async function readAllowed(storage: Pick<Storage, 'readAddresses'>): Promise<readonly string[]> {
  return (await storage.readAddresses()) ?? SAFARICOM_ADDRESSES;
}

/** Found by its hash, which says nothing of how near a wrong path was, and compared whole in constant time. */
async function findInbox(storage: Storage, path: string): Promise<Inbox | null> {
  const hash = sha256(path);
  const inbox = await storage.findByPathHash(hash);
  return inbox !== null && isSame(inbox.pathHash, hash) ? inbox : null;
}

/** The operator may change the list while the server runs, so it is read each time and only built when it is new. */
function makeAllowList(storage: Pick<Storage, 'readAddresses'>): (address: string) => Promise<boolean> {
  let built: { text: string; list: BlockList } | null = null;
  return async (address) => {
    const allowed = await readAllowed(storage);
    const text = allowed.join();
    if (built?.text !== text) built = { text, list: listOf(allowed) };
    return isIn(built.list, address);
  };
}
