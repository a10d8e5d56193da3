import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { Output } from '#shared/ipc/contract.ts';
import { ask } from './api.ts';

/** How long a number stays on the screen: long enough to dial it. */
export const SHOWN_SECONDS = 30;

export type PhoneOwner = { readonly type: 'payment' | 'sale' | 'look-up'; readonly id: number };

const shown = new Map<string, string>();
const hiding = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

const nameOf = ({ type, id }: PhoneOwner) => `${type}:${id}`;

function tellAll(): void {
  for (const listener of listeners) listener();
}

function hide(name: string): void {
  clearTimeout(hiding.get(name));
  hiding.delete(name);
  if (shown.delete(name)) tellAll();
}

/** Asks main for one full number, which writes it in the log, and shows it wherever the mask stands, for half a minute. */
export async function revealPhone(owner: PhoneOwner): Promise<Output<'phone:reveal'>> {
  const answer = await ask('phone:reveal', owner);
  const name = nameOf(owner);
  hide(name);
  shown.set(name, answer.phone);
  hiding.set(
    name,
    setTimeout(() => hide(name), SHOWN_SECONDS * 1000),
  );
  tellAll();
  return answer;
}

/** Nothing that was revealed is on the screen any more. */
export function hideAllPhones(): void {
  for (const name of [...shown.keys()]) hide(name);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The number of a payment or a sale as it may be shown now: in full while it is revealed, else as it came, masked. */
export function useShownPhone(owner: PhoneOwner, masked: string | null): string | null {
  const name = nameOf(owner);
  const read = useCallback(() => shown.get(name) ?? null, [name]);
  return useSyncExternalStore(subscribe, read) ?? masked;
}

/** For the frame around all screens: when it goes, because the window locks or somebody signs out, so do the numbers. */
export function useForgetPhones(): void {
  useEffect(() => hideAllPhones, []);
}
