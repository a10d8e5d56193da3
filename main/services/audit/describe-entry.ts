import { AUDIT_FIELDS, type AuditValueKind, type FieldKind, wordsOf } from '#shared/domain/audit/actions.ts';
import type { AuditEntry } from '#shared/domain/audit/entry.ts';
import { isSealed } from '#shared/domain/audit/sealed-value.ts';
import { type Message, type MessageValue, say } from '#shared/domain/message.ts';
import type { Cents } from '#shared/domain/money.ts';
import { maskPhone } from '#shared/domain/party.ts';
import type { BusinessDay, UtcMs } from '#shared/domain/time.ts';
import type { AuditRow } from '#shared/ipc/audit-channels.ts';
import type { ReadDb } from '../../db/ledger.ts';
import { selectStaffNames } from '../../db/queries/audit-log.ts';
import { unseal } from '../../db/queries/sealed.ts';

type Facts = Readonly<Record<string, unknown>>;

/** Says entries in words; made for one page, so that people are looked up once. */
export function openEntryWords(db: ReadDb): (entry: AuditEntry) => AuditRow {
  const names = selectStaffNames(db);
  return (entry) => {
    const { seq, at, staffId, action, subject } = entry;
    const facts = asFacts(JSON.parse(entry.details));
    return {
      seq,
      at,
      who: staffId === null ? null : (names.get(staffId) ?? String(staffId)),
      area: wordsOf(action)?.area ?? 'program',
      action,
      subject,
      what: sayWhat(entry, facts, names),
      changes: listChanges(db, facts),
    };
  };
}

function sayWhat({ action, subject }: AuditEntry, facts: Facts, names: ReadonlyMap<number, string>): Message {
  const words = wordsOf(action);
  if (words === undefined) return say('audit.what-other', { action, subject });
  const values = Object.entries(words.values ?? {}).map(([name, kind]) => [
    name,
    spokenValue(kind, facts[name], subject, names),
  ]);
  return say(`audit.what.${action}`, Object.fromEntries(values) as Record<string, MessageValue>);
}

/** A value of a sentence. What an older entry lacks is said as nothing, never as a gap in the sentence. */
function spokenValue(
  kind: AuditValueKind,
  fact: unknown,
  subject: string,
  names: ReadonlyMap<number, string>,
): MessageValue {
  const number = subject.split(':')[1] ?? '–';
  switch (kind) {
    case 'number':
      return number;
    case 'person':
      return names.get(Number(number)) ?? '–';
    case 'count':
      return typeof fact === 'number' ? fact : 0;
    case 'at':
      return typeof fact === 'number' ? { at: fact as UtcMs } : '–';
    case 'day':
      return typeof fact === 'string' ? { day: fact as BusinessDay } : '–';
    case 'minutes':
      return typeof fact === 'number' ? { minutes: fact } : '–';
    case 'choice':
      return typeof fact === 'string' ? toSelector(fact) : 'other';
    case 'text':
      return typeof fact === 'string' ? fact : '–';
  }
}

/** Before and after of each thing that differs between `before` and `after` of the details. */
function listChanges(db: ReadDb, facts: Facts): AuditRow['changes'] {
  const [before, after] = [flatten(facts.before), flatten(facts.after)];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields.flatMap((field) => {
    const [was, is] = [openValue(db, before[field]), openValue(db, after[field])];
    if (was === is && was !== ERASED) return [];
    const kind = AUDIT_FIELDS[field];
    return {
      field: kind === undefined ? say('audit.field-other', { name: field }) : say(`audit.field.${field}`),
      before: sayValue(kind, was),
      after: sayValue(kind, is),
    };
  });
}

/** Parts of a thing as fields of their own: what a person may approve is two amounts. */
function flatten(value: unknown): Facts {
  const flat = Object.entries(asFacts(value)).map(([name, item]) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) && !isSealed(item)
      ? flatten(item)
      : { [name]: item },
  );
  return Object.assign({}, ...flat) as Facts;
}

const ERASED = { isErased: true } as const;
type Opened = string | number | boolean | null | typeof ERASED;

function openValue(db: ReadDb, value: unknown): Opened {
  if (value === undefined || value === null) return null;
  if (isSealed(value)) return unseal(db, value) ?? ERASED;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
}

function sayValue(kind: FieldKind | undefined, value: Opened): Message | null {
  if (value === null) return null;
  if (typeof value === 'object') return say('audit.value.erased');
  if (typeof value === 'boolean') return say(value ? 'audit.value.yes' : 'audit.value.no');
  if (kind === 'choice')
    return say('audit.value.choice', { code: toSelector(String(value)), text: String(value) });
  return say('audit.value.text', { text: asValue(kind, value) });
}

function asValue(kind: FieldKind | undefined, value: string | number): MessageValue {
  if (typeof value === 'number') {
    if (kind === 'money') return { money: value as Cents };
    if (kind === 'at') return { at: value as UtcMs };
    if (kind === 'minutes') return { minutes: value };
    if (kind === 'clock') return clockTime(value);
    return String(value);
  }
  if (kind === 'phone') return maskPhone(value) ?? '';
  return kind === 'day' ? { day: value as BusinessDay } : value;
}

/** Minutes after midnight as a clock shows them. */
function clockTime(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function asFacts(value: unknown): Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Facts) : {};
}

/** A code as a message's `select` can have it: its choices know neither hyphen nor slash. */
function toSelector(code: string): string {
  return code.replaceAll(/[-/]/g, '_');
}
