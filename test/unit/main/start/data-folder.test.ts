import { expect, test } from 'vitest';
import { dataFolder } from '#main/start/data-folder.ts';

test.each<[NodeJS.Platform, NodeJS.ProcessEnv, string, string]>([
  ['linux', {}, '/home/amina', '/home/amina/.config/Daftari'],
  ['linux', { XDG_CONFIG_HOME: '/cfg' }, '/home/amina', '/cfg/Daftari'],
  ['linux', { XDG_CONFIG_HOME: '' }, '/home/amina', '/home/amina/.config/Daftari'],
  ['darwin', {}, '/Users/amina', '/Users/amina/Library/Application Support/Daftari'],
  ['win32', { APPDATA: 'D:\\Roaming' }, 'C:\\Users\\Amina', 'D:\\Roaming\\Daftari'],
  ['win32', {}, 'C:\\Users\\Amina', 'C:\\Users\\Amina\\AppData\\Roaming\\Daftari'],
])('%s with %j keeps it where Electron does', (platform, env, home, folder) => {
  expect(dataFolder(platform, env, home)).toBe(folder);
});
