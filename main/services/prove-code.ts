import { timingSafeEqual } from 'node:crypto';
import { addFailure, DELAY_RULES, waitLeft } from '#shared/domain/access/delays.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { type CodeProblem, readCode } from '#shared/domain/recovery/code.ts';
import { SECOND } from '#shared/domain/time.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import { DATABASE_KEY, type Kit, type RootKey } from '../access/recovery-kit.ts';
import type { Actor, Nobody, WriteDb } from '../db/ledger.ts';
import { clearTries, saveTries, selectTries } from '../db/queries/sign-in-delays.ts';
import type { Core } from './core.ts';
import { supersededKit, validKit } from './recovery-kits.ts';

/** Counted apart from passwords: whoever tries codes must not make the staff wait, nor the other way round. */
const SCOPE = 'recovery-code';
const RULE = DELAY_RULES.owner;
const WRONG = say('recovery.wrong-code');

export type CodeClaim = {
  readonly typed: string;
  readonly occasion: 'reset-owner' | 'restart-log';
  /** Who asks; nobody before a sign-in. */
  readonly actor: Actor | Nobody;
};

export type ProvedCode = {
  /** Signs the log's new beginning. */
  readonly root: RootKey;
  /** Writes that the tries are over. Belongs into the act that the code allows. */
  readonly settle: (db: WriteDb) => void;
};

/**
 * Proves that somebody holds the recovery code of these open books, or refuses, each time with a longer wait. Must run
 * in turn with every other proof (`access.inTurn`). A refusal is written at once.
 */
export async function proveCode(core: Core, access: Access, claim: CodeClaim): Promise<Result<ProvedCode>> {
  const read = readCode(claim.typed);
  // A slip of the pen is no guess: it is pointed at and costs nothing.
  if (!read.ok) return fail('recovery/wrong-code', tellProblem(read));
  const kit = validKit(core);
  // Books that were put back to before the present code: the one they name starts their log again, and does no more.
  const old = kit === null && claim.occasion === 'restart-log' ? supersededKit(core) : null;
  if (kit === null && old === null) return fail('recovery/no-kit', say('recovery.no-kit'));
  const tries = selectTries(core.ledger.read, SCOPE);
  const wait = waitLeft(tries, RULE, core.now());
  if (wait > 0) return fail('access/wait', sayWait(wait));
  const root =
    old === null
      ? await openWith(core, access, kit, read.bytes)
      : await access.kits.recall(core.ledger.file.id, old, read.bytes);
  if (root === null) return refuse(core, claim, old === null ? WRONG : say('audit.restart-older-code'));
  return succeed({ root, settle: (db) => clearTries(db, SCOPE) });
}

/** Null unless the code opens the kit, and what is in it is the key of exactly these books. */
async function openWith(
  core: Core,
  access: Access,
  kit: Kit | null,
  code: Uint8Array,
): Promise<RootKey | null> {
  const opened = kit && (await access.kits.open(core.ledger.file.id, kit, code));
  const key = opened?.keys[DATABASE_KEY];
  return opened && key && timingSafeEqual(key, core.ledger.access.key) ? opened.root : null;
}

function refuse(core: Core, { occasion, actor }: CodeClaim, why: Message): Result<never> {
  const refused = core.ledger.act(actor, 'recovery.code-refused', 'recovery', (db) => {
    saveTries(db, SCOPE, addFailure(selectTries(db, SCOPE), RULE, core.now()));
    return succeed({ value: undefined, details: { occasion } });
  });
  return refused.ok ? fail('recovery/wrong-code', why) : refused;
}

/** It was read, and opens nothing here. */
export function refuseCode(): Result<never> {
  return fail('recovery/wrong-code', WRONG);
}

export function sayWait(waitMs: number): Message {
  return say('access.wait', { seconds: Math.ceil(waitMs / SECOND) });
}

/** Which group is mistyped, as far as that can be told without the code. */
export function tellProblem({ problem, group }: CodeProblem): Message {
  if (group !== null) {
    return problem === 'not-a-symbol'
      ? say('recovery.group-not-a-symbol', { group })
      : say('recovery.group-length', { group });
  }
  return problem === 'too-long' ? say('recovery.code-too-long') : say('recovery.code-too-short');
}
