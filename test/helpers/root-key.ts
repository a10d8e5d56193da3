import { makeSeed, publicKeyOf, signWith } from '#main/audit/ed25519.ts';
import type { RootKey } from '#main/audit/keeper.ts';

/** The root key of an invented recovery code. */
export function makeRoot(): RootKey {
  const seed = makeSeed();
  return { publicKey: publicKeyOf(seed), sign: (text) => signWith(seed, text) };
}
