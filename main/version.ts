import { readFileSync } from 'node:fs';

/** The version of a checkout, as its package.json says; a packaged program is told its own by Electron. */
export function readVersion(): string {
  const description: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const hasVersion = typeof description === 'object' && description !== null && 'version' in description;
  return hasVersion ? String(description.version) : '';
}
