import { ageOf } from '#shared/domain/daraja/credential-age.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { businessDayOf } from '#shared/domain/time.ts';
import { succeed } from '#shared/ipc/result.ts';
import { PROGRAM } from '../../db/ledger.ts';
import { hasAlert } from '../../db/queries/alerts.ts';
import { type CredentialRow, selectCredentials } from '../../db/queries/credentials.ts';
import { raiseAlert, tellAlerts } from '../alerts.ts';
import type { Core } from '../core.ts';

/** Says once that a secret falls due soon, and once that it has: an operator's password otherwise dies unnoticed. */
export function noteDueCredentials(core: Core): void {
  const now = core.now();
  for (const row of selectCredentials(core.ledger.read)) {
    const { standing } = ageOf(row.kind, row.dueAt, now);
    if (standing === 'fresh') continue;
    const { shortCode, kind } = row;
    const alert = {
      kind: standing === 'overdue' ? 'credential-overdue' : 'credential-due',
      // The next password has another day, and is spoken of anew.
      subject: `credential:${shortCode}:${kind}:${row.dueAt}`,
    };
    if (hasAlert(core.ledger.read, alert.kind, alert.subject)) continue;
    const noted = core.ledger.act(PROGRAM, 'credential.due', `credential:${shortCode}`, (db) => {
      const raised = raiseAlert(db, { ...alert, what: wordsOf(row, standing), at: now });
      return succeed({ value: raised, details: { secret: kind, standing } });
    });
    if (!noted.ok) throw new Error(`that a credential is due cannot be noted: ${noted.error.code}`);
    tellAlerts(core, [noted.value]);
  }
}

function wordsOf({ kind, shortCode, dueAt }: CredentialRow, standing: 'due-soon' | 'overdue'): Message {
  const values = { kind: kind.replaceAll('-', '_'), shortCode, day: { day: businessDayOf(dueAt) } };
  return standing === 'overdue' ? say('credential.overdue', values) : say('credential.due-soon', values);
}
