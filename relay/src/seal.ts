import sodium from 'libsodium-wrappers';

/** Seals bytes so that only the holder of the other half of this X25519 key (raw, in hex) can open them. */
export type Seal = (bytes: Uint8Array, boxKey: string) => Uint8Array;

/** Loads libsodium. The sealing function throws on a key of low order. */
export async function loadSeal(): Promise<Seal> {
  await sodium.ready;
  return (bytes, boxKey) => sodium.crypto_box_seal(bytes, Buffer.from(boxKey, 'hex'));
}
