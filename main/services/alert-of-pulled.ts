import { say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { WriteDb } from '../db/ledger.ts';
import { selectPulledQuestions } from '../db/queries/pulled-questions.ts';
import { raiseAlert } from './alerts.ts';

/** More of them in one file are one thing to tell. */
const MOST_EACH = 10;

/**
 * What Safaricom itself showed us by Pull weighs more than a file: the owner hears of every payment that a statement
 * lacks or states otherwise. Inside the act that takes the statement into the books; returns the alerts to tell of.
 */
export function alertOfPulled(
  db: WriteDb,
  importId: number,
  file: string,
  at: UtcMs,
): readonly (number | null)[] {
  const questions = selectPulledQuestions(db, importId);
  if (questions.length > MOST_EACH) {
    const what = say('alert.pulled-not-in-file-many', { file, count: questions.length });
    return [raiseAlert(db, { kind: 'pulled-not-in-file', subject: `import:${importId}`, what, at })];
  }
  return questions.map(({ kind, movementId, receipt }) => {
    const subject = `movement:${movementId}`;
    return kind === 'vanished-line'
      ? raiseAlert(db, {
          kind: 'pulled-not-in-file',
          subject,
          what: say('alert.pulled-not-in-file', { receipt, file }),
          at,
        })
      : raiseAlert(db, {
          kind: 'pulled-otherwise',
          subject,
          what: say('alert.pulled-otherwise', { receipt, file }),
          at,
        });
  });
}
