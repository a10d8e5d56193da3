import { describe, expect, test } from 'vitest';
import { listActs } from '#renderer/screens/safaricom/credential-acts.ts';
import {
  type CredentialForm,
  emptyForm,
  isComplete,
  isOneForBoth,
  problemOf,
  toTyped,
  warningsOf,
} from '#renderer/screens/safaricom/credential-form.ts';
import { hasSomething, KINDS, standingOf } from '#renderer/screens/safaricom/standing.ts';
import { say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { contract } from '#shared/ipc/contract.ts';
import type { CredentialView, ShortCodeView } from '#shared/ipc/credential-channels.ts';
import { render } from '#shared/text/render.ts';

const VIEW: CredentialView = {
  name: 'mfanolook',
  form: 'plain',
  setAt: 1_795_000_000_000 as UtcMs,
  setBy: 'Amina',
  dueAt: 1_802_776_000_000 as UtcMs,
  days: 3,
  left: 87,
  standing: 'fresh',
  state: 'working',
  stateAt: null,
  why: null,
  kept: 'yes',
  sharedWith: [],
};
const NONE = { app: null, 'look-up-operator': null, 'reversal-operator': null, passkey: null };
const CODE: ShortCodeView = {
  shortCode: '174379',
  till: 'Counter',
  credentials: NONE,
  sharesOperator: false,
  sealing: { to: [], signInOnce: [], typeAgain: [] },
};
const form = (part: Partial<CredentialForm>): CredentialForm => ({ ...emptyForm(null), ...part });

describe('how a secret stands', () => {
  test.each<[Partial<CredentialView>, string, string]>([
    [{}, 'working', 'good'],
    [{ state: 'untried' }, 'untried', 'likely'],
    [{ standing: 'due-soon' }, 'due-soon', 'open'],
    [{ standing: 'overdue' }, 'overdue', 'bad'],
    [{ state: 'refused', standing: 'overdue' }, 'refused', 'bad'],
    [{ kept: 'cannot-look', state: 'refused' }, 'cannot-look', 'open'],
    [{ kept: 'no', state: 'working' }, 'lost', 'bad'],
  ])('%j is %s', (part, word, tone) => {
    expect(standingOf({ ...VIEW, ...part })).toMatchObject({ word, tone });
  });

  test('is nothing where nothing is set', () => {
    expect(standingOf(null)).toMatchObject({ word: 'not-set', tone: 'quiet' });
    expect(hasSomething(CODE)).toBe(false);
    expect(hasSomething({ ...CODE, credentials: { ...NONE, passkey: VIEW } })).toBe(true);
  });

  test('has a word in both languages', () => {
    for (const language of ['en', 'sw'] as const) {
      const words = [
        'not_set',
        'lost',
        'cannot_look',
        'refused',
        'overdue',
        'due_soon',
        'untried',
        'working',
      ];
      const said = words.map((standing) => render(say('safaricom-screen.standing', { standing }), language));
      expect(new Set(said).size).toBe(words.length);
    }
  });
});

describe('what can be done', () => {
  test('depends on how it stands and whether it can be tried first', () => {
    expect(listActs('app', null)).toEqual(['set']);
    expect(listActs('app', VIEW)).toEqual(['rotate', 'set', 'remove']);
    expect(listActs('reversal-operator', VIEW)).toEqual(['set', 'remove']);
    expect(listActs('passkey', VIEW)).toEqual(['set', 'remove']);
    expect(listActs('look-up-operator', { ...VIEW, state: 'refused' })).toEqual([
      'retry',
      'rotate',
      'set',
      'remove',
    ]);
  });
});

describe('a form', () => {
  const FILLED = form({
    key: 'k',
    secret: 's',
    name: 'mfanolook',
    password: 'Karibu#2026',
    passkey: 'pk',
    since: '2026-11-01',
  });

  test.each(KINDS)('of %s asks main for what the contract takes', (kind) => {
    const input = { shortCode: '174379', credential: toTyped(kind, FILLED) };
    expect(contract['credential:set'].input.safeParse(input).success).toBe(true);
    expect(isComplete(kind, FILLED)).toBe(true);
    expect(problemOf(kind, FILLED)).toBeNull();
    expect(isComplete(kind, emptyForm('mfanolook'))).toBe(false);
  });

  test('begins without any secret, whatever was set before', () => {
    const { name, form: shape, acceptsOneOperator, ...rest } = emptyForm('mfanolook');
    expect(name).toBe('mfanolook');
    expect(shape).toBe('plain');
    expect(acceptsOneOperator).toBe(false);
    expect(Object.values(rest)).toEqual(['', '', '', '', '', '']);
  });

  test('without a date means today, and a date that is none too', () => {
    expect(toTyped('look-up-operator', form({ since: '' }))).toMatchObject({ since: null });
    expect(toTyped('look-up-operator', form({ since: '2026-02-31' }))).toMatchObject({ since: null });
    expect(toTyped('look-up-operator', FILLED)).toMatchObject({ since: '2026-11-01' });
  });

  test('says what is wrong, and warns of what Safaricom dislikes', () => {
    const wrong = form({ name: 'two words', password: 'k(b)' });
    expect(problemOf('reversal-operator', wrong)?.id).toBe('credential.input.name-form');
    expect(warningsOf('reversal-operator', wrong).map(({ id }) => id)).toEqual(['credential.warn.brackets']);
    expect(warningsOf('app', wrong)).toEqual([]);
    expect(warningsOf('reversal-operator', { ...wrong, form: 'ready-made' })).toEqual([]);
    const ready = form({ name: 'x', form: 'ready-made', securityCredential: 'short' });
    expect(problemOf('look-up-operator', ready)?.id).toBe('credential.input.ready-made-length');
  });

  test('notices one operator for both, from either side', () => {
    const code = {
      ...CODE,
      credentials: { ...NONE, 'look-up-operator': VIEW, 'reversal-operator': { ...VIEW, name: 'Back' } },
    };
    expect(isOneForBoth('reversal-operator', form({ name: ' MfanoLook ' }), code)).toBe(true);
    expect(isOneForBoth('look-up-operator', form({ name: 'back' }), code)).toBe(true);
    expect(isOneForBoth('look-up-operator', form({ name: 'mfanolook' }), code)).toBe(false);
    expect(isOneForBoth('app', form({ name: 'mfanolook' }), code)).toBe(false);
    expect(isOneForBoth('reversal-operator', form({ name: 'mfanolook' }), CODE)).toBe(false);
  });
});
