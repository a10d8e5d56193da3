import { isAllowed, type Permission } from '#shared/domain/access/permissions.ts';
import { type Check, exitCodeOf, line, sortChecks } from '#shared/domain/doctor/check.ts';
import { judgeKeychain } from '#shared/domain/doctor/keychain.ts';
import { say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import { selectPerson } from '../db/queries/staff.ts';
import { askSafaricom } from '../services/doctor/ask-safaricom.ts';
import { checkBooks, checkDatabase, checkDisk } from '../services/doctor/books.ts';
import { tryKeychain } from '../services/doctor/keychain.ts';
import { findShortCode } from '../services/doctor/named-receipt.ts';
import { lookForSecrets } from '../services/doctor/secrets.ts';
import { checkSetUp } from '../services/doctor/set-up.ts';
import { checkComputer } from '../services/doctor/trials.ts';
import { openSecrets } from '../vault/secrets.ts';
import { openWorkers } from '../work/workers.ts';
import { openAnswers } from './answers.ts';
import { writeJson } from './json.ts';
import {
  type Books,
  exitCodeOf as exitCodeOfFailure,
  hasLedger,
  openBooks,
  openKeychainStore,
} from './open-books.ts';
import type { Command, NamedFile } from './options.ts';
import { watchForStop } from './stop.ts';
import { type Terminal, toSelector } from './terminal.ts';

type DoctorCommand = Extract<Command, { name: 'doctor' }>;

/** Checks what Daftari needs, worst first; each line that is not well says how to mend it. */
export async function runDoctor(command: DoctorCommand, terminal: Terminal): Promise<number> {
  const checks = await checkThisComputer();
  if (command.profile) {
    const profile = await checkProfile(command.profile, command.online, terminal);
    if (!profile.ok) {
      terminal.complain(terminal.render(profile.error.message));
      return 2;
    }
    checks.push(...profile.value);
  }
  const sorted = sortChecks(checks);
  const code = exitCodeOf(sorted);
  await terminal.print(
    command.isJson
      ? writeJson({ ok: code === 0, checks: { items: sorted.map((check) => toJson(check, terminal)) } })
      : writeChecks(sorted, terminal),
  );
  return code;
}

async function checkThisComputer(): Promise<Check[]> {
  const workers = openWorkers(new URL('../work/worker.ts', import.meta.url));
  try {
    const now = () => Date.now() as UtcMs;
    const computer = await checkComputer({ now, workers, showsFolders: true });
    return [...computer, judgeKeychain(await tryKeychain(openKeychainStore))];
  } finally {
    await workers.close();
  }
}

/** `ok` and `mend` are of the first version of this answer: not ok is what `mend` says how to mend. */
function toJson({ name, about, level, finding, mend }: Check, { render }: Terminal) {
  const isBad = level === 'failure' || level === 'warning';
  return {
    name,
    level,
    ok: !isBad,
    ...(about === null ? {} : { about }),
    text: render(finding),
    ...(mend === null ? {} : isBad ? { mend: render(mend) } : { hint: render(mend) }),
  };
}

function* writeChecks(checks: readonly Check[], { render }: Terminal): Generator<string> {
  for (const { name, about, level, finding, mend } of checks) {
    const state = render(say('cli.doctor.state', { level: toSelector(level) }));
    const title = render(say(`doctor.name.${name}`)) + (about === null ? '' : ` ${about}`);
    yield `${state}  ${title}: ${render(finding)}\n`;
    if (mend !== null) yield `      ${render(mend)}\n`;
  }
}

/** Opens the profile as the window would, and closes it again. Never makes one. Fails when nobody may look. */
async function checkProfile(
  profile: NamedFile,
  online: DoctorCommand['online'],
  terminal: Terminal,
): Promise<Result<Check[]>> {
  if (!hasLedger(profile))
    return succeed([
      line('profile', 'failure', say('doctor.profile.failed'), { mend: say('cli.no-ledger') }),
    ]);
  const needs: Permission[] = online === null ? ['ledger.read'] : ['ledger.read', 'safaricom.write'];
  const answers = openAnswers(process.stdin, process.stderr);
  const parts = { purpose: { command: 'doctor', needs } as const, terminal, answers, env: process.env };
  const opened = await openBooks(profile, parts, () => undefined);
  if (!opened.ok) {
    if (exitCodeOfFailure(opened.error) === 2) return opened;
    const { message } = opened.error;
    return succeed([line('profile', 'failure', say('doctor.profile.failed'), { mend: message })]);
  }
  const { books } = opened;
  try {
    const safaricom = await checkSafaricom(books, online, terminal);
    return safaricom.ok
      ? succeed([...(await checkOpenBooks(books, terminal)), ...safaricom.value])
      : safaricom;
  } finally {
    await books.close();
  }
}

async function checkOpenBooks({ core }: Books, terminal: Terminal): Promise<Check[]> {
  const tell = (fraction: number) =>
    terminal.showProgress(
      terminal.render(say('cli.doctor.reading', { percent: Math.floor(fraction * 100) })),
    );
  const database = await checkDatabase(core, undefined, tell);
  terminal.clearProgress();
  return [
    line('profile', 'ok', say('doctor.profile.ok')),
    database,
    await checkDisk(core),
    ...checkBooks(core),
  ];
}

/** What is set up with Safaricom, for whoever may see that in the window. Asks nobody unless it was wished. */
async function checkSafaricom(
  books: Books,
  online: DoctorCommand['online'],
  terminal: Terminal,
): Promise<Result<Check[]>> {
  const { core, actor } = books;
  const role = selectPerson(core.ledger.read, actor.staffId)?.role ?? null;
  if (role !== null && !isAllowed(role, 'safaricom.read')) return succeed([]);
  if (online === null) {
    const secrets = openSecrets(await openKeychainStore(), core.ledger.file.id);
    const states = await lookForSecrets({ core, secrets });
    return succeed(checkSetUp({ core, line: { clockGap: () => null } }, states));
  }
  const wish = findShortCode(core, { shortCode: online.shortCode, typed: online.receipt });
  if (!wish.ok) return wish;
  const parts = await books.safaricom();
  terminal.showProgress(terminal.render(say('cli.doctor.asking')));
  const signal = watchForStop();
  const notAsked = await askSafaricom({ safaricom: parts, actor, signal, tell: () => undefined }, wish.value);
  terminal.clearProgress();
  if (signal.aborted) throw signal.reason;
  for (const { shortCode, why } of notAsked) terminal.complain(`${shortCode}: ${terminal.render(why)}`);
  return succeed(checkSetUp(parts, await lookForSecrets(parts)));
}
