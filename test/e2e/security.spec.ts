import { paths } from '../../renderer/app/routes.ts';
import { CHANNELS, EVENTS } from '../../shared/ipc/channels.ts';
import { expect, test } from './fixtures.ts';

test.describe('a page in either host', () => {
  test('sees nothing of Node, and of the host only what the contract names', async ({ openShop }) => {
    const { page } = await openShop({ demo: true });
    const globals = await page.evaluate(() =>
      ['process', 'require', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(
        (name) => name in window,
      ),
    );
    expect(globals).toEqual([]);
    const keys = await page.evaluate(() => {
      const bridge = (window as unknown as { daftari: Record<string, object> }).daftari;
      return {
        all: Object.keys(bridge),
        call: Object.keys(bridge.call ?? {}),
        on: Object.keys(bridge.on ?? {}),
      };
    });
    expect(keys.all.sort()).toEqual(['admitFile', 'call', 'on', 'saveFile', 'startup']);
    expect(keys.call).toEqual([...CHANNELS]);
    expect(keys.on).toEqual([...EVENTS]);
  });

  test('cannot reach the network', async ({ openShop }) => {
    const { page } = await openShop({ demo: true });
    const told = await page.evaluate(async () => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) =>
        violations.push(event.effectiveDirective),
      );
      const fetched = await fetch('https://example.com/').then(String, () => 'failed');
      const image = await new Promise((resolve) => {
        const element = new Image();
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('failed');
        element.src = 'https://example.com/x.png';
      });
      await new Promise((resolve) => setTimeout(resolve, 0));
      return { fetched, image, violations: violations.sort() };
    });
    expect(told).toEqual({ fetched: 'failed', image: 'failed', violations: ['connect-src', 'img-src'] });
  });

  test('runs no script but its own, and takes no markup', async ({ openShop }) => {
    const { page } = await openShop({ demo: true });
    const told = await page.evaluate(async () => {
      const marks = window as unknown as { inlineRan?: boolean };
      const blocked: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective));
      const refused: Record<string, boolean> = {};
      const tryTo = (name: string, act: () => void) => {
        try {
          act();
          refused[name] = false;
        } catch {
          refused[name] = true;
        }
      };
      tryTo('markup', () => {
        document.createElement('div').innerHTML = '<img src=x onerror="inlineRan = true">';
      });
      tryTo('script text', () => {
        const script = document.createElement('script');
        script.text = 'window.inlineRan = true';
        document.head.append(script);
      });
      tryTo('script address', () => {
        document.createElement('script').src = 'data:text/javascript,window.inlineRan=true';
      });
      tryTo('a second policy', () => {
        (
          window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): object } }
        ).trustedTypes.createPolicy('mine', {});
      });
      const link = document.createElement('a');
      try {
        link.setAttribute('onclick', 'window.inlineRan = true');
      } catch (error) {
        // Newer browsers refuse here already; the older ones do not run it.
        if (!(error instanceof TypeError)) throw error;
      }
      document.body.append(link);
      link.click();
      link.remove();
      await new Promise((resolve) => setTimeout(resolve, 0));
      return { ran: marks.inlineRan ?? false, refused, blocked: blocked.length > 0 };
    });
    expect(told).toEqual({
      ran: false,
      refused: { markup: true, 'script text': true, 'script address': true, 'a second policy': true },
      blocked: true,
    });
  });

  test('comes with its policy as a header, fresh each time, and is never stored', async ({ openShop }) => {
    const { page } = await openShop({ demo: true });
    const first = await page.reload();
    const second = await page.reload();
    const policyOf = async (answer: typeof first) =>
      (await answer?.allHeaders())?.['content-security-policy'] ?? '';
    const policy = await policyOf(first);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[^']{20,}'; /);
    expect(policy).toContain(`require-trusted-types-for 'script'; trusted-types default`);
    expect(policy).not.toContain('unsafe');
    expect(await policyOf(second)).not.toBe(policy);
    expect((await first?.allHeaders())?.['cache-control']).toBe('no-store');
  });

  test('gets no permission', async ({ openShop }) => {
    const { page } = await openShop({ demo: true });
    const told = await page.evaluate(async () => ({
      notify: await Notification.requestPermission(),
      place: await new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve('told'),
          (error) => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable'),
        );
      }),
      microphone: await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'heard',
        (error: Error) => error.name,
      ),
      clipboard: await navigator.clipboard.readText().then(
        () => 'read',
        (error: Error) => error.name,
      ),
    }));
    expect(told.notify).toBe('denied');
    expect(told.place).toBe('denied');
    expect(['NotAllowedError', 'NotFoundError']).toContain(told.microphone);
    expect(told.clipboard).toBe('NotAllowedError');
  });

  test('shows every screen without a word from the policy or an error on the console', async ({
    openShop,
  }) => {
    const { page } = await openShop({ demo: true });
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.reload();
    for (const route of Object.values(paths)) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#${route}`);
      await expect(page.locator('main h1').first()).toBeVisible();
    }
    expect(complaints).toEqual([]);
  });
});
