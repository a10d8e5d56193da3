import pino from 'pino';
import { redact } from './redact.ts';

export type Log = {
  readonly info: (what: string, facts?: Record<string, unknown>) => void;
  readonly warn: (what: string, facts?: Record<string, unknown>) => void;
  readonly error: (what: string, facts?: Record<string, unknown>) => void;
};

/** A log in which every line is redacted before it is written. `file` null = standard error. */
export function openLog(file: string | null): Log {
  const target = pino.destination({ dest: file ?? 2, sync: true, mkdir: true });
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, target);
  return {
    info: (what, facts) => logger.info(redact(facts ?? {}), redactText(what)),
    warn: (what, facts) => logger.warn(redact(facts ?? {}), redactText(what)),
    error: (what, facts) => logger.error(redact(facts ?? {}), redactText(what)),
  };
}

function redactText(what: string): string {
  return redact({ what }).what as string;
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
