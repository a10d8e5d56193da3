import { powerMonitor } from 'electron';
import type { App } from '#main/app-types.ts';

/** Locks when nobody is there to see the window: the computer sleeps, its screen is locked, another person's turn begins. */
export function followPower(core: App): void {
  powerMonitor.on('suspend', () => core.lockAll('suspended'));
  powerMonitor.on('lock-screen', () => core.lockAll('suspended'));
  powerMonitor.on('user-did-resign-active', () => core.lockAll('suspended'));
  powerMonitor.on('resume', () => core.wake());
}
