import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { smallStatement } from '../fixtures/small-day.ts';
import { expectNothingSeriousInBothThemes } from './accessibility.ts';
import { expect, test } from './fixtures.ts';
import type { Shop } from './shop.ts';

const tab = (page: Page, name: string) => page.getByRole('toolbar').getByRole('button', { name });
const question = (page: Page) => page.getByTestId('question');
const offer = (page: Page) => page.getByRole('region', { name: 'A rule is offered' });
const rule = (page: Page) => page.getByTestId('rule');
/** The rules on the settings screen, offers included. */
const section = (page: Page): Locator =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: 'Rules for matching' }) });

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftari-rules-'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

type Visit = { payer: string; customer: string };
/** KAMAU HARDWARE pays for what Mzee Njoroge bought: names that have nothing in common. */
const KAMAU: Visit = { payer: 'KAMAU HARDWARE', customer: 'Mzee Njoroge' };
const BARAKA: Visit = { payer: 'BARAKA TRADERS', customer: 'Mama Achieng' };

/** A day with one payment and its sale an hour, each of an amount of its own. */
async function bringDayIn(shop: Shop, visits: readonly Visit[]): Promise<void> {
  const count = visits.length;
  const statement = join(folder, 'Statement.csv');
  const sales = join(folder, 'Sales.csv');
  const hour = (i: number) => String(9 + i).padStart(2, '0');
  const payments = visits.map(({ payer }, i) => ({
    receipt: `UCE1AAAA0${i + 1}`,
    time: `${hour(i)}:00:00`,
    amount: 100 + i,
    name: payer,
  }));
  const rows = visits.map(
    ({ customer }, i) => `2026-03-14 ${hour(i)}:03:00,${100 + i},S${i + 1},${customer},Wanjiku`,
  );
  writeFileSync(statement, smallStatement(payments));
  writeFileSync(sales, ['time,amount,reference,customer,cashier', ...rows].join('\n'));
  const outcome = shop.page.getByText(`${count} rows: ${count} new, 0 already known, 0 refused.`);
  await shop.dropFiles([statement]);
  await shop.page.getByLabel('Name for 1234567').fill('Counter');
  await shop.page.getByRole('button', { name: 'Yes, it is ours' }).click();
  await expect(outcome).toBeVisible();
  await shop.dropFiles([sales]);
  await expect(outcome).toHaveCount(2);
  await shop.page.getByRole('button', { name: 'Work through the day' }).last().click();
  await expect(tab(shop.page, 'To do')).toHaveText(new RegExp(`${count}$`));
}

async function matchByHand(page: Page, left: number): Promise<void> {
  await page.keyboard.press('Home');
  await page.keyboard.press('m');
  await expect(page.getByTestId('sum-meter')).toContainText('equal');
  await page.keyboard.press('Enter');
  await expect(tab(page, 'To do')).toHaveText(new RegExp(`${left}$`));
}

async function goToSettings(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  await section(page).scrollIntoViewIfNeeded();
}

test('what is matched by hand three times is offered, tried, switched on, changed, and taken away', async ({
  openShop,
}) => {
  const shop = await openShop();
  const { page } = shop;
  await bringDayIn(shop, Array<Visit>(5).fill(KAMAU));
  await expect(question(page).first()).toContainText('possible');
  await matchByHand(page, 4);
  await matchByHand(page, 3);
  await expect(offer(page)).toHaveCount(0);
  await matchByHand(page, 2);
  await expect(offer(page)).toContainText(
    'Payments from KAMAU HARDWARE go with sales to Mzee Njoroge. People decided so 3 times.',
  );
  await expect(question(page).filter({ hasText: 'your own rule' })).toHaveCount(0);
  await expectNothingSeriousInBothThemes(page);

  await page.keyboard.press('r');
  const trial = page.getByRole('dialog');
  await expect(trial).toContainText('On 14 Mar 2026 it would have suggested 5 matches');
  await expect(trial.locator('[data-verdict=agrees]')).toContainText('3 are as people decided');
  await expect(trial.locator('[data-verdict=open]')).toContainText('2 are still open');
  await expectNothingSeriousInBothThemes(page);
  await trial.getByRole('button', { name: 'Switch the rule on' }).click();

  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(offer(page)).toHaveCount(0);
  await expect(question(page).filter({ hasText: 'your own rule' })).toHaveCount(2);
  await expect(question(page).first()).toContainText('likely');

  await goToSettings(page);
  await expect(rule(page)).toHaveCount(1);
  await expect(rule(page).getByRole('switch', { name: 'Rule 1 is on' })).toBeChecked();
  await expectNothingSeriousInBothThemes(page);

  await rule(page).getByRole('button', { name: 'Change rule 1' }).click();
  const edit = page.getByRole('dialog');
  await edit.getByLabel('Words of the payment').fill('.*');
  await expect(edit.getByRole('button', { name: 'Save' })).toBeDisabled();
  await edit.getByLabel('Words of the payment').fill('kamau');
  await edit.getByRole('button', { name: 'See what it would have done' }).click();
  await expect(edit).toContainText('it would have suggested 5 matches');
  await expectNothingSeriousInBothThemes(page);
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(rule(page)).toContainText('Payments from kamau go with sales to Mzee Njoroge.');

  await rule(page).getByRole('button', { name: 'Remove rule 2' }).click();
  await expect(rule(page)).toHaveCount(0);
  const removed = page.getByRole('alert').filter({ hasText: 'Rule 2 removed' });
  await removed.getByRole('button', { name: 'Undo' }).click();
  await expect(rule(page)).toHaveCount(1);

  await shop.restart();
  await expect(question(shop.page).filter({ hasText: 'your own rule' })).toHaveCount(2);
});

test('"not now" is an answer, and a rule that people contradict is shown before it goes on', async ({
  openShop,
}) => {
  const shop = await openShop();
  const { page } = shop;
  await bringDayIn(shop, Array<Visit>(5).fill(KAMAU));
  // One of them was not his: refused, and so a reason to look twice.
  await page.keyboard.press('Home');
  await page.keyboard.press('Backspace');
  await expect(page.getByTestId('last-step')).not.toBeEmpty();
  await page.keyboard.press('End');
  for (const left of [5, 4, 3]) {
    await expect(question(page).filter({ hasText: 'possible' }).first()).toBeVisible();
    await question(page).filter({ hasText: 'possible' }).first().click();
    await page.keyboard.press('m');
    await expect(page.getByTestId('sum-meter')).toContainText('equal');
    await page.keyboard.press('Enter');
    await expect(tab(page, 'To do')).toHaveText(new RegExp(`${left}$`));
  }
  await offer(page).getByRole('button', { name: 'Yes, suggest it' }).click();
  const trial = page.getByRole('dialog');
  await expect(trial.locator('[data-verdict=contradicts]')).toContainText('1 is against what people decided');
  await trial.getByRole('button', { name: 'Close', exact: true }).last().click();
  await offer(page).getByRole('button', { name: 'Not now' }).click();
  await expect(offer(page)).toHaveCount(0);
  await goToSettings(page);
  await expect(section(page)).toContainText('No rules yet.');
});

test('rules are put in order by keyboard, and every place can be taken back', async ({ openShop }) => {
  const shop = await openShop();
  const { page } = shop;
  await bringDayIn(shop, [KAMAU, KAMAU, KAMAU, BARAKA, BARAKA, BARAKA]);
  for (const left of [5, 4, 3, 2, 1, 0]) await matchByHand(page, left);
  await goToSettings(page);
  await expect(offer(page)).toHaveCount(2);
  for (const payer of [KAMAU.payer, BARAKA.payer]) {
    await offer(page).filter({ hasText: payer }).getByRole('button', { name: 'Yes, suggest it' }).click();
    await expect(rule(page).filter({ hasText: payer })).toBeVisible();
  }
  await expect(rule(page).first()).toContainText(KAMAU.payer);
  await expect(page.getByRole('button', { name: 'Move rule 1 up' })).toBeDisabled();

  await page.getByRole('button', { name: 'Move rule 2 up' }).focus();
  await page.keyboard.press('Enter');
  await expect(rule(page).first()).toContainText(BARAKA.payer);
  // At the top there is no further up: the focus waits on the way back.
  await expect(page.getByRole('button', { name: 'Move rule 2 down' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(rule(page).first()).toContainText(KAMAU.payer);
  await expect(page.getByRole('button', { name: 'Move rule 2 up' })).toBeFocused();

  const moved = page.getByRole('alert').filter({ hasText: 'Rule 2 moved down' });
  await moved.getByRole('button', { name: 'Undo' }).click();
  await expect(rule(page).first()).toContainText(BARAKA.payer);
  await expectNothingSeriousInBothThemes(page);
});
