import type { Cents } from '#shared/domain/money.ts';
import type { BookedLine } from '#shared/domain/statement/types.ts';
import type { UtcMs } from '#shared/domain/time.ts';

/** Texts that repeat from line to line: each once, and for every line the number of its text. */
type Repeated<T> = { readonly texts: readonly T[]; readonly numbers: Uint16Array<ArrayBuffer> };

/** Lines of a statement by column: a third of the bytes of a list of objects, and of the time to pass them on. */
export type PackedLines = {
  readonly [C in RepeatedColumn]: Repeated<BookedLine[C]>;
} & { readonly [C in NumberColumn]: Float64Array<ArrayBuffer> } & {
  readonly [C in PlainColumn]: readonly BookedLine[C][];
} & {
  readonly phone: readonly (string | null)[];
  readonly code: readonly (string | null)[];
  readonly name: readonly (string | null)[];
};

const COLUMNS = {
  row: 'number',
  shortCode: 'repeated',
  account: 'repeated',
  receipt: 'plain',
  completedAt: 'number',
  precision: 'repeated',
  initiatedAt: 'number',
  status: 'repeated',
  direction: 'repeated',
  amountCents: 'number',
  balanceCents: 'number',
  reasonType: 'repeated',
  linkedReceipt: 'plain',
  accountReference: 'plain',
  isMended: 'repeated',
  kind: 'repeated',
  party: 'party',
  detailsTemplate: 'repeated',
  occurrence: 'number',
} as const satisfies Record<keyof BookedLine, 'number' | 'repeated' | 'plain' | 'party'>;

type ColumnsOf<K> = {
  [C in keyof typeof COLUMNS]: (typeof COLUMNS)[C] extends K ? C : never;
}[keyof typeof COLUMNS];
type NumberColumn = ColumnsOf<'number'>;
type RepeatedColumn = ColumnsOf<'repeated'>;
type PlainColumn = ColumnsOf<'plain'>;

/** A number that is not there. No amount, time or row is ever this. */
const NONE = Number.NaN;

/** At most 65,536 lines at once. */
export function packLines(lines: readonly BookedLine[]): PackedLines {
  const numbers = (column: NumberColumn) => Float64Array.from(lines, (line) => line[column] ?? NONE);
  const repeated = <C extends RepeatedColumn>(column: C) => packRepeated(lines, column);
  const plain = <C extends PlainColumn>(column: C) => lines.map((line) => line[column]);
  return {
    row: numbers('row'),
    shortCode: repeated('shortCode'),
    account: repeated('account'),
    receipt: plain('receipt'),
    completedAt: numbers('completedAt'),
    precision: repeated('precision'),
    initiatedAt: numbers('initiatedAt'),
    status: repeated('status'),
    direction: repeated('direction'),
    amountCents: numbers('amountCents'),
    balanceCents: numbers('balanceCents'),
    reasonType: repeated('reasonType'),
    linkedReceipt: plain('linkedReceipt'),
    accountReference: plain('accountReference'),
    isMended: repeated('isMended'),
    kind: repeated('kind'),
    phone: lines.map((line) => line.party.phone),
    code: lines.map((line) => line.party.code),
    name: lines.map((line) => line.party.name),
    detailsTemplate: repeated('detailsTemplate'),
    occurrence: numbers('occurrence'),
  };
}

function packRepeated<C extends RepeatedColumn>(
  lines: readonly BookedLine[],
  column: C,
): Repeated<BookedLine[C]> {
  const numberOf = new Map<BookedLine[C], number>();
  const numbers = new Uint16Array(lines.length);
  lines.forEach((line, index) => {
    const text = line[column];
    let number = numberOf.get(text);
    if (number === undefined) {
      number = numberOf.size;
      numberOf.set(text, number);
    }
    numbers[index] = number;
  });
  return { texts: [...numberOf.keys()], numbers };
}

/** The lines as they were before `packLines`. */
export function unpackLines(packed: PackedLines): BookedLine[] {
  const lines: BookedLine[] = [];
  for (let at = 0; at < packed.row.length; at++) lines.push(unpackLine(packed, at));
  return lines;
}

function unpackLine(packed: PackedLines, at: number): BookedLine {
  return {
    row: packed.row[at] as number,
    shortCode: textOf(packed.shortCode, at),
    account: textOf(packed.account, at),
    receipt: packed.receipt[at] as BookedLine['receipt'],
    completedAt: packed.completedAt[at] as UtcMs,
    precision: textOf(packed.precision, at),
    initiatedAt: numberOrNull(packed.initiatedAt, at) as UtcMs | null,
    status: textOf(packed.status, at),
    direction: textOf(packed.direction, at),
    amountCents: packed.amountCents[at] as Cents,
    balanceCents: numberOrNull(packed.balanceCents, at) as Cents | null,
    reasonType: textOf(packed.reasonType, at),
    linkedReceipt: packed.linkedReceipt[at] as BookedLine['linkedReceipt'],
    accountReference: packed.accountReference[at] as string | null,
    isMended: textOf(packed.isMended, at),
    kind: textOf(packed.kind, at),
    party: {
      phone: packed.phone[at] as string | null,
      code: packed.code[at] as string | null,
      name: packed.name[at] as string | null,
    },
    detailsTemplate: textOf(packed.detailsTemplate, at),
    occurrence: packed.occurrence[at] as number,
  };
}

function textOf<T>({ texts, numbers }: Repeated<T>, at: number): T {
  return texts[numbers[at] as number] as T;
}

function numberOrNull(numbers: Float64Array, at: number): number | null {
  const number = numbers[at] as number;
  return Number.isNaN(number) ? null : number;
}
