import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createRouter, type Handlers } from '#main/ipc/router.ts';
import { say } from '#shared/domain/message.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { ALL_CHANNELS, ALL_EVENTS } from '#shared/ipc/channels.ts';
import { contract, events } from '#shared/ipc/contract.ts';
import { succeed } from '#shared/ipc/result.ts';
import { openTestRouter, sessionOf } from '#test/helpers/router.ts';

const main = { window: 'main' } as const;
const plan = { importId: 1, reversed: 2, shared: 0, kept: 0, blocked: 0, reasons: [] };

function openWith(handlers: Partial<Handlers>) {
  return openTestRouter({ session: sessionOf('owner'), handlers });
}

test('an answer loses whatever the contract does not declare', async () => {
  const leaky = { ...plan, path: '/home/amina/statement.csv', stack: 'Error at x.ts:1' };
  const { router } = openWith({ 'import:plan-undo': () => succeed(leaky) });
  const answer = await router.call(main, 'import:plan-undo', { importId: 1 });
  expect(answer).toEqual({ ok: true, value: plan });
});

test('an answer that is ready when the session is over, or is another’s, does not reach the window', async () => {
  for (const after of [null, { ...sessionOf('clerk'), id: 'session-2' }]) {
    const shop: Parameters<typeof openTestRouter>[0] = {
      session: sessionOf('owner'),
      handlers: {
        'import:plan-undo': async () => {
          shop.session = after;
          return succeed(plan);
        },
        'access:lock': () => {
          shop.session = after;
          return succeed({});
        },
      },
    };
    const { router, refusals } = openTestRouter(shop);
    expect(await router.call(main, 'import:plan-undo', { importId: 1 })).toEqual({
      ok: false,
      error: { code: 'ipc/signed-out', message: say('error.signed-out') },
    });
    // What was asked for has been done, and nothing is told.
    shop.session = sessionOf('owner');
    expect(await router.call(main, 'access:lock', {})).toEqual({ ok: true, value: {} });
    expect(refusals).toEqual([]);
  }
});

test('a failure loses whatever is not a code, a sentence or a reference', async () => {
  const error = { code: 'ledger/not-found', message: say('error.forbidden'), sql: 'SELECT 1' } as const;
  const { router } = openWith({ 'import:plan-undo': () => ({ ok: false, error }) });
  const answer = await router.call(main, 'import:plan-undo', { importId: 1 });
  expect(answer).toEqual({
    ok: false,
    error: { code: 'ledger/not-found', message: { id: 'error.forbidden' } },
  });
});

describe.each([
  [
    'a handler that throws',
    () => {
      throw new Error('SELECT secret FROM staff');
    },
  ],
  ['a handler that rejects', () => Promise.reject(new Error('SELECT secret FROM staff'))],
  [
    'a handler that throws a text',
    () => {
      throw 'SELECT secret FROM staff';
    },
  ],
  [
    'an answer of another shape',
    () => succeed({ ...plan, reversed: 'SELECT secret FROM staff' as unknown as number }),
  ],
])('%s', (_, handler) => {
  test('is logged once and answered with a reference only', async () => {
    const { router, logged, refusals } = openWith({
      'import:plan-undo': handler as Handlers['import:plan-undo'],
    });
    const answer = await router.call(main, 'import:plan-undo', { importId: 1 });
    if (answer.ok) throw new Error('expected a failure');
    const { reference } = answer.error;
    expect(reference).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}$/);
    expect(answer.error).toEqual({
      code: 'ipc/bug',
      message: say('error.bug', { reference: reference ?? '' }),
      reference,
    });
    expect(JSON.stringify(answer)).not.toMatch(/SELECT|\.ts|at /);
    expect(logged).toMatchObject([{ what: 'bug', reference, where: 'ipc import:plan-undo' }]);
    expect(String(logged[0]?.stack)).not.toBe('');
    expect(refusals).toEqual([]);
  });
});

test('a refusal that cannot be audited is still a refusal', async () => {
  const { router } = openTestRouter({ session: sessionOf('owner') });
  const logged: string[] = [];
  const deaf = createRouter({
    handlers: {} as Handlers,
    sessionFor: () => null,
    onRefusal: () => {
      throw new Error('the ledger is closed');
    },
    now: () => 0 as UtcMs,
    log: { error: (what) => logged.push(what) },
  });
  expect(await deaf.call(main, 'app:state', {})).toMatchObject({ ok: false, error: { code: 'ipc/bug' } });
  expect(logged).toEqual(['bug']);
  expect(await router.call({ window: null }, 'app:state', {})).toMatchObject({ ok: false });
});

test('the names the preload knows are the names of the contract', () => {
  expect([...ALL_CHANNELS].sort()).toEqual(Object.keys(contract).sort());
  expect([...ALL_EVENTS].sort()).toEqual(Object.keys(events).sort());
  for (const name of ALL_CHANNELS) expect(name).toMatch(/^[a-z]+(-[a-z]+)*:[a-z]+(-[a-z]+)*$/);
});

/** Everything below a schema, itself included. */
function* schemasIn(schema: unknown, seen = new Set<unknown>()): Generator<z.core.$ZodType> {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return;
  seen.add(schema);
  if (schema instanceof z.core.$ZodType) {
    yield schema;
    yield* schemasIn(schema._zod.def, seen);
  } else for (const part of Object.values(schema)) yield* schemasIn(part, seen);
}

test('no answer and no event can carry an undeclared value', () => {
  const shapes = [
    ...Object.entries(contract).map(([name, c]) => [name, c.output] as const),
    ...Object.entries(events).map(([name, e]) => [name, e.payload] as const),
  ];
  const open: string[] = [];
  let seen = 0;
  for (const [name, shape] of shapes) {
    for (const schema of schemasIn(shape)) {
      seen += 1;
      const def = schema._zod.def as { type: string; catchall?: { _zod: { def: { type: string } } } };
      if (def.type === 'any' || def.type === 'unknown') open.push(`${name}: ${def.type}`);
      if (def.catchall !== undefined && def.catchall._zod.def.type !== 'never')
        open.push(`${name}: open object`);
    }
  }
  expect(open).toEqual([]);
  expect(seen).toBeGreaterThan(shapes.length);
});
