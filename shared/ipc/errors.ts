/** Every code an answer can carry. The renderer and the command line switch on these, never on text. */
export type ErrorCode =
  | 'ipc/unknown-channel'
  | 'ipc/untrusted-sender'
  | 'ipc/signed-out'
  | 'ipc/forbidden'
  | 'ipc/malformed'
  | 'ipc/bug'
  /** The password is asked again first; not a refusal. */
  | 'ipc/confirm-first'
  /** Name, password or code did not fit; never says which. */
  | 'access/refused'
  /** Too many tries: the message says how long to wait. */
  | 'access/wait'
  | 'access/weak-password'
  /** The person closed the question for the password; nothing was done. Made in the window, never by main. */
  | 'access/cancelled'
  /** Something else must happen first: a step of the first run, or there is nothing to do. */
  | 'access/out-of-order'
  | 'access/last-owner'
  | 'access/name-taken'
  /** The keychain did not keep, give or let go of a secret. */
  | 'credential/keychain'
  /** What was typed cannot be such a secret. */
  | 'credential/bad-input'
  | 'credential/not-set'
  /** One operator for looking up and for sending money back: only where the owner says so in words. */
  | 'credential/one-operator'
  /** No approver has a key, or this one's password does not open it. */
  | 'credential/sealed'
  | 'recovery/wrong-code'
  | 'recovery/no-kit'
  | 'privacy/limit'
  | 'startup/keychain-locked'
  | 'startup/key-missing'
  | 'startup/wrong-key'
  | 'startup/damaged'
  | 'startup/newer-schema'
  | 'startup/in-use'
  | 'startup/no-keychain'
  | 'startup/failed'
  | 'file/unknown-token'
  | 'file/gone'
  | 'file/not-saved'
  /** Too large, or of a kind that is not taken. */
  | 'file/refused'
  | 'import/refused'
  | 'import/needs-answer'
  | 'import/already-running'
  | 'import/cancelled'
  | 'import/disk-full'
  | 'import/not-undoable'
  | 'ledger/not-found'
  | 'ledger/changed-meanwhile'
  | 'ledger/already-matched'
  | 'ledger/amounts-differ'
  | 'ledger/not-undoable'
  | 'ledger/bad-input'
  /** What was pasted is no pairing code that can be used. */
  | 'relay/bad-code'
  /** The relay was reached and would not, or it is not the one that made the code. */
  | 'relay/refused'
  | 'relay/unreached'
  /** The keychain would not keep or give the keys of the inbox. */
  | 'relay/keychain'
  /** A payment cannot be held: it has been used, held or sent back, or never came. */
  | 'claim/refused'
  /** Safaricom was not asked: the sentence says why. */
  | 'safaricom/cannot-ask'
  /** What people did on past days speaks against the rule more often than they have seen. */
  | 'rule/contradicted'
  /** The money may not go back, or whoever signed may not send it. */
  | 'reversal/refused'
  /** It is otherwise than what was shown: look again. */
  | 'reversal/changed'
  /** The password fits and the second factor is missing. */
  | 'reversal/code-needed';
