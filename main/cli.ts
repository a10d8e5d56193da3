import { say } from '#shared/domain/message.ts';
import { readAudit } from './cli/audit.ts';
import { runDoctor } from './cli/doctor.ts';
import { explainInput } from './cli/explain.ts';
import { helpOn } from './cli/help.ts';
import { type Command, readCommand } from './cli/options.ts';
import { runOnFiles } from './cli/reconcile.ts';
import { listReversals } from './cli/reversals.ts';
import { Stopped, watchForStop } from './cli/stop.ts';
import { openTerminal, type Terminal } from './cli/terminal.ts';
import { recordBug } from './ipc/bug.ts';
import { openLog } from './log/log.ts';
import { isDiskTrouble } from './services/import-writing.ts';

// npm runs scripts in the project's folder and says here where the person is.
const parsed = readCommand(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
const terminal = openTerminal(parsed.language);
if (!parsed.ok) {
  terminal.complain(terminal.render(parsed.problem));
  terminal.complain(terminal.render(helpOn(parsed.topic)));
  process.exitCode = 2;
} else {
  process.exitCode = await run(parsed.command, terminal);
}
// A worker or a keychain that still holds on must not keep a script waiting; what is written must be out before.
process.stdout.write('', () => process.exit());

async function run(command: Command, out: Terminal): Promise<number> {
  try {
    return await carryOut(command, out);
  } catch (error) {
    if (error instanceof Stopped) {
      out.complain(out.render(say('cli.stopped')));
      return error.exitCode;
    }
    if (isDiskTrouble(error)) {
      out.complain(out.render(say('import.disk-trouble')));
      return 1;
    }
    out.complain(out.render(say('cli.bug', { reference: recordBug(openLog(null), command.name, error) })));
    return 1;
  }
}

async function carryOut(command: Command, out: Terminal): Promise<number> {
  if (command.name === 'help') {
    await out.print([`${out.render(helpOn(command.topic))}\n`]);
    return 0;
  }
  if (command.name === 'explain') return explainInput(command, out);
  if (command.name === 'doctor') return runDoctor(command, out);
  if (command.name === 'reversals') return listReversals(command, out);
  if (command.name === 'audit-verify' || command.name === 'audit-export') return readAudit(command, out);
  return runOnFiles(command.name, command.options, out, watchForStop());
}
