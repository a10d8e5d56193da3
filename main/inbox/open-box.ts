import { type Arrival, readArrival } from '#shared/domain/relay/arrival.ts';
import { type PrivateKeys, publicKeysOf } from './keys.ts';

/** Opens what the relay sealed to this PC; null for what was sealed to other keys, changed, or is of another form. */
export type OpenBox = (sealed: string) => Arrival | null;

/** What libsodium puts before the sealed bytes: an ephemeral key and a tag. */
const OVERHEAD = 48;

/** Loads libsodium for these keys. It is loaded when a message has come, and not before. */
export async function loadBox(keys: PrivateKeys): Promise<OpenBox> {
  const { default: sodium } = await import('libsodium-wrappers');
  await sodium.ready;
  const open = Buffer.from(keys.boxKey, 'hex');
  const toWhom = Buffer.from(publicKeysOf(keys).boxKey, 'hex');
  return (sealed) => {
    const box = Buffer.from(sealed, 'base64');
    if (box.length <= OVERHEAD) return null;
    try {
      return readArrival(sodium.crypto_box_seal_open(box, toWhom, open));
    } catch {
      // libsodium says only that it cannot be opened: it was sealed to other keys, or changed on the way.
      return null;
    }
  };
}
