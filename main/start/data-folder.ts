import { posix, win32 } from 'node:path';

const NAME = 'Daftari';

/** Where Electron keeps what belongs to Daftari, worked out without Electron, so that both hosts open the same books. */
export function dataFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'win32') return win32.join(env.APPDATA || win32.join(home, 'AppData', 'Roaming'), NAME);
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', NAME);
  return posix.join(env.XDG_CONFIG_HOME || posix.join(home, '.config'), NAME);
}
