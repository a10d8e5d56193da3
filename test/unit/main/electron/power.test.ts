import { expect, test, vi } from 'vitest';
import { createFakeApp } from '#test/helpers/fake-app.ts';

const heard = vi.hoisted(() => new Map<string, () => void>());
vi.mock('electron', () => ({
  powerMonitor: { on: (event: string, listener: () => void) => heard.set(event, listener) },
}));

test('a computer that sleeps, locks its screen or changes hands locks the window', async () => {
  const { followPower } = await import('#main/electron/power.ts');
  const core = createFakeApp();
  followPower(core);
  for (const event of ['suspend', 'lock-screen', 'user-did-resign-active']) heard.get(event)?.();
  expect(core.woken).toEqual(['suspended', 'suspended', 'suspended']);
  heard.get('resume')?.();
  expect(core.woken.at(-1)).toBe('awake');
});
