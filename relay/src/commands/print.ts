import type { Refusal } from '../../../shared/domain/relay/answers.ts';
import type { CodeGiven, InboxLine, Stats } from './operator.ts';

export function printCode(given: CodeGiven): string {
  return [
    `Inbox ${given.id} (${given.name}, ${given.environment})`,
    '',
    'Pairing code, for one PC, once:',
    '',
    ...wrapCode(given.code),
    '',
    `It can be used until ${time(given.expiresAt)}. Send it only to the shop: whoever pastes it first gets the inbox.`,
    `Fingerprint of this relay: ${given.relay}`,
  ].join('\n');
}

export function printInboxes(lines: readonly InboxLine[]): string {
  if (lines.length === 0) return 'There is no inbox yet. Make one with: create NAME';
  return table(
    ['inbox', 'name', 'environment', 'state', 'last heard from', 'waiting'],
    lines.map((each) => [
      each.id,
      each.name,
      each.environment,
      each.state,
      each.lastHeardAt === null ? 'never' : time(each.lastHeardAt),
      String(each.waiting),
    ]),
  );
}

export function printStats({ inboxes, refusedElsewhere }: Stats): string {
  const rows = inboxes.map((each) => [
    each.id,
    each.name,
    String(each.lastSequence),
    String(each.waiting),
    String(each.waitingBytes),
    String(each.repeated),
    String(each.droppedOld + each.droppedRoom + each.droppedKeys),
    String(sum(each.refused)),
  ]);
  const header = ['inbox', 'name', 'received', 'waiting', 'bytes', 'repeated', 'dropped', 'refused'];
  const refused = [
    ...inboxes.map(({ id, refused }) => ({ id, refused })),
    { id: '-', refused: refusedElsewhere },
  ];
  const details = refused.flatMap(({ id, refused: list }) =>
    list.map((each) => [id, each.reason, each.address || 'others', String(each.count), time(each.lastAt)]),
  );
  const parts = [table(header, rows)];
  if (details.length > 0) parts.push(table(['inbox', 'refused for', 'address', 'times', 'last'], details));
  return parts.join('\n\n');
}

function wrapCode(code: string): string[] {
  const groups = code.split('-');
  return Array.from({ length: Math.ceil(groups.length / 10) }, (_, at) =>
    groups.slice(at * 10, at * 10 + 10).join('-'),
  );
}

function sum(refusals: readonly Refusal[]): number {
  return refusals.reduce((total, { count }) => total + count, 0);
}

function time(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ').concat(' UTC');
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
