import { rmSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { DemoWorld } from '../../main/demo/open-demo-world.ts';
import { paths } from '../../renderer/app/routes.ts';
import { MINUTE, SECOND } from '../../shared/domain/time.ts';
import { APPROVAL_CHANNELS, APPROVAL_EVENTS } from '../../shared/ipc/channels.ts';
import { posted, spoiled, together } from '../daraja-simulator/fault.ts';
import { PEOPLE } from '../helpers/people.ts';
import { expectNothingSerious } from './accessibility.ts';
import { test as base, expect } from './fixtures.ts';
import { payAtPaybill } from './reversal-world.ts';
import { type Shop, signIn, type Visitor } from './shop.ts';

type PaidShop = {
  readonly shop: Shop;
  readonly safaricom: DemoWorld['safaricom'];
  readonly receipt: string;
};

const test = base.extend<{
  /** A shop that can send money back, in which a customer paid KES 1,250; whoever is named is signed in. */
  openPaid: (as: Visitor) => Promise<PaidShop>;
}>({
  openPaid: async ({ openShop, openWorld }, use) => {
    const folders: string[] = [];
    await use(async (as) => {
      const world = await openWorld();
      const { receipt, file, folder } = await payAtPaybill(world, 1_250);
      folders.push(folder);
      const shop = await openShop({ safaricom: world, preparation: file, as });
      return { shop, safaricom: world.safaricom, receipt };
    });
    for (const folder of folders) rmSync(folder, { recursive: true });
  },
});

type Person = { readonly name: string; readonly password: string };

const go = (page: Page, path: string) =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, `#${path}`);

const drawer = (page: Page) => page.getByRole('dialog', { name: 'Reversal' });
const requestDialog = (page: Page) => page.getByRole('dialog', { name: 'Ask for money to be sent back' });

async function openRequest(page: Page, receipt: string): Promise<void> {
  await go(page, paths.reconcile);
  await page.getByTestId('question').filter({ hasText: receipt }).click();
  await page.keyboard.press('r');
}

async function askFor(page: Page, receipt: string): Promise<void> {
  await openRequest(page, receipt);
  const dialog = requestDialog(page);
  await expect(dialog.getByLabel('How')).toBeFocused();
  await dialog.getByLabel('Note').fill('Brought back unopened');
  await dialog.getByRole('button', { name: 'Ask for approval' }).click();
  await expect(page.getByText('Asked. An owner, or whoever may approve, decides now.')).toBeVisible();
}

async function changeTo(page: Page, person: Person): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn(page, person);
}

async function openFirst(page: Page, tab = 'Waiting'): Promise<void> {
  await go(page, paths.reversals);
  await page.getByRole('toolbar', { name: 'Which reversals' }).getByRole('button', { name: tab }).click();
  await page.getByRole('row').filter({ hasText: 'R-000001' }).click();
  await expect(drawer(page)).toBeVisible();
}

/** Opens the request that waits, and the window in which it is decided. */
async function openApproval(shop: Shop): Promise<Page> {
  await openFirst(shop.page);
  const window = await shop.openApproval(() =>
    drawer(shop.page).getByRole('button', { name: 'Open to decide' }).click(),
  );
  await expect(window.getByRole('heading', { name: 'Send this money back?' })).toBeVisible();
  return window;
}

async function sign(window: Page, { name, password }: Person): Promise<void> {
  await window.getByLabel('Your name').fill(name);
  await window.getByLabel('Your password').fill(password);
}

const sendButton = (window: Page) => window.getByRole('button', { name: 'Send KES 1,250.00 back' });

test.describe('money that goes back', () => {
  test('is asked for by a clerk, approved by name over the session of another, and followed until a late answer', async ({
    openPaid,
  }) => {
    const { shop, safaricom, receipt } = await openPaid('clerk');
    const { page } = shop;
    safaricom.next('reversal', posted.delayed(8 * SECOND));
    await askFor(page, receipt);
    await changeTo(page, PEOPLE.manager);
    await expect(page.getByRole('link', { name: /Reversals/ })).toContainText('1');
    const window = await openApproval(shop);
    for (const shown of ['KES 1,250.00', receipt, 'Njeri', 'Brought back unopened', 'mfanoback'])
      await expect(window.locator('section')).toContainText(shown);
    await expect(window.locator('section')).not.toContainText('254712000111');

    await sign(window, PEOPLE.owner);
    await sendButton(window).click();
    await expect(window.getByText('sent, no answer yet')).toBeVisible();
    await expect(drawer(page)).toContainText('Whether the money went back is not known until it answers.');
    await window.getByRole('button', { name: 'Close' }).click();
    // The session of the window behind it is still the manager's.
    await expect(page.getByText(PEOPLE.manager.name).first()).toBeVisible();

    await expect(drawer(page)).toContainText('The money went back, says Safaricom', { timeout: 25_000 });
    await expect(drawer(page)).toContainText('Amina approved it');
    const [back] = safaricom.book.reversalsOf(receipt);
    await expect(drawer(page)).toContainText(back?.receipt ?? 'a receipt of its own');
    expect(safaricom.journal.calls('reversal')).toHaveLength(1);
  });

  test('is said to have gone back once, when Safaricom says it twice', async ({ openPaid }) => {
    const { shop, safaricom, receipt } = await openPaid('clerk');
    safaricom.next('reversal', posted.repeated(2, SECOND));
    await askFor(shop.page, receipt);
    const window = await openApproval(shop);
    // Nobody needs to sign in for it: the clerk's own session is behind the window.
    await sign(window, PEOPLE.manager);
    await sendButton(window).click();
    await expect.poll(() => safaricom.journal.posts('reversal').length).toBe(2);
    await expect(drawer(shop.page)).toContainText('The money went back, says Safaricom');
    await expect(drawer(shop.page).getByText(/^Safaricom’s answer: the money went back/)).toHaveCount(1);
    expect(safaricom.book.reversalsOf(receipt)).toHaveLength(1);
  });

  test('is not known when the answer is lost; nothing is sent again, and nobody can ask again', async ({
    openPaid,
  }) => {
    const { shop, safaricom, receipt } = await openPaid('clerk');
    safaricom.next('reversal', together(spoiled.replyLost(), posted.silence()));
    await askFor(shop.page, receipt);
    const window = await openApproval(shop);
    await sign(window, PEOPLE.owner);
    await sendButton(window).click();
    await expect(window.getByText('nobody knows yet')).toBeVisible();
    await expect(drawer(shop.page)).toContainText('Nobody knows whether the money went back.');

    await shop.restart();
    await openFirst(shop.page, 'Under way');
    await expect(drawer(shop.page)).toContainText('Nobody knows whether the money went back.');
    await shop.page.keyboard.press('Escape');
    // Where it stands already, R leads to what became of it.
    await openRequest(shop.page, receipt);
    await expect(requestDialog(shop.page)).toHaveCount(0);
    await expect(drawer(shop.page)).toContainText('Nobody knows whether the money went back.');
    await go(shop.page, paths.reconcile);
    await expect(shop.page.getByTestId('question').filter({ hasText: receipt })).toContainText(
      'R-000001 · Not known yet',
    );
    await shop.page.keyboard.press('d');
    await shop.page.getByRole('link', { name: 'Open R-000001' }).click();
    await expect(drawer(shop.page)).toContainText('Nobody knows whether the money went back.');
    expect(safaricom.journal.calls('reversal')).toHaveLength(1);
  });

  test('is asked for from a look-up, which then says so and asks no more', async ({ openPaid }) => {
    const { shop, receipt } = await openPaid('clerk');
    const { page } = shop;
    await go(page, paths.lookUp);
    await page.getByRole('textbox', { name: 'Receipt or message' }).fill(receipt);
    await page.keyboard.press('Enter');
    const verdict = page.getByTestId('verdict');
    await expect(verdict.getByRole('button', { name: 'Send back…' })).toBeVisible();
    await page.keyboard.press('r');
    await requestDialog(page).getByLabel('Note').fill('Brought back unopened');
    await requestDialog(page).getByRole('button', { name: 'Ask for approval' }).click();
    await expect(verdict).toHaveAttribute('data-kind', 'asked-back');
    await expect(verdict).toContainText('R-000001 · Waiting');
    await expect(verdict.getByRole('button', { name: 'Send back…' })).toBeHidden();
    await expect(verdict).toBeFocused();
    await expectNothingSerious(page);
    await verdict.getByRole('link', { name: 'Open R-000001' }).click();
    await expect(drawer(page)).toContainText('Brought back unopened');
  });

  test('is refused to whoever asked and to a wrong password, and can be rejected with a reason', async ({
    openPaid,
  }) => {
    const { shop, safaricom, receipt } = await openPaid('manager');
    await askFor(shop.page, receipt);
    const window = await openApproval(shop);
    await sign(window, PEOPLE.manager);
    await sendButton(window).click();
    await expect(window.getByRole('alert')).toHaveText(
      'You asked for this yourself. Somebody else must approve it.',
    );
    await expect(window.getByLabel('Your password')).toHaveValue('');
    await sign(window, { ...PEOPLE.owner, password: 'twelve green melons' });
    await sendButton(window).click();
    await expect(window.getByRole('alert')).toContainText('That did not fit.');
    await sign(window, PEOPLE.clerk);
    await sendButton(window).click();
    await expect(window.getByRole('alert')).toContainText('You may not approve reversals.');

    await sign(window, PEOPLE.owner);
    await window.getByRole('button', { name: 'Reject…' }).click();
    await window.getByLabel(/^Why not\?/).fill('The goods never came back');
    await window.getByRole('button', { name: 'Reject it' }).click();
    await expect(window.getByRole('heading', { name: 'R-000001: rejected' })).toBeVisible();
    await expect(drawer(shop.page)).toContainText('Amina rejected it: The goods never came back');
    expect(safaricom.journal.calls('reversal')).toHaveLength(0);
  });
});

test.describe('the approval window', () => {
  test('answers to the keyboard alone, in both themes, and sends nothing once its page has expired', async ({
    openPaid,
  }) => {
    const { shop, safaricom, receipt } = await openPaid('clerk');
    await askFor(shop.page, receipt);
    const window = await openApproval(shop);
    for (const theme of ['light', 'dark']) {
      await window.evaluate((name) => {
        document.documentElement.dataset.theme = name;
      }, theme);
      await expectNothingSerious(window);
    }

    const later = Date.now() + 11 * MINUTE;
    await window.clock.setFixedTime(later);
    await expect(window.getByText('This page has expired.')).toBeVisible();
    await expect(sendButton(window)).toBeDisabled();

    await window.clock.setFixedTime(Date.now());
    await window.reload();
    await expect(window.getByLabel('Your name')).toBeFocused();
    await window.keyboard.type(PEOPLE.owner.name);
    await window.keyboard.press('Tab');
    await window.keyboard.type(PEOPLE.owner.password);
    await window.keyboard.press('Enter');
    await expect(window.getByRole('heading', { name: 'R-000001: the money went back' })).toBeVisible();
    await expect(window.getByRole('button', { name: 'Close' })).toBeFocused();
    await expectNothingSerious(window);
    const closed = window.waitForEvent('close');
    // It may be gone before the key is up again: that it goes is what counts.
    const pressed = window.keyboard.press('Enter').catch(() => undefined);
    await Promise.all([closed, pressed]);
    expect(safaricom.journal.calls('reversal')).toHaveLength(1);
  });

  test('has its own origin, its own channels and a strict policy, and no other window has them', async ({
    openPaid,
    host,
  }) => {
    const { shop, receipt } = await openPaid('clerk');
    await askFor(shop.page, receipt);
    const window = await openApproval(shop);
    expect(new URL(window.url()).host).not.toBe(new URL(shop.page.url()).host);
    const channels = (page: Page) =>
      page.evaluate(() => {
        const { daftari } = globalThis as unknown as { daftari: Record<string, object> };
        const { call = {}, on = {} } = daftari;
        return { all: Object.keys(daftari).sort(), call: Object.keys(call), on: Object.keys(on) };
      });
    expect(await channels(window)).toEqual({
      all: ['call', 'on'],
      call: [...APPROVAL_CHANNELS],
      on: [...APPROVAL_EVENTS],
    });
    const main = await channels(shop.page);
    expect(main.call.filter((name) => name.startsWith('approval:'))).toEqual([]);
    expect(await scriptsOf(window)).toEqual({ inline: false, markup: 'refused' });
    // What a page says past its bridge is refused by the host.
    if (host === 'browser') {
      expect(await post(shop.page, 'approval:show')).not.toBe(200);
      expect(await post(window, 'reversal:list')).not.toBe(200);
      expect(await post(window, 'approval:show')).toBe(200);
      const policy = (await (await window.reload())?.allHeaders())?.['content-security-policy'] ?? '';
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /);
      expect(policy).not.toContain('unsafe');
    }
  });
});

const post = (page: Page, channel: string) =>
  page.evaluate(async (name) => {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`/ipc/${name}`, { method: 'POST', headers, body: '{}' });
    const { ok } = (await answer.json()) as { ok: boolean };
    return ok ? answer.status : 'refused';
  }, channel);

/** Whether a page runs what is written into it. */
const scriptsOf = (page: Page) =>
  page.evaluate(() => {
    const link = document.createElement('a');
    let markup = 'taken';
    try {
      link.innerHTML = '<img src=x onerror="inlineRan = true">';
    } catch {
      markup = 'refused';
    }
    try {
      link.setAttribute('onclick', 'window.inlineRan = true');
    } catch (error) {
      // Newer browsers refuse here already; the older ones do not run it.
      if (!(error instanceof TypeError)) throw error;
    }
    document.body.append(link);
    link.click();
    link.remove();
    return { inline: 'inlineRan' in globalThis, markup };
  });
