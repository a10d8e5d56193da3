import { describe, expect, test } from 'vitest';
import { isAllowed, type Role } from '#shared/domain/access/permissions.ts';
import { ALL_CHANNELS } from '#shared/ipc/channels.ts';
import { contract, type WindowName } from '#shared/ipc/contract.ts';
import type { ErrorCode } from '#shared/ipc/errors.ts';
import type { Result } from '#shared/ipc/result.ts';
import { openTestRouter, sessionOf } from '#test/helpers/router.ts';
import { validInputs } from '#test/helpers/valid-inputs.ts';

const ROLES: readonly Role[] = ['owner', 'manager', 'clerk', 'auditor'];
const otherWindow = (window: WindowName): WindowName => (window === 'main' ? 'approval' : 'main');
const codeOf = (answer: Result<unknown>): ErrorCode | 'ok' => (answer.ok ? 'ok' : answer.error.code);

describe.each(ALL_CHANNELS)('%s', (name) => {
  const channel = contract[name];
  const input: Record<string, unknown> = validInputs[name];
  const sender = { window: channel.from };

  /** Sends to a signed-in owner's router and expects that no handler was reached and one refusal was reported. */
  async function expectRefused(code: ErrorCode, sent: { window: WindowName | null }, value: unknown) {
    const { router, reached, refusals, logged } = openTestRouter({
      session: sessionOf('owner', channel.from),
    });
    expect(codeOf(await router.call(sent, name, value))).toBe(code);
    expect(reached).toEqual([]);
    expect(refusals).toMatchObject([{ channel: name, code, window: sent.window }]);
    expect(logged).toEqual([]);
  }

  test('reaches its handler with the session and the parsed input', async () => {
    const session = sessionOf('owner', channel.from);
    const { router, reached, refusals } = openTestRouter({ session });
    expect(codeOf(await router.call(sender, name, input))).toBe('ledger/not-found');
    expect(reached).toEqual([{ channel: name, session, input }]);
    expect(refusals).toEqual([]);
  });

  test('refuses another window', () =>
    expectRefused('ipc/untrusted-sender', { window: otherWindow(channel.from) }, input));

  test('refuses a sender that the host could not identify', () =>
    expectRefused('ipc/untrusted-sender', { window: null }, input));

  test('answers somebody who is not signed in only where the contract says so', async () => {
    const { router, reached, refusals } = openTestRouter({ session: null });
    if (channel.needs === null) {
      expect(codeOf(await router.call(sender, name, input))).toBe('ledger/not-found');
      expect(reached).toEqual([{ channel: name, session: null, input }]);
      return;
    }
    expect(codeOf(await router.call(sender, name, input))).toBe('ipc/signed-out');
    expect(reached).toEqual([]);
    expect(refusals).toMatchObject([{ code: 'ipc/signed-out', session: null }]);
  });

  test.each(ROLES)('follows the permission table for the role %s', async (role) => {
    const { router, reached, refusals } = openTestRouter({ session: sessionOf(role, channel.from) });
    const allowed = channel.needs === null || isAllowed(role, channel.needs);
    expect(codeOf(await router.call(sender, name, input))).toBe(
      allowed ? 'ledger/not-found' : 'ipc/forbidden',
    );
    expect(reached.length).toBe(allowed ? 1 : 0);
    expect(refusals.length).toBe(allowed ? 0 : 1);
  });

  test('asks for the password again where the contract says so', async () => {
    const session = { ...sessionOf('owner', channel.from), confirmedUntil: null };
    const { router, reached, refusals } = openTestRouter({ session });
    const mustConfirm = 'confirm' in channel;
    expect(codeOf(await router.call(sender, name, input))).toBe(
      mustConfirm ? 'ipc/confirm-first' : 'ledger/not-found',
    );
    expect(reached.length).toBe(mustConfirm ? 0 : 1);
    expect(refusals).toEqual([]);
  });

  test('refuses a key that the contract does not declare', () =>
    expectRefused('ipc/malformed', sender, { ...input, extra: 1 }));

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'x'],
    ['a list', [input]],
    ['a number', 7],
    ['a date', new Date(0)],
    ['a map', new Map(Object.entries(input))],
    ['an object of a class', Object.assign(Object.create({ inherited: true }), input)],
    [
      'a __proto__ key',
      JSON.parse(`{"__proto__":{"role":"owner"},${JSON.stringify(input).slice(1, -1) || '"a":1'}}`),
    ],
    ['a constructor key', { ...input, constructor: 1 }],
    ['a huge text', { ...input, extra: 'x'.repeat(2_000_000) }],
    ['a huge list', { ...input, extra: Array.from({ length: 50_000 }, () => 0) }],
    ['deep nesting', JSON.parse(`{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`)],
  ])('refuses %s as its input', (_, value) => expectRefused('ipc/malformed', sender, value));

  test('refuses a wrong type, and a missing value where one is needed, in every field', async () => {
    for (const key of Object.keys(input)) {
      await expectRefused('ipc/malformed', sender, { ...input, [key]: { wrong: true } });
      await expectRefused('ipc/malformed', sender, { ...input, [key]: Number.NaN });
      const { [key]: _dropped, ...without } = input;
      if (!channel.input.safeParse(without).success) await expectRefused('ipc/malformed', sender, without);
    }
  });
});

test.each(['', 'app', 'constructor', '__proto__', 'toString', 'app:state ', 'x'.repeat(10_000)])(
  'refuses the unknown channel "%.20s"',
  async (name) => {
    const { router, refusals } = openTestRouter({ session: sessionOf('owner') });
    expect(codeOf(await router.call({ window: 'main' }, name, {}))).toBe('ipc/unknown-channel');
    expect(refusals[0]?.channel.length).toBeLessThanOrEqual(60);
  },
);
