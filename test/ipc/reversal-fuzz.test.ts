import { anything, assert, asyncProperty, constantFrom, object, oneof } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALL_CHANNELS } from '#shared/ipc/channels.ts';
import { contract } from '#shared/ipc/contract.ts';
import { openTestRouter, sessionOf } from '#test/helpers/router.ts';
import { validInputs } from '#test/helpers/valid-inputs.ts';

const CHANNELS = ALL_CHANNELS.filter((name) => /^(reversal|approval):/.test(name));

/** What a page that somebody else has taken over may send. */
const HOSTILE = oneof(
  anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true }),
  constantFrom<unknown>(
    -1,
    0,
    1.5,
    Number.MAX_SAFE_INTEGER + 2,
    Number.NaN,
    '',
    '../../ledger.db',
    'x'.repeat(100_000),
    '\u202e',
    "1' OR '1'='1",
    JSON.parse('{"__proto__": {"isOwner": true}}'),
    { toString: 'x' },
    [[[[[[[[[[]]]]]]]]]],
  ),
);

describe.each(CHANNELS)('S15: %s', (name) => {
  const channel = contract[name];
  const valid: Record<string, unknown> = validInputs[name];
  const owner = sessionOf('owner', channel.from);

  test('takes nothing of another form, and never falls', async () => {
    await assert(
      asyncProperty(oneof(HOSTILE, object()), async (input) => {
        const { router, reached, logged } = openTestRouter({ session: owner });
        await router.call({ window: channel.from }, name, input);
        expect(logged).toEqual([]);
        // What reaches the service has been parsed: it is one of the inputs that the contract allows.
        for (const { input: parsed } of reached) expect(channel.input.safeParse(parsed).success).toBe(true);
        if (Object.keys(valid).length > 0) expect(reached).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test.each(Object.keys(valid))('takes no other %s', async (field) => {
    await assert(
      asyncProperty(HOSTILE, async (value) => {
        const { router, reached, logged } = openTestRouter({ session: owner });
        await router.call({ window: channel.from }, name, { ...valid, [field]: value });
        expect(logged).toEqual([]);
        for (const { input: parsed } of reached) expect(channel.input.safeParse(parsed).success).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('takes no field more than it has', async () => {
    const { router, reached } = openTestRouter({ session: owner });
    await router.call({ window: channel.from }, name, { ...valid, staffId: 1 });
    await router.call({ window: channel.from }, name, { ...valid, reversal: 2 });
    expect(reached).toEqual([]);
  });
});
