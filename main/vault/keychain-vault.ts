import keytar from 'keytar';
import { MAX_SECRET_BYTES, type Vault, type VaultAnswer, type VaultProblem } from './vault.ts';

const SERVICE = 'daftari';

/** The operating system's keychain. One call at a time, so that it never shows two prompts at once. */
export function openKeychain(): Vault {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<VaultAnswer<T>> => {
    const turn = last.then(async (): Promise<VaultAnswer<T>> => {
      try {
        return { ok: true, value: await work() };
      } catch (error) {
        return { ok: false, problem: nameProblem(error) };
      }
    });
    last = turn;
    return turn;
  };
  return {
    read: (name) => inTurn(() => keytar.getPassword(SERVICE, name)),
    write: async (name, secret) => {
      if (Buffer.byteLength(secret) > MAX_SECRET_BYTES) return { ok: false, problem: 'too-large' };
      const back = await inTurn(async () => {
        await keytar.setPassword(SERVICE, name, secret);
        return keytar.getPassword(SERVICE, name);
      });
      if (!back.ok) return back;
      return back.value === secret ? { ok: true, value: undefined } : { ok: false, problem: 'not-kept' };
    },
    remove: (name) =>
      inTurn(async () => {
        await keytar.deletePassword(SERVICE, name);
      }),
  };
}

/** libsecret, Keychain and Credential Manager each say "locked" in words of their own. */
function nameProblem(error: unknown): VaultProblem {
  const words = error instanceof Error ? error.message : String(error);
  const isLocked = /locked|dismissed|cancel|denied|interaction is not allowed|-25308|-128\b/i.test(words);
  return isLocked ? 'locked' : 'unavailable';
}
