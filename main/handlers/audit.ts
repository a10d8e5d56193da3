import type { HandlerParts } from '../handlers.ts';
import type { Handlers } from '../ipc/router.ts';
import { listEntries, showEntry } from '../services/audit/list-entries.ts';
import { restartLog } from '../services/audit/restart-log.ts';
import { showHead } from '../services/audit/show-head.ts';

type AuditChannel = Extract<keyof Handlers, `audit:${string}`>;

/** The audit log. */
export function connectAudit({ core, access, auditJobs }: HandlerParts): Pick<Handlers, AuditChannel> {
  return {
    'audit:list': (_, input) => listEntries(core, input),
    'audit:show': (_, input) => showEntry(core, input.seq),
    'audit:head': () => showHead(core),
    'audit:verify': (session, input) => auditJobs.verify(session, input.head),
    'audit:export': (session, input) => auditJobs.export(session, input.format),
    'audit:cancel': (session, input) => auditJobs.cancel(session, input.jobId),
    'audit:restart': (session, input) => restartLog(core, access, session, input.code),
  };
}
