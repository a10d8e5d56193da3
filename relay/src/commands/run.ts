import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { type RelayConfig, readConfig } from '../config.ts';
import { loadRelayKey } from '../relay-key.ts';
import { startRelay } from '../serve.ts';
import { openSqliteStorage } from '../storage/sqlite.ts';
import { RELAY_VERSION } from '../version.ts';
import {
  createInbox,
  listInboxes,
  type OperatorParts,
  readStats,
  renewCode,
  setAddresses,
  showAddresses,
} from './operator.ts';
import { printCode, printInboxes, printStats } from './print.ts';

export const HELP = `daftari-relay ${RELAY_VERSION}: takes Safaricom's callbacks for shops and keeps them sealed

  serve                        run the server
  create NAME                  make an inbox; prints the pairing code for the shop
  renew INBOX                  a new code for an inbox: for a new PC, addresses stay
  list                         all inboxes
  revoke INBOX                 end an inbox and remove its messages
  stats                        what came, waits, was dropped and was refused
  addresses [show]             who may deliver to production inboxes
  addresses set ADDRESS…       another list: addresses or networks up to /24
  addresses reset              Safaricom's own twelve

  --config FILE                settings (or DAFTARI_RELAY_CONFIG); docs/relay.md names them
  --environment production|sandbox   for create
  --json                       answers for a program
`;

/** What a command did: text for the caller, and 0, 1 (refused or failed) or 2 (not understood). */
type Outcome = {
  readonly code: 0 | 1 | 2;
  readonly out?: unknown;
  readonly text?: string;
  readonly error?: string;
};

const OPTIONS = {
  config: { type: 'string' },
  environment: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

type Streams = { readonly out: (text: string) => void; readonly error: (text: string) => void };

/** Runs one command line. `serve` resolves once the server listens; it ends with SIGTERM or SIGINT. */
export async function runCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  streams: Streams,
): Promise<number> {
  const parsed = parse(args);
  if (!parsed.ok) return say({ code: 2, error: parsed.problem }, false, streams);
  const { values, positionals } = parsed;
  const isJson = values.json === true;
  const [command, ...rest] = positionals;
  if (values.help === true || command === undefined) {
    streams.out(HELP);
    return values.help === true ? 0 : 2;
  }
  const read = readConfig(values.config ?? env.DAFTARI_RELAY_CONFIG, env);
  if (!read.ok) return say({ code: 2, error: read.problem }, isJson, streams);
  try {
    mkdirSync(dirname(read.config.database), { recursive: true, mode: 0o700 });
    if (command === 'serve') return await serve(read.config, streams);
    return say(await operate(read.config, command, rest, values.environment), isJson, streams);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return say({ code: 1, error: problem }, isJson, streams);
  }
}

async function serve(config: RelayConfig, streams: Streams): Promise<number> {
  const relay = await startRelay(config);
  const end = (signal: NodeJS.Signals) => {
    relay.server.log.info({ signal }, 'ending');
    relay.close().catch((error: unknown) => {
      relay.server.log.error({ err: error }, 'could not end in order');
      process.exitCode = 1;
    });
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  streams.error(`daftari-relay ${RELAY_VERSION} listens on ${relay.address}\n`);
  return 0;
}

async function operate(
  config: RelayConfig,
  command: string,
  rest: readonly string[],
  environment: string | undefined,
): Promise<Outcome> {
  const storage = openSqliteStorage(config.database, config);
  try {
    const parts: OperatorParts = { config, storage, key: loadRelayKey(config.keyFile), now: Date.now };
    return await act(parts, command, rest, environment);
  } finally {
    await storage.close();
  }
}

async function act(
  parts: OperatorParts,
  command: string,
  rest: readonly string[],
  environment: string = parts.config.environment,
): Promise<Outcome> {
  const [first = '', ...more] = rest;
  if (command === 'addresses') return actOnAddresses(parts, first, more);
  if (more.length > 0) return { code: 2, error: `${more[0]}: one name only` };
  switch (command) {
    case 'create': {
      if (environment !== 'production' && environment !== 'sandbox')
        return { code: 2, error: '--environment is production or sandbox' };
      if (environment === 'production' && !parts.config.publicUrl.startsWith('https://'))
        return { code: 1, error: 'a production inbox needs a publicUrl that begins with https://' };
      if (first.trim() === '') return { code: 2, error: 'create needs a name for the shop' };
      const given = await createInbox(parts, first.trim(), environment);
      return { code: 0, out: given, text: printCode(given) };
    }
    case 'renew': {
      const given = await renewCode(parts, first);
      if (given === null) return { code: 1, error: `there is no inbox ${first}, or it has ended` };
      return { code: 0, out: given, text: printCode(given) };
    }
    case 'revoke': {
      const isEnded = await parts.storage.revoke(first, parts.now());
      if (!isEnded) return { code: 1, error: `there is no inbox ${first}, or it has ended` };
      return { code: 0, out: { id: first, state: 'revoked' }, text: `Inbox ${first} has ended.` };
    }
    case 'list': {
      const inboxes = await listInboxes(parts);
      return { code: 0, out: { inboxes }, text: printInboxes(inboxes) };
    }
    case 'stats': {
      const stats = await readStats(parts);
      return { code: 0, out: stats, text: printStats(stats) };
    }
    default:
      return { code: 2, error: `${command}: no such command; --help lists them` };
  }
}

async function actOnAddresses(parts: OperatorParts, act: string, list: readonly string[]): Promise<Outcome> {
  if (!['', 'show', 'set', 'reset'].includes(act)) return { code: 2, error: 'addresses show, set or reset' };
  if (act === 'set' || act === 'reset') {
    const fault = await setAddresses(parts, act === 'set' ? list : null);
    if (fault !== null) return { code: 1, error: fault };
  }
  const addresses = await showAddresses(parts);
  return { code: 0, out: { addresses }, text: addresses.join('\n') };
}

function say({ code, out, text, error }: Outcome, isJson: boolean, streams: Streams): number {
  if (error !== undefined) streams.error(`${error}\n`);
  else streams.out(isJson ? `${JSON.stringify(out)}\n` : `${text}\n`);
  return code;
}

function parse(args: readonly string[]) {
  try {
    return { ok: true, ...parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }) } as const;
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) } as const;
  }
}
