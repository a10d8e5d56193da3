import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { DemoWorld } from '../../main/demo/open-demo-world.ts';
import { toNairobi } from '../../shared/domain/time.ts';
import { posted } from '../daraja-simulator/fault.ts';
import { smallStatement } from '../fixtures/small-day.ts';
import { expectNothingSeriousInBothThemes } from './accessibility.ts';
import {
  claimNumbers,
  confirmAs,
  connect,
  goTo,
  layCable,
  PAYBILL,
  TILL,
  writeCertificate,
} from './connected.ts';
import { press } from './first-run.ts';
import { expect, test } from './fixtures.ts';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-connection-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The card of one number on the Safaricom screen. */
const cardOf = (page: Page, number: string) => page.getByRole('region', { name: `Number ${number}` });

test('the owner connects the shop with Safaricom, each secret typed once and never seen again', async ({
  openShop,
  openWorld,
}) => {
  const world = await openWorld();
  const { safaricom } = world;
  const [app] = safaricom.shop.apps;
  const [operator] = safaricom.shop.operators;
  const shop = await openShop({ safaricom: world });
  const { page } = shop;
  await claimNumbers(page);
  await goTo(page, 'Safaricom');
  await expect(page.getByText('Nothing is set up yet')).toBeVisible();

  const card = cardOf(page, TILL);
  await card.getByRole('button', { name: 'Set: Daraja app' }).click();
  await page.getByLabel('Consumer key').fill(app?.consumerKey ?? '');
  await page.getByLabel('Consumer secret').fill(app?.consumerSecret ?? '');
  await press(page, 'Keep it');
  await confirmAs(page, 'owner');
  await expect(page.getByText('Kept: the app’s key and secret')).toBeVisible();

  await card.getByRole('button', { name: 'Set: Look-up operator' }).click();
  await page.getByLabel('User name of the operator').fill(operator?.name ?? '');
  await page.getByLabel('Password of the operator').fill(operator?.password ?? '');
  await press(page, 'Keep it');
  await expect(card.getByText(`User name ${operator?.name}`)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  for (const secret of [app?.consumerSecret, operator?.password])
    expect(await page.content()).not.toContain(secret);

  await shop.chooseFiles(() => press(page, 'Load another…'), [writeCertificate(world, folder)]);
  await expect(page.getByText('production.simulator.invalid', { exact: true })).toBeVisible();

  // A code that somebody copied with a slip, then the right one.
  const code = await world.makePairingCode();
  await page.getByLabel('Pairing code').fill(code.slice(0, -1) + (code.endsWith('7') ? '8' : '7'));
  await press(page, 'Pair');
  await expect(page.getByText('A character of the code is wrong or missing.')).toBeVisible();
  await page.getByLabel('Pairing code').fill(` ${code.toLowerCase().replaceAll('-', ' ')}\n`);
  await press(page, 'Pair');
  await expect(page.getByText('Relay reached just now')).toBeVisible();

  await card.getByRole('button', { name: 'Register: payment notices' }).click();
  await page.getByLabel('No other system needs the notices of this number').check();
  await page.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(page.getByText('Safaricom now sends notices of payments to your relay.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expectNothingSeriousInBothThemes(page);

  // What a customer pays now is reported within seconds.
  const payment = safaricom.pay({ cents: 1_240_00, shortCode: TILL, kind: 'buy-goods' });
  await goTo(page, 'Callbacks');
  await expect(page.getByRole('row').filter({ hasText: payment.receipt })).toContainText('Matched');
  await shop.restart();
  await goTo(shop.page, 'Safaricom');
  await expect(cardOf(shop.page, TILL).getByText('registered', { exact: true })).toBeVisible();
  await expect(cardOf(shop.page, PAYBILL)).toBeVisible();
});

const verdict = (page: Page) => page.getByTestId('verdict');
const callback = (page: Page, words: string) => page.getByRole('row').filter({ hasText: words });

/** A payment of which the shop heard nothing: its notice was lost on the way. */
function payUnheard({ safaricom }: DemoWorld, shillings: number): string {
  safaricom.next('confirmation', posted.silence());
  return safaricom.pay({ cents: shillings * 100, shortCode: TILL, kind: 'buy-goods' }).receipt;
}

async function lookUp(page: Page, receipt: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Receipt or message' });
  await field.fill(receipt);
  await field.press('Enter');
  await expect(verdict(page)).toContainText(receipt);
}

test('what Safaricom says late, twice, against itself or never is told as it is', async ({
  openShop,
  openWorld,
}) => {
  const world = await openWorld();
  const { safaricom } = world;
  const shop = await openShop({ safaricom: world });
  const { page } = shop;
  await connect(shop, world, writeCertificate(world, folder));
  await goTo(page, 'Look up');

  safaricom.next('status', posted.delayed(4_000));
  await lookUp(page, payUnheard(world, 150));
  await expect(verdict(page)).toContainText('no answer yet');
  await expect(verdict(page)).toContainText('Reported, not settled yet');

  safaricom.next('status', posted.repeated(2));
  await lookUp(page, payUnheard(world, 250));
  await expect(verdict(page)).toContainText('Reported, not settled yet');

  const unknown = '2032';
  safaricom.next(
    'status',
    posted.contradictedLater(unknown, 'The transaction receipt number does not exist.', 500),
  );
  const contradicted = payUnheard(world, 350);
  await lookUp(page, contradicted);
  await expect(verdict(page)).toContainText('Reported, not settled yet');

  safaricom.next('status', posted.silence());
  const unanswered = payUnheard(world, 450);
  await lookUp(page, unanswered);
  await expect(verdict(page)).toContainText('no answer yet');

  await goTo(page, 'Callbacks');
  await expect(callback(page, 'Came before')).toHaveCount(1);
  await expect(callback(page, 'It says something else than the answer that came before')).toHaveCount(1);
  // Waiting survives a restart, and a question may be put again.
  await shop.restart();
  await goTo(shop.page, 'Look up');
  await shop.page.getByTestId('recent').filter({ hasText: unanswered }).click();
  await expect(verdict(shop.page)).toContainText('no answer yet');
  expect(safaricom.unusedFaults()).toEqual([]);
});

test('a notice reports a payment at once, and the statement settles it', async ({ openShop, openWorld }) => {
  const world = await openWorld();
  const shop = await openShop({ safaricom: world });
  const { page } = shop;
  await connect(shop, world, writeCertificate(world, folder));
  const payment = world.safaricom.pay({ cents: 1_250_00, shortCode: TILL, kind: 'buy-goods' });
  await goTo(page, 'Reconcile');
  const question = page.getByTestId('question').filter({ hasText: payment.receipt });
  await expect(question).toContainText('reported');
  await expect(page.getByText('KES 1,250.00 reported, not yet on a statement')).toBeVisible();

  const { year, month, day, hour, minute, second } = toNairobi(payment.at);
  const two = (part: number) => String(part).padStart(2, '0');
  const date = `${two(day)}-${two(month)}-${year}`;
  const row = { receipt: payment.receipt, time: [hour, minute, second].map(two).join(':'), amount: 1250 };
  const file = join(folder, 'Statement.csv');
  writeFileSync(file, smallStatement([row], { date, reportAt: `${date} 23:59:59` }));
  await shop.dropFiles([file]);
  await expect(page.getByText('1 row: 0 new, 1 already known, 0 refused.')).toBeVisible();
  await expect(question).toBeVisible();
  await expect(question).not.toContainText('reported');
});

test('offline nothing is asked, and what was paid meanwhile is heard of afterwards', async ({
  openShop,
  openWorld,
}) => {
  const world = await openWorld();
  const cable = await layCable(world.safaricom.origin);
  const shop = await openShop({ safaricom: world, through: cable.origin });
  const { page } = shop;
  await connect(shop, world, writeCertificate(world, folder));
  await cable.unplug();
  const receipt = payUnheard(world, 550);
  await goTo(page, 'Look up');
  await lookUp(page, receipt);
  await expect(verdict(page)).toContainText('Safaricom could not be asked');
  await expect(verdict(page)).toContainText('Safaricom cannot be reached.');
  expect(world.safaricom.journal.calls('status')).toEqual([]);

  await cable.plugIn();
  await page.getByRole('button', { name: 'Ask again' }).click();
  await expect(verdict(page)).toContainText('Reported, not settled yet');
  await cable.unplug();
});
