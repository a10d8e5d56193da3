import type { ElectronShop } from './electron-shop.ts';
import { expect, test } from './fixtures.ts';

test.describe('the window', () => {
  test('the page stays where it is', async ({ openShop }) => {
    const { page } = await openShop({ demo: true });
    expect(page.url()).toMatch(/^app:\/\/main\//);
    await page.evaluate(() => Object.assign(window, { mark: true }));
    for (const target of [
      'https://example.com/',
      'app://main.evil.example/',
      'app://approval/',
      'file:///etc/passwd',
      'data:text/html,x',
    ]) {
      await page.evaluate((address) => {
        location.href = address;
      }, target);
      await page.evaluate((address) => {
        const link = Object.assign(document.createElement('a'), { href: address, target: '_blank' });
        document.body.append(link);
        link.click();
        link.remove();
      }, target);
      expect(await page.evaluate((address) => window.open(address), target)).toBeNull();
    }
    expect(page.url()).toMatch(/^app:\/\/main\//);
    expect(page.context().pages()).toHaveLength(1);
    // A page that had gone and come back would have lost the mark. (A locator would wait for the refused navigations.)
    expect(await page.evaluate(() => 'mark' in window)).toBe(true);
  });

  test('the title says which books these are, and the page can make it say nothing else', async ({
    openShop,
  }) => {
    const { electron, page } = (await openShop({ demo: true })) as ElectronShop;
    const title = () =>
      electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
    await expect.poll(title).toBe('Daftari · DEMO');
    for (const other of ['Daftari', 'Daftari · PRODUCTION']) {
      await page.evaluate((text) => {
        document.title = text;
      }, other);
      await page.waitForFunction((text) => document.title === text, other);
      expect(await title()).toBe('Daftari · DEMO');
    }
  });

  test('a webview and a frame show nothing', async ({ openShop }) => {
    const { page } = await openShop({ demo: true });
    const told = await page.evaluate(async () => {
      const webview = document.createElement('webview');
      webview.setAttribute('src', 'app://main/');
      const frame = document.createElement('iframe');
      frame.src = 'app://main/';
      document.body.append(webview, frame);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const isPlain = webview instanceof HTMLElement && !('getWebContentsId' in webview);
      const isEmpty = frame.contentDocument === null || frame.contentDocument.querySelector('#root') === null;
      webview.remove();
      frame.remove();
      return { isPlain, isEmpty };
    });
    expect(told).toEqual({ isPlain: true, isEmpty: true });
    expect(page.context().pages()).toHaveLength(1);
  });

  test('app:// serves the pages and nothing else', async ({ openShop }) => {
    const { electron } = (await openShop({ demo: true })) as ElectronShop;
    const statuses = await electron.evaluate(async ({ session }) => {
      const ours = session.fromPartition('daftari');
      const ask = async (address: string, method = 'GET') => {
        try {
          return (await ours.fetch(address, { method })).status;
        } catch {
          return 'failed';
        }
      };
      return {
        page: await ask('app://main/'),
        up: await ask('app://main/../main/main.js'),
        encoded: await ask('app://main/%2e%2e/main/main.js'),
        slash: await ask('app://main/..%2fmain%2fmain.js'),
        backslash: await ask('app://main/..%5cmain%5cmain.js'),
        sibling: await ask('app://main/..%2frenderer-old%2findex.html'),
        absolute: await ask('app://main//etc/passwd'),
        unknown: await ask('app://main/missing.js'),
        otherHost: await ask('app://main.evil.example/'),
        approval: await ask('app://approval/'),
        mainOfApproval: await ask('app://approval/../main/main.js'),
        noSuchWindow: await ask('app://reports/'),
        post: await ask('app://main/', 'POST'),
        web: await ask('https://example.com/'),
      };
    });
    const { page, approval, web, ...rest } = statuses;
    expect({ page, approval, web }).toEqual({ page: 200, approval: 200, web: 'failed' });
    expect(new Set(Object.values(rest))).toEqual(new Set([404]));
  });

  test('every window was opened with the secure preferences', async ({ openShop }) => {
    const { electron } = (await openShop({ demo: true })) as ElectronShop;
    const preferences = await electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => {
        const contents = window.webContents as unknown as {
          getLastWebPreferences(): Record<string, unknown>;
        };
        return contents.getLastWebPreferences();
      }),
    );
    expect(preferences).toHaveLength(1);
    expect(preferences[0]).toMatchObject({
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
    });
  });

  test('locks with the screen of the computer, and says so', async ({ openShop }) => {
    const shop = (await openShop({ as: 'clerk' })) as ElectronShop;
    await shop.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'));
    await expect(shop.page.getByRole('heading', { name: 'Daftari is locked' })).toBeVisible();
    await expect(shop.page.getByRole('status').filter({ hasText: 'its screen was locked' })).toBeVisible();
    await expect(shop.page.getByRole('navigation')).toHaveCount(0);
  });
});
