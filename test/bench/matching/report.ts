import type { Measured } from './measure.ts';
import type { Score, Tally } from './score.ts';

export type ReportInput = {
  readonly title: string;
  readonly measured: Measured;
  readonly masks: Readonly<Record<string, number>>;
  readonly orderDependent: number;
  readonly targets: readonly { name: string; asked: string; got: string; isMet: boolean }[];
};

/** From 0 to 1; of nothing, all is right. */
export function shareOf({ right, all }: Tally): number {
  return all === 0 ? 1 : right / all;
}

/** `12.34 %  (12 of 97)`. */
function show(tally: Tally): string {
  return `${(shareOf(tally) * 100).toFixed(2).padStart(6)} %  (${tally.right} of ${tally.all})`;
}

function table(title: string, rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return [title, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)].join('\n');
}

/** The figures as a person reads them. */
export function reportOf({ title, measured, masks, targets }: ReportInput): string {
  const { ours, baselines, matchMs } = measured;
  const days = Math.max(1, ours.days);
  return [
    table(title, [
      ['true pairs', String(ours.pairs)],
      ['decided by the records', String(ours.decided)],
      ['left open by them', String(ours.undecided)],
      ['match() a day', `${(matchMs / days).toFixed(1)} ms`],
    ]),
    table('Precision: what each band and rule says, apart from ambiguities', precisionRows(ours)),
    table('Recall of what the records decide', [
      ['certain', show(ours.certain)],
      ['certain or first suggestion', show(ours.found)],
      ...rowsOf(ours.foundBy, '  by '),
    ]),
    table('Ambiguity', [
      ['pairs said to be ambiguous, of all said', show(ours.ambiguous)],
      ['left open, of what the records leave open', show(ours.leftOpen)],
      ['  claimed all the same, and right', show(ours.answeredAnyway)],
      ['called ambiguous though decided', show(ours.needlessAmbiguity)],
    ]),
    table('Other links: precision of the certain ones; recall', [
      ...Object.entries(ours.otherLinks).map(
        ([kind, { precision, recall }]) => [kind, `${show(precision)}   ${show(recall)}`] as const,
      ),
    ]),
    table('Exceptions that had to be named', rowsOf(ours.exceptions, '')),
    table(
      'Recall by shape of the phone',
      Object.entries(masks).map(([name, share]) => [name, `${(share * 100).toFixed(2).padStart(6)} %`]),
    ),
    baselineTable({ Daftari: ours, ...baselines }),
    `Codes of another customer's payment that no record contradicts: ${ours.silentLies} said to be certain. Nobody who\nreads the same records can tell; they are counted apart.`,
    table(
      'Targets',
      targets.map(({ name, asked, got, isMet }) => [
        name,
        `${isMet ? 'met   ' : 'MISSED'}  ${got} (${asked})`,
      ]),
    ),
    ...(ours.wrongCertain.length > 0
      ? [
          table(
            'Wrong in band certain (seed line:sale rule)',
            ours.wrongCertain.slice(0, 20).map((text) => [text, '']),
          ),
        ]
      : []),
  ].join('\n\n');
}

function rowsOf(tallies: Readonly<Partial<Record<string, Tally>>>, prefix: string): [string, string][] {
  return Object.entries(tallies).map(([name, tally]) => [
    `${prefix}${name}`,
    show(tally ?? { right: 0, all: 0 }),
  ]);
}

function precisionRows({ precision }: Score): [string, string][] {
  const names = ['certain', 'likely', 'possible'];
  const order = (name: string) => `${names.indexOf(name.split(' ')[0] ?? '')}${name}`;
  return rowsOf(precision, '')
    .sort(([a], [b]) => (order(a) < order(b) ? -1 : 1))
    .map(([name, value]) => {
      const [band = '', rule] = name.split(' ');
      return [rule === undefined ? band : `  ${rule}`, value];
    });
}

/** All that a baseline says counts as certain: it has no other band and no ambiguity. */
function baselineTable(scores: Readonly<Record<string, Score>>): string {
  const rows = Object.entries(scores).map(([name, score]) => {
    const applied = score.precision.certain ?? { right: 0, all: 0 };
    const parts = [
      `${String(score.wrongCertain.length).padStart(7)} wrong`,
      `precision ${(shareOf(applied) * 100).toFixed(2).padStart(6)} %`,
      `applied alone ${(shareOf(score.certain) * 100).toFixed(2).padStart(6)} %`,
      `with suggestions ${(shareOf(score.found) * 100).toFixed(2).padStart(6)} %`,
      `open left open ${(shareOf(score.leftOpen) * 100).toFixed(2).padStart(6)} %`,
    ];
    return [name, parts.join('   ')] as const;
  });
  return table('Beside others, on the same days (applied without asking)', rows);
}
