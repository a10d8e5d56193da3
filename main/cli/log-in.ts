import { isAllowed, type Permission } from '#shared/domain/access/permissions.ts';
import { say } from '#shared/domain/message.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import type { Actor } from '../db/ledger.ts';
import { actorOf, type LedgerCore } from '../services/core.ts';
import { recordRefusal } from '../services/record-refusal.ts';
import { signIn } from '../services/sign-in.ts';
import type { Answers } from './answers.ts';
import type { Terminal } from './terminal.ts';

/** What a command does to the books of others, and what it must be allowed for that. */
export type Purpose = {
  readonly command: 'reconcile' | 'import' | 'audit-verify' | 'audit-export' | 'doctor' | 'reversals';
  readonly needs: readonly Permission[];
};

export type LogInParts = {
  readonly purpose: Purpose;
  readonly terminal: Terminal;
  readonly answers: Answers;
  /** DAFTARI_USER and DAFTARI_CODE; a password never stands there. */
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** The one session that the command line has. */
const WINDOW = 'main';

/**
 * Signs in whoever runs the command, and refuses what the person may not do. The same table holds as in the window,
 * and each refusal is an entry of the log.
 */
export async function logIn(core: LedgerCore, access: Access, parts: LogInParts): Promise<Result<Actor>> {
  const signedIn = await proveAtTerminal(core, access, parts);
  if (!signedIn.ok) return signedIn;
  const session = access.book.sessionFor(WINDOW);
  if (session === null) throw new Error('somebody signed in and is not there');
  const { command, needs } = parts.purpose;
  const missing = needs.find((permission) => !isAllowed(session.role, permission));
  if (missing === undefined) return succeed(actorOf(session));
  const refusal = { channel: `cli:${command}`, code: 'ipc/forbidden', window: null, session } as const;
  const recorded = recordRefusal(core, refusal);
  if (!recorded.ok) return recorded;
  return fail('ipc/forbidden', say('cli.login.not-allowed', { role: session.role, permission: missing }));
}

async function proveAtTerminal(
  core: LedgerCore,
  access: Access,
  { terminal, answers, env }: LogInParts,
): Promise<Result<unknown>> {
  const ask = (id: 'name' | 'password' | 'code') =>
    answers.ask(terminal.render(say('cli.login.question', { question: id })), id !== 'name');
  const name = env.DAFTARI_USER || (answers.canPrompt ? await ask('name') : null);
  if (name === null) return fail('ipc/signed-out', say('cli.login.needed'));
  const password = await ask('password');
  if (password === null) return fail('ipc/signed-out', say('cli.login.needed'));
  const given = { name, password, code: env.DAFTARI_CODE || null };
  const first = await signIn(core, access, given, WINDOW);
  if (!first.ok || first.value.next === 'open') return first;
  const code = answers.canPrompt ? await ask('code') : null;
  if (code === null) return fail('access/refused', say('cli.login.needs-code'));
  return signIn(core, access, { ...given, code }, WINDOW);
}
