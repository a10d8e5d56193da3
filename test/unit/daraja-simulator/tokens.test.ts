import { expect, test } from 'vitest';
import { inventShop } from '#test/daraja-simulator/shop.ts';
import { TOKEN_LASTS } from '#test/daraja-simulator/tokens.ts';
import { openSimulator } from '#test/helpers/simulator.ts';
import { openCaller, PATHS } from '#test/helpers/simulator-caller.ts';

const REFUSALS = [
  ['status', 400, '400.003.01'],
  ['reversal', 404, '404.001.03'],
  ['balance', 401, '401.002.01'],
  ['pull-register', 401, '401.001'],
  ['pull-query', 401, '401.001'],
  ['c2b-register', 400, '400.003.01'],
  ['stk-push', 404, '404.001.03'],
  ['stk-query', 404, '404.001.03'],
] as const;

test('a token is 28 characters and lasts a text of seconds', async () => {
  const simulator = await openSimulator();
  const { consumerKey, consumerSecret } = simulator.shop.apps[0]!;
  const ask = (authorization: string, grant = 'client_credentials') =>
    fetch(`${simulator.origin}/oauth/v1/generate?grant_type=${grant}`, { headers: { authorization } });
  const basic = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
  const body = await (await ask(basic)).json();
  expect(body).toEqual({ access_token: expect.stringMatching(/^\w{28}$/), expires_in: '3599' });

  const wrong = await ask('Bearer x');
  expect([wrong.status, await wrong.json()]).toMatchObject([400, { errorCode: '400.008.01' }]);
  const stranger = await ask(`Basic ${Buffer.from('who:what').toString('base64')}`);
  expect(await stranger.json()).toMatchObject({ errorCode: '400.008.01' });
  const grant = await ask(basic, 'password');
  expect([grant.status, await grant.json()]).toMatchObject([400, { errorCode: '400.008.02' }]);
});

test.each(REFUSALS)('%s refuses a token in its own words', async (product, status, errorCode) => {
  const { send } = await openCaller(await openSimulator());
  const said = await send(PATHS[product], {}, { authorization: 'Bearer nobodys' });
  expect(said.status).toBe(status);
  expect(said.body).toMatchObject({ errorCode, requestId: expect.any(String) });
  expect(said.body.errorMessage).toMatch(/invalid access token/i);
});

test('a new token ends the one before, unless the rule says otherwise', async () => {
  for (const newTokenEndsOld of [true, false]) {
    const caller = await openCaller(await openSimulator({ rules: { newTokenEndsOld } }));
    const old = await caller.askToken();
    await caller.askToken();
    const said = await caller.send(PATHS['pull-query'], {}, { authorization: `Bearer ${old}` });
    expect(said.body.errorCode).toBe(newTokenEndsOld ? '401.001' : '400.001');
  }
});

test('a token runs out, and an outage ends it at once', async () => {
  const simulator = await openSimulator();
  const caller = await openCaller(simulator);
  await caller.askToken();
  await simulator.advance(TOKEN_LASTS - 1);
  expect((await caller.askPull()).status).toBe(200);
  await simulator.advance(1);
  expect((await caller.askPull()).status).toBe(401);
  await caller.askToken();
  expect((await caller.askPull()).status).toBe(200);
  simulator.tokens.forgetAll();
  expect((await caller.askPull()).status).toBe(401);
});

test.each(['sandbox', 'production'] as const)(
  '%s says that a product is not the app’s',
  async (environment) => {
    const shop = inventShop(environment);
    const apps = shop.apps.map((app) => ({ ...app, products: ['balance'] as const }));
    const caller = await openCaller(await openSimulator({ environment, shop: { ...shop, apps } }));
    const pull = await caller.askPull();
    expect([pull.status, pull.body.errorCode]).toEqual([401, '401.001']);
    const status = await caller.askStatus({ TransactionID: 'UKK1234567' });
    if (environment === 'sandbox') expect(status.body).toMatchObject({ errorCode: '400.003.01' });
    else expect([status.status, status.text]).toEqual([401, expect.stringContaining('no apiproduct match')]);
  },
);

test('no header, no path, no method and no JSON have their own refusals', async () => {
  const simulator = await openSimulator();
  const { send } = await openCaller(simulator);
  expect((await send(PATHS.status, {}, { authorization: 'Basic x' })).body.errorCode).toBe('404.001.04');
  expect((await send('/mpesa/nothing/v1/query', {})).body.errorCode).toBe('404.001.01');
  expect((await send(PATHS.status, '{"a":')).body.errorCode).toBe('400.002.05');
  expect((await send(PATHS.status, {}, { 'content-type': 'text/plain' })).body.errorCode).toBe('400.002.05');
  const got = await fetch(`${simulator.origin}${PATHS.status}`);
  expect([got.status, await got.json()]).toMatchObject([405, { errorCode: '405.001' }]);
});

test('the same seed gives the same tokens', async () => {
  const tokenOf = async (seed: number) => (await openCaller(await openSimulator({ seed }))).askToken();
  expect(await tokenOf(7)).toBe(await tokenOf(7));
  expect(await tokenOf(7)).not.toBe(await tokenOf(8));
});
