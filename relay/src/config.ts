import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { findBannedWord } from '../../shared/domain/relay/callback-url.ts';
import { isRelayOrigin } from '../../shared/domain/relay/pairing-code.ts';
import { findProxyFault } from './addresses.ts';

const DAY = 86_400_000;

const proxy = z.string().superRefine((text, context) => {
  const fault = findProxyFault(text);
  if (fault !== null) context.addIssue({ code: 'custom', message: fault });
});

const schema = z
  .strictObject({
    /** As the world reaches it: https://relay.example.co.ke */
    publicUrl: z.string().refine(isRelayOrigin, 'must be https://host or https://host:port, in lower case'),
    /** The usual kind of a new inbox; `create --environment` overrides it. */
    environment: z.enum(['production', 'sandbox']).default('production'),
    host: z.string().min(1).default('127.0.0.1'),
    port: z.coerce.number().int().min(0).max(65_535).default(8440),
    database: z.string().min(1).default('relay.db'),
    /** The relay's own secrets; usually beside the database. */
    keyFile: z.string().min(1).optional(),
    /** Whose X-Forwarded-For is believed. Nobody's, unless named. */
    trustedProxies: z.array(proxy).default([]),
    /** Unacknowledged messages are kept so long. */
    keepDays: z.coerce.number().int().min(1).max(365).default(30),
    /** Room for one inbox; its oldest messages go when it is full. */
    inboxMegabytes: z.coerce.number().positive().max(10_000).default(64),
    /** Room for all; when it is full, callbacks are refused and their shops told. */
    totalMegabytes: z.coerce.number().positive().max(1_000_000).default(2_000),
    /** Refused requests that one address may make in a minute before it is answered "too many". */
    refusalsPerMinute: z.coerce.number().int().min(1).default(120),
  })
  .superRefine((config, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    const word = findBannedWord(config.publicUrl);
    if (word !== null) issue('publicUrl', `contains "${word}": Safaricom refuses such an address`);
    if (config.environment === 'production' && !config.publicUrl.startsWith('https://'))
      issue('publicUrl', 'must begin with https:// in production');
  });

export type RelayConfig = {
  readonly publicUrl: string;
  readonly environment: 'production' | 'sandbox';
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly keyFile: string;
  readonly trustedProxies: readonly string[];
  readonly keepMs: number;
  readonly inboxBytes: number;
  readonly totalBytes: number;
  readonly refusalsPerMinute: number;
};

export type ConfigRead =
  | { readonly ok: true; readonly config: RelayConfig }
  | { readonly ok: false; readonly problem: string };

/** Which environment variable sets what; each overrides the file. Lists are separated by commas. */
const VARIABLES: Readonly<Record<string, keyof z.input<typeof schema>>> = {
  DAFTARI_RELAY_PUBLIC_URL: 'publicUrl',
  DAFTARI_RELAY_ENVIRONMENT: 'environment',
  DAFTARI_RELAY_HOST: 'host',
  DAFTARI_RELAY_PORT: 'port',
  DAFTARI_RELAY_DATABASE: 'database',
  DAFTARI_RELAY_KEY_FILE: 'keyFile',
  DAFTARI_RELAY_TRUSTED_PROXIES: 'trustedProxies',
  DAFTARI_RELAY_KEEP_DAYS: 'keepDays',
  DAFTARI_RELAY_INBOX_MEGABYTES: 'inboxMegabytes',
  DAFTARI_RELAY_TOTAL_MEGABYTES: 'totalMegabytes',
  DAFTARI_RELAY_REFUSALS_PER_MINUTE: 'refusalsPerMinute',
};

/**
 * The settings from a JSON file (if one is named) and the environment. Paths in the file count from its folder.
 * A setting that nobody knows is an error, for it is a typing mistake in one that somebody relies on.
 */
export function readConfig(file: string | undefined, env: NodeJS.ProcessEnv): ConfigRead {
  const written = file === undefined ? { ok: true as const, value: {} } : readJson(file);
  if (!written.ok) return written;
  const parsed = schema.safeParse({ ...(written.value as object), ...fromEnvironment(env) });
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'settings'}: ${message}`,
    );
    return { ok: false, problem: faults.join('\n') };
  }
  const { keepDays, inboxMegabytes, totalMegabytes, ...same } = parsed.data;
  const base = file === undefined ? process.cwd() : dirname(resolve(file));
  const database = resolve(base, same.database);
  return {
    ok: true,
    config: {
      ...same,
      database,
      keyFile:
        same.keyFile === undefined ? join(dirname(database), 'relay.key') : resolve(base, same.keyFile),
      keepMs: keepDays * DAY,
      inboxBytes: inboxMegabytes * 1_000_000,
      totalBytes: totalMegabytes * 1_000_000,
    },
  };
}

function fromEnvironment(env: NodeJS.ProcessEnv): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(VARIABLES).flatMap(([variable, setting]) => {
      const text = env[variable];
      if (text === undefined || text === '') return [];
      const isList = setting === 'trustedProxies';
      return [[setting, isList ? text.split(',').map((each) => each.trim()) : text]];
    }),
  );
}

function readJson(file: string): { ok: true; value: unknown } | { ok: false; problem: string } {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? { ok: true, value } : { ok: false, problem: `${file}: not a JSON object` };
  } catch (error) {
    return { ok: false, problem: `${file}: ${error instanceof Error ? error.message : String(error)}` };
  }
}
