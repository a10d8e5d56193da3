import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { c2bUrls, resultUrls } from '../../shared/domain/relay/callback-url.ts';
import { type PairingCode, readPairingCode } from '../../shared/domain/relay/pairing-code.ts';
import { noticeBody } from '../helpers/notices.ts';
import { PEOPLE } from '../helpers/people.ts';
import { expectNothingSeriousInBothThemes } from './accessibility.ts';
import { expect, test } from './fixtures.ts';

type Bridge = {
  call: Record<string, (input: unknown) => Promise<{ ok: boolean; error?: { code: string } }>>;
};

/** What has no screen in this journey is asked of the program itself, as its screens do. */
async function ask(page: Page, channel: string, input: unknown): Promise<void> {
  const answer = await page.evaluate(
    ([name, given]) => (window as unknown as { daftari: Bridge }).daftari.call[String(name)]?.(given),
    [channel, input] as const,
  );
  expect(answer).toMatchObject({ ok: true });
}

async function pair(page: Page, text: string): Promise<PairingCode> {
  await ask(page, 'access:confirm', { password: PEOPLE.owner.password, code: null });
  await ask(page, 'relay:pair', { code: text });
  await ask(page, 'tills:add', { number: '1234567', name: 'Counter', tillId: null });
  const read = readPairingCode(text);
  if (!read.ok) throw new Error(read.problem);
  return read.code;
}

const table = (page: Page) => page.getByRole('table', { name: 'Callbacks' });
const row = (page: Page, words: string | RegExp) => table(page).getByRole('row').filter({ hasText: words });
const notice = { receipt: 'UCE0CANA01', time: '20260314080007', amount: 1_240, phone: '254733100201' };

test('what comes from Safaricom stands in the list, with what became of it and why', async ({
  openShop,
  openWorld,
}) => {
  const world = await openWorld();
  const { page } = await openShop({ safaricom: world });
  await page.getByRole('link', { name: 'Callbacks' }).click();
  await expect(page.getByText('Nothing has come yet')).toBeVisible();
  await expect(page.getByText('No relay', { exact: true })).toBeVisible();

  const { origin, path } = await pair(page, await world.makePairingCode());
  const { confirmation, validation } = c2bUrls(origin, path);
  const { result } = resultUrls(origin, path, randomBytes(16).toString('hex'));
  const { post } = world.safaricom;
  await post(confirmation, noticeBody(notice));
  await post(validation, noticeBody({ ...notice, receipt: 'UCE0CANA02' }));
  await post(result, { Result: { ResultCode: 0, ConversationID: 'AG_1', OriginatorConversationID: '1-1' } });
  await post(confirmation, { hello: 'there' });

  await expect(row(page, 'UCE0CANA01')).toContainText('Matched');
  await expect(row(page, 'UCE0CANA01')).toContainText('KES 1,240.00');
  await expect(row(page, 'UCE0CANA02')).toContainText('No money has moved yet');
  await expect(row(page, 'never gave out')).toContainText('Not believed');
  await expect(row(page, 'no notice of a payment')).toContainText('Cannot be read');
  await expect(page.getByText('Relay reached just now')).toBeVisible();
  await expectNothingSeriousInBothThemes(page);

  // The bell tells of what somebody should know, and leads to it.
  await page.getByRole('button', { name: 'Alerts: 2 to read' }).click();
  const alerts = page.getByRole('dialog', { name: 'Alerts' });
  await expectNothingSeriousInBothThemes(page);
  await alerts.getByRole('button', { name: 'Seen, all 2' }).click();
  await expect(alerts.getByText('Everything has been read.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Alerts: nothing new' })).toBeVisible();

  await page.getByRole('combobox', { name: 'What became of it' }).click();
  await page.getByRole('option', { name: 'Not believed' }).click();
  await expect(table(page).getByRole('row')).toHaveCount(2);
  await page.getByRole('combobox', { name: 'What became of it' }).click();
  await page.getByRole('option', { name: 'Whatever became of it' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Find a receipt' }).fill('uce0cana01');
  await expect(table(page).getByRole('row')).toHaveCount(2);

  await row(page, 'UCE0CANA01').getByRole('button').press('Enter');
  const drawer = page.getByRole('dialog', { name: /Callback/ });
  await expect(drawer).toContainText('Notice of a payment: completed');
  await expect(drawer).toContainText('AMINA EXAMPLE');
  await drawer.getByText('What came, word for word').click();
  await expect(drawer.locator('pre')).toContainText('"TransID": "UCE0CANA01"');
  await expect(drawer).not.toContainText('733100201');
  await expect(drawer.locator('pre')).toContainText('0733 ••• 201');
  await expectNothingSeriousInBothThemes(page);
  await drawer.getByRole('button', { name: 'In the audit log' }).click();
  await expect(page.getByText('A notice of a payment came through the relay: it fits')).toBeVisible();
});

test('what is pasted is explained, and nothing is kept of it', async ({ openShop }) => {
  const { page } = await openShop({ as: 'auditor' });
  await page.getByRole('link', { name: 'Callbacks' }).click();
  await page.getByRole('tab', { name: 'Explain' }).click();
  const box = page.getByLabel('Paste an answer of Safaricom, a message or a receipt');
  await box.fill(JSON.stringify(noticeBody(notice)));
  await box.press('Control+Enter');
  const answer = page.getByRole('status').filter({ hasText: 'Notice of a payment' });
  await expect(answer).toContainText('UCE0CANA01');
  await expect(answer).toContainText('KES 1,240.00');
  await expect(answer).toContainText('0733 ••• 201');
  await expect(answer).toContainText('Safaricom signs no callback');
  await expectNothingSeriousInBothThemes(page);
  await box.fill(`[${'['.repeat(5_000)}`);
  await page.getByRole('button', { name: 'Explain' }).click();
  await expect(page.getByText('nested far deeper')).toBeVisible();
  await page.getByRole('tab', { name: 'What came' }).click();
  await expect(page.getByText('Nothing has come yet')).toBeVisible();
});

test('a clerk has no such screen, and reads the alerts without putting them away', async ({ openShop }) => {
  const { page } = await openShop({ as: 'clerk' });
  await expect(page.getByRole('link', { name: 'Callbacks' })).toHaveCount(0);
  await page.evaluate(() => {
    window.location.hash = '/callbacks';
  });
  await expect(page.getByText('Your role does not open this screen')).toBeVisible();
  await page.getByRole('button', { name: 'Alerts: nothing new' }).click();
  await expect(page.getByText('No alerts')).toBeVisible();
});

test('the owner pairs a relay with a pasted code, and may forget it', async ({ openShop, openWorld }) => {
  const world = await openWorld();
  const { page } = await openShop({ safaricom: world });
  await page.getByRole('link', { name: 'Safaricom' }).click();
  const card = page.getByRole('region', { name: 'Relay' });
  const code = card.getByLabel('Pairing code');
  const confirm = page.getByRole('dialog', { name: 'Is it you?' });

  await code.fill('this is no code');
  await card.getByRole('button', { name: 'Pair' }).click();
  await confirm.getByLabel('Password', { exact: true }).fill(PEOPLE.owner.password);
  await page.keyboard.press('Enter');
  await expect(card.getByText('This is not a pairing code.')).toBeVisible();

  const text = await world.makePairingCode();
  await code.fill(`  ${text.toLowerCase().replaceAll('-', '\n')} `);
  await card.getByRole('button', { name: 'Pair' }).click();
  await expect(card.getByText('Relay reached just now')).toBeVisible();
  await expect(card.getByText('Who may deliver: 12 addresses')).toBeVisible();
  await card.getByText('What whoever runs the relay can and cannot see').click();
  await expectNothingSeriousInBothThemes(page);

  await card.getByRole('button', { name: 'Forget this relay…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Forget this relay?' });
  await expectNothingSeriousInBothThemes(page);
  await dialog.getByRole('button', { name: 'Forget', exact: true }).click();
  await expect(code).toBeVisible();
});
