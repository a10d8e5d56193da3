import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeReview } from '#shared/domain/doctor/access-review.ts';
import { judgeAddress, judgeRegistrations } from '#shared/domain/doctor/callback-urls.ts';
import { judgeCertificate } from '#shared/domain/doctor/certificate.ts';
import {
  type CredentialFacts,
  judgeCredentials,
  judgeDueDates,
  noCredentials,
} from '#shared/domain/doctor/credentials.ts';
import { judgeRelay, type RelayFacts } from '#shared/domain/doctor/relay.ts';
import { say } from '#shared/domain/message.ts';
import { DAY, MINUTE, type UtcMs } from '#shared/domain/time.ts';

const NOW = Date.parse('2026-11-28T11:00:00Z') as UtcMs;
const ago = (ms: number) => (NOW - ms) as UtcMs;

function told({ level, finding, mend }: { level: string; finding: { id: string }; mend: unknown }): string {
  return `${level} ${finding.id}${mend === null ? '' : ' +'}`;
}

function typed(
  kind: CredentialFacts['kind'],
  days = 0,
  secret: CredentialFacts['secret'] = 'kept',
): CredentialFacts {
  const life = kind === 'app' || kind === 'passkey' ? 365 : 90;
  return { kind, dueAt: ago((days - life) * DAY), secret };
}

describe('what is set up', () => {
  test('nothing is no fault', () => {
    expect(told(noCredentials())).toBe('not-checked doctor.credentials.none +');
  });

  test.each([
    ['app and operator', [typed('app'), typed('look-up-operator')], 'ok doctor.credentials.ok'],
    ['no app', [typed('look-up-operator')], 'failure doctor.credentials.no-app +'],
    ['no operator', [typed('app')], 'warning doctor.credentials.no-operator +'],
    [
      'a secret that is gone',
      [typed('app', 0, 'missing'), typed('look-up-operator')],
      'failure doctor.credentials.lost +',
    ],
    [
      'an operator that no approver can open',
      [typed('app'), typed('look-up-operator'), typed('reversal-operator', 0, 'missing')],
      'warning doctor.credentials.unsealed +',
    ],
    [
      'a keychain that was not asked',
      [typed('app', 0, 'unknown'), typed('look-up-operator')],
      'not-checked doctor.credentials.unknown',
    ],
    [
      'a lost secret before a missing one',
      [typed('look-up-operator', 0, 'missing')],
      'failure doctor.credentials.lost +',
    ],
  ])('%s', (_, credentials, expected) => {
    expect(told(judgeCredentials('174379', credentials))).toBe(expected);
  });

  test('a line names what it is about', () => {
    expect(judgeCredentials('174379', [typed('app')])).toMatchObject({ about: '174379', place: 'set-up' });
  });
});

describe('due dates', () => {
  test.each([
    ['look-up-operator', 0, ['ok doctor.due-dates.ok']],
    ['look-up-operator', 74, ['ok doctor.due-dates.ok']],
    ['look-up-operator', 75, ['warning doctor.due-dates.soon +']],
    ['look-up-operator', 89, ['warning doctor.due-dates.soon +']],
    ['look-up-operator', 90, ['failure doctor.due-dates.over +']],
    ['reversal-operator', 80, ['warning doctor.due-dates.soon +']],
    ['reversal-operator', 400, ['failure doctor.due-dates.over +']],
    ['app', 300, ['ok doctor.due-dates.ok']],
    ['app', 334, ['ok doctor.due-dates.ok']],
    ['app', 335, ['warning doctor.due-dates.yearly +']],
    ['app', 365, ['warning doctor.due-dates.yearly +']],
    ['passkey', 366, ['warning doctor.due-dates.yearly +']],
  ] as const)('%s that is %i days old', (kind, days, expected) => {
    expect(judgeDueDates('174379', [typed(kind, days)], NOW).map(told)).toEqual(expected);
  });

  test('each due secret has a line of its own, and nothing is said of nothing', () => {
    const due = judgeDueDates(
      '174379',
      [typed('app', 400), typed('look-up-operator', 80), typed('passkey')],
      NOW,
    );
    expect(due.map(told)).toEqual(['warning doctor.due-dates.yearly +', 'warning doctor.due-dates.soon +']);
    expect(judgeDueDates('174379', [], NOW)).toEqual([]);
  });

  test('a secret never gets better by growing older', () => {
    const rank = { ok: 0, 'not-checked': 0, warning: 1, failure: 2 };
    const worst = (kind: CredentialFacts['kind'], days: number) =>
      Math.max(...judgeDueDates('1', [typed(kind, days)], NOW).map(({ level }) => rank[level]));
    fc.assert(
      fc.property(
        fc.constantFrom('app', 'look-up-operator', 'reversal-operator', 'passkey' as const),
        fc.nat(800),
        fc.nat(800),
        (kind, a, b) => {
          expect(worst(kind, Math.max(a, b))).toBeGreaterThanOrEqual(worst(kind, Math.min(a, b)));
        },
      ),
    );
  });
});

test.each([
  ['nothing is set up', { since: null, left: [] }, 'ok doctor.access-review.nothing'],
  ['gone through last month', { since: ago(30 * DAY), left: [] }, 'ok doctor.access-review.ok'],
  ['gone through a year ago', { since: ago(365 * DAY), left: [] }, 'warning doctor.access-review.due +'],
  [
    'somebody left',
    { since: ago(30 * DAY), left: [{ name: 'Amina', at: ago(DAY) }] },
    'warning doctor.access-review.left +',
  ],
])('access: %s', (_, facts, expected) => {
  expect(told(judgeReview(facts, NOW))).toBe(expected);
});

test('whoever left last is named, and the others are counted', () => {
  const left = [
    { name: 'Amina', at: ago(9 * DAY) },
    { name: 'Baraka', at: ago(2 * DAY) },
  ];
  expect(judgeReview({ since: NOW, left }, NOW).finding.values).toMatchObject({ name: 'Baraka', others: 1 });
});

describe('the certificate', () => {
  const used = { commonName: 'apicrypt', fingerprint: 'ab'.repeat(32), belongsTo: 'sandbox' } as const;
  test.each([
    [
      'not needed',
      { environment: 'production', isNeeded: false, used: null, isProven: false },
      'ok doctor.certificate.not-needed',
    ],
    [
      'none',
      { environment: 'production', isNeeded: true, used: null, isProven: false },
      'failure doctor.certificate.none +',
    ],
    [
      'of the sandbox in production',
      { environment: 'production', isNeeded: true, used, isProven: false },
      'failure doctor.certificate.wrong +',
    ],
    [
      'of production in the sandbox',
      { environment: 'sandbox', isNeeded: true, used: { ...used, belongsTo: 'production' }, isProven: false },
      'failure doctor.certificate.wrong +',
    ],
    ['right', { environment: 'sandbox', isNeeded: true, used, isProven: false }, 'ok doctor.certificate.ok'],
    [
      'unknown',
      { environment: 'production', isNeeded: true, used: { ...used, belongsTo: 'unknown' }, isProven: false },
      'not-checked doctor.certificate.unknown',
    ],
    [
      'unknown and proven',
      { environment: 'production', isNeeded: true, used: { ...used, belongsTo: 'unknown' }, isProven: true },
      'ok doctor.certificate.ok',
    ],
    [
      'any in the demo',
      { environment: 'demo', isNeeded: true, used, isProven: false },
      'ok doctor.certificate.ok',
    ],
  ] as const)('%s', (_, facts, expected) => {
    expect(told(judgeCertificate(facts))).toBe(expected);
  });
});

describe('the relay', () => {
  const account = {
    environment: 'production',
    waiting: 0,
    oldestAt: null,
    acknowledgedTo: 7,
    dropped: 0,
    strangers: 0,
  } as const;
  const pairing = {
    host: 'relay.duka.example',
    reachedAt: ago(MINUTE),
    isListening: true,
    takenTo: 7,
    stopped: null,
    account,
  } as const;
  const paired: RelayFacts = {
    environment: 'production',
    isNeeded: true,
    pairing,
    trial: null,
    trouble: null,
  };
  const withPairing = (change: Partial<NonNullable<RelayFacts['pairing']>>): RelayFacts => ({
    ...paired,
    pairing: { ...pairing, ...change },
  });

  test.each<[string, RelayFacts, string]>([
    ['needed and none', { ...paired, pairing: null }, 'warning doctor.relay.none +'],
    [
      'neither needed nor there',
      { ...paired, isNeeded: false, pairing: null },
      'not-checked doctor.relay.not-needed',
    ],
    ['heard a minute ago', paired, 'ok doctor.relay.ok'],
    ['ended', withPairing({ stopped: 'revoked' }), 'failure doctor.relay.stopped +'],
    ['taken over', withPairing({ stopped: 'other-keys' }), 'failure doctor.relay.stopped +'],
    ['asked now: other keys', { ...paired, trial: 'other-keys' }, 'failure doctor.relay.stopped +'],
    ['asked now: not there', { ...paired, trial: 'unreachable' }, 'failure doctor.relay.unreachable +'],
    ['asked now: clocks apart', { ...paired, trial: 'clock' }, 'failure doctor.relay.clock +'],
    ['its keys are gone', { ...paired, trial: 'keys-missing' }, 'failure doctor.relay.no-keys +'],
    [
      'of the sandbox',
      withPairing({ account: { ...account, environment: 'sandbox' } }),
      'failure doctor.relay.sandbox +',
    ],
    [
      'read elsewhere',
      withPairing({ account: { ...account, acknowledgedTo: 9 } }),
      'warning doctor.relay.read-elsewhere +',
    ],
    ['strangers', withPairing({ account: { ...account, strangers: 3 } }), 'warning doctor.relay.strangers +'],
    ['never heard', withPairing({ reachedAt: null }), 'not-checked doctor.relay.never +'],
    ['quiet for long', withPairing({ reachedAt: ago(11 * MINUTE) }), 'warning doctor.relay.quiet +'],
    [
      'quiet, and nobody listens',
      withPairing({ reachedAt: ago(DAY), isListening: false }),
      'not-checked doctor.relay.quiet',
    ],
    [
      'busy',
      { ...paired, trial: 'busy', trouble: say('relay.problem-busy') },
      'warning relay.problem-busy +',
    ],
    [
      'somebody in between',
      { ...paired, trial: 'unreachable', trouble: say('relay.problem-tls') },
      'failure relay.problem-tls +',
    ],
    [
      'quiet, and reached now',
      { ...withPairing({ reachedAt: ago(DAY) }), trial: 'reached' },
      'ok doctor.relay.ok',
    ],
  ])('%s', (_, facts, expected) => {
    expect(told(judgeRelay(facts, NOW))).toBe(expected);
  });
});

describe('addresses', () => {
  test.each([
    ['https://relay.duka.example', 'production', null],
    ['https://mpesa.duka.example', 'production', 'failure doctor.callback-urls.banned +'],
    ['https://relay.SQLduka.example', 'sandbox', 'failure doctor.callback-urls.banned +'],
    ['http://relay.duka.example', 'production', 'failure doctor.callback-urls.not-https +'],
    ['http://relay.duka.example', 'sandbox', null],
    ['https://abc.ngrok.app', 'sandbox', 'warning doctor.callback-urls.lent +'],
  ] as const)('%s in %s', (origin, environment, expected) => {
    const judged = judgeAddress(origin, environment);
    expect(judged === null ? null : told(judged)).toBe(expected);
  });

  const here = 'https://relay.duka.example';
  test.each([
    ['nothing', [], 'warning doctor.callback-urls.none +'],
    ['Pull', [{ kind: 'pull', state: 'registered', origin: null }], 'ok doctor.callback-urls.ok'],
    [
      'confirmations here',
      [{ kind: 'c2b', state: 'registered', origin: here }],
      'ok doctor.callback-urls.ok',
    ],
    [
      'confirmations at an earlier relay',
      [{ kind: 'c2b', state: 'registered', origin: 'https://old.example' }],
      'warning doctor.callback-urls.other-relay +',
    ],
    [
      'confirmations of another program',
      [{ kind: 'c2b', state: 'elsewhere', origin: null }],
      'ok doctor.callback-urls.elsewhere',
    ],
    [
      'an unknown end',
      [{ kind: 'c2b', state: 'unknown', origin: null }],
      'warning doctor.callback-urls.unclear +',
    ],
  ] as const)('registered: %s', (_, registrations, expected) => {
    expect(told(judgeRegistrations('174379', registrations, here))).toBe(expected);
  });
});
