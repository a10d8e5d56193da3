/** Why the operating system's keychain did not answer. `locked` ends when the person unlocks it. */
export type VaultProblem = 'locked' | 'unavailable' | 'not-kept' | 'too-large';
export type VaultAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: VaultProblem };

/** The port to the operating system's keychain. *Not there* (null) and *could not look* are never the same. */
export type Vault = {
  /** The secret, or null when the keychain answered that it has none of this name. */
  readonly read: (name: string) => Promise<VaultAnswer<string | null>>;
  /** Stores, reads back and compares before it says so. */
  readonly write: (name: string, secret: string) => Promise<VaultAnswer<void>>;
  readonly remove: (name: string) => Promise<VaultAnswer<void>>;
};

/** Windows keeps at most 2,560 bytes in one credential. */
export const MAX_SECRET_BYTES = 2_500;

/** The one way an item of a ledger is named: `daftari` / `<ledger id>/<purpose>`. */
export function itemName(ledgerId: string, purpose: string): string {
  return `${ledgerId}/${purpose}`;
}
