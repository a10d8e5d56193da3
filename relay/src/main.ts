import { runCommand } from './commands/run.ts';

// What the relay writes is for its own user alone.
process.umask(0o077);

process.exitCode = await runCommand(process.argv.slice(2), process.env, {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
});
