import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readHeadCode } from '#shared/domain/audit/head-code.ts';
import type { Claims } from '#shared/domain/audit/verify.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { readFingerprint } from '#shared/domain/recovery/code.ts';
import type { DateOrder } from '#shared/domain/time.ts';
import type { Language } from '#shared/text/render.ts';

/** A file as the person wrote it, and where it lies. */
export type NamedFile = { readonly given: string; readonly path: string };

export type FileOptions = {
  readonly statements: readonly NamedFile[];
  readonly sales: readonly NamedFile[];
  readonly map: NamedFile | null;
  readonly dates: DateOrder | null;
  readonly shortCodes: readonly string[];
  readonly profile: NamedFile | null;
  /** The password of locked PDFs comes as a line on standard input: on the command line others could see it. */
  readonly asksPassword: boolean;
  readonly isJson: boolean;
};

export type Command =
  | { readonly name: 'help'; readonly topic: HelpTopic }
  | { readonly name: 'reconcile' | 'import'; readonly options: FileOptions }
  | { readonly name: 'explain'; readonly source: NamedFile | 'standard-input'; readonly isJson: boolean }
  | {
      readonly name: 'doctor';
      readonly profile: NamedFile | null;
      /** What is to be asked of Safaricom; null: nobody is asked. */
      readonly online: { readonly receipt: string | null; readonly shortCode: string | null } | null;
      readonly isJson: boolean;
    }
  | { readonly name: 'reversals'; readonly profile: NamedFile | null; readonly isJson: boolean }
  | {
      readonly name: 'audit-verify';
      readonly source: AuditSource;
      readonly claims: Claims;
      readonly isJson: boolean;
    }
  | { readonly name: 'audit-export'; readonly profile: NamedFile };

export type AuditSource = { readonly from: 'profile' | 'file'; readonly file: NamedFile };
export type HelpTopic = 'all' | 'reconcile' | 'import' | 'audit' | 'doctor' | 'explain' | 'reversals';

export type ParsedCommand =
  | { readonly ok: true; readonly command: Command; readonly language: Language }
  | { readonly ok: false; readonly problem: Message; readonly topic: HelpTopic; readonly language: Language };

/** What was asked for cannot be done as it was written; told with the help of its command. */
class BadOption extends Error {
  readonly problem: Message;
  constructor(problem: Message) {
    super(problem.id);
    this.problem = problem;
  }
}

/** Reads the words after the program's name. Relative paths count from `folder`, where the person is. */
export function readCommand(args: readonly string[], folder: string): ParsedCommand {
  const language = languageIn(args);
  const topic = topicOf(args[0]);
  try {
    return { ok: true, command: parseCommand(args, folder), language };
  } catch (error) {
    if (error instanceof BadOption) return { ok: false, problem: error.problem, topic, language };
    if (!(error instanceof TypeError)) throw error;
    const words = error.message.split(/\.\s|\n/)[0] ?? error.message;
    return { ok: false, problem: say('cli.bad-option', { words }), topic, language };
  }
}

/** The language even of a sentence about wrong options. */
function languageIn(args: readonly string[]): Language {
  return args.some((word, at) => word === '--lang=sw' || (word === '--lang' && args[at + 1] === 'sw'))
    ? 'sw'
    : 'en';
}

function topicOf(word: string | undefined): HelpTopic {
  return word === 'reconcile' ||
    word === 'import' ||
    word === 'audit' ||
    word === 'doctor' ||
    word === 'explain' ||
    word === 'reversals'
    ? word
    : 'all';
}

function parseCommand(args: readonly string[], folder: string): Command {
  const [word, ...rest] = args;
  if (word === undefined) throw new BadOption(say('cli.no-command'));
  if (args.includes('--help') || args.includes('-h') || word === 'help') {
    return { name: 'help', topic: topicOf(word === 'help' ? rest[0] : word) };
  }
  if (word === 'reconcile' || word === 'import')
    return { name: word, options: readFileOptions(rest, folder) };
  if (word === 'doctor') return readDoctor(rest, folder);
  if (word === 'audit') return readAudit(rest, folder);
  if (word === 'explain') return readExplain(rest, folder);
  if (word === 'reversals') return readReversals(rest, folder);
  throw new BadOption(say('cli.unknown-command', { command: word }));
}

function readFileOptions(args: readonly string[], folder: string): FileOptions {
  const { values, tokens } = parseArgs({
    args: [...args],
    tokens: true,
    allowPositionals: true,
    options: {
      statement: { type: 'string', multiple: true },
      sales: { type: 'string', multiple: true },
      map: { type: 'string' },
      dates: { type: 'string' },
      'short-code': { type: 'string', multiple: true },
      profile: { type: 'string' },
      'password-stdin': { type: 'boolean' },
      lang: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  checkLanguage(values.lang);
  const files = { statement: [] as NamedFile[], sales: [] as NamedFile[] };
  let last: 'statement' | 'sales' | null = null;
  // A shell turns `--statement *.csv` into one option and many words: they all belong to it.
  for (const token of tokens) {
    if (token.kind === 'option')
      last = token.name === 'statement' || token.name === 'sales' ? token.name : null;
    if (token.kind === 'option-terminator' || token.value === undefined) continue;
    if (token.kind === 'positional' && last === null)
      throw new BadOption(say('cli.stray-word', { word: token.value }));
    if (last !== null) files[last].push(nameFile(token.value, folder));
  }
  if (files.statement.length + files.sales.length === 0) throw new BadOption(say('cli.no-files'));
  return {
    statements: files.statement,
    sales: files.sales,
    map: optionalFile(values.map, folder),
    dates: readDateOrder(values.dates),
    shortCodes: (values['short-code'] ?? []).map(readShortCode),
    profile: optionalFile(values.profile, folder),
    asksPassword: values['password-stdin'] === true,
    isJson: values.json === true,
  };
}

function readDoctor(args: readonly string[], folder: string): Command {
  const { values } = parseArgs({
    args: [...args],
    options: {
      profile: { type: 'string' },
      online: { type: 'boolean' },
      receipt: { type: 'string' },
      'short-code': { type: 'string' },
      lang: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  checkLanguage(values.lang);
  const { receipt = null, 'short-code': given } = values;
  const isOnline = values.online === true;
  if ((isOnline && values.profile === undefined) || (!isOnline && (receipt !== null || given !== undefined)))
    throw new BadOption(say('cli.doctor-usage'));
  const shortCode = given === undefined ? null : readShortCode(given);
  return {
    name: 'doctor',
    profile: optionalFile(values.profile, folder),
    online: isOnline ? { receipt, shortCode } : null,
    isJson: values.json === true,
  };
}

function readReversals(args: readonly string[], folder: string): Command {
  const { values } = parseArgs({
    args: [...args],
    options: { profile: { type: 'string' }, lang: { type: 'string' }, json: { type: 'boolean' } },
  });
  checkLanguage(values.lang);
  return { name: 'reversals', profile: optionalFile(values.profile, folder), isJson: values.json === true };
}

function readAudit(args: readonly string[], folder: string): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      profile: { type: 'string' },
      head: { type: 'string' },
      root: { type: 'string' },
      lang: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  checkLanguage(values.lang);
  const claims = readClaims(values.head, values.root);
  const hasClaims = claims.head !== null || claims.rootFingerprint !== null;
  const [act, file, ...rest] = positionals;
  const profile = optionalFile(values.profile, folder);
  if (rest[0] !== undefined) throw new BadOption(say('cli.stray-word', { word: rest[0] }));
  if (act === 'export' && profile && file === undefined && !hasClaims)
    return { name: 'audit-export', profile };
  if (act === 'verify' && (profile === null) !== (file === undefined)) {
    const source: AuditSource = profile
      ? { from: 'profile', file: profile }
      : { from: 'file', file: nameFile(file ?? '', folder) };
    return { name: 'audit-verify', source, claims, isJson: values.json === true };
  }
  throw new BadOption(say('cli.audit-usage'));
}

function readExplain(args: readonly string[], folder: string): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { lang: { type: 'string' }, json: { type: 'boolean' } },
  });
  checkLanguage(values.lang);
  const [source, stray] = positionals;
  if (stray !== undefined) throw new BadOption(say('cli.stray-word', { word: stray }));
  if (source === undefined) throw new BadOption(say('cli.explain-usage'));
  return {
    name: 'explain',
    source: source === '-' ? 'standard-input' : nameFile(source, folder),
    isJson: values.json === true,
  };
}

/** What is on paper: a printed head, and the fingerprint of the root key. */
function readClaims(head: string | undefined, root: string | undefined): Claims {
  const claim = head === undefined ? null : readHeadCode(head);
  if (head !== undefined && claim === null) throw new BadOption(say('audit.bad-head'));
  const print = root === undefined ? null : readFingerprint(root);
  if (root !== undefined && print === null) throw new BadOption(say('cli.audit-bad-root', { given: root }));
  return { head: claim, rootFingerprint: print };
}

function nameFile(given: string, folder: string): NamedFile {
  if (given === '') throw new BadOption(say('cli.empty-path'));
  return { given, path: resolve(folder, given) };
}

function optionalFile(given: string | undefined, folder: string): NamedFile | null {
  return given === undefined ? null : nameFile(given, folder);
}

function readDateOrder(text: string | undefined): DateOrder | null {
  if (text === undefined || text === 'dmy' || text === 'mdy') return text ?? null;
  throw new BadOption(say('cli.bad-dates', { given: text }));
}

function readShortCode(text: string): string {
  if (/^\d{4,9}$/.test(text)) return text;
  throw new BadOption(say('cli.bad-short-code', { given: text }));
}

function checkLanguage(text: string | undefined): void {
  if (text !== undefined && text !== 'en' && text !== 'sw')
    throw new BadOption(say('cli.bad-language', { given: text }));
}
