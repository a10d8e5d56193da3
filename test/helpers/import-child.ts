import { importFile } from '#main/services/import-file.ts';
import { openFileKeys } from './file-keys.ts';
import { openShop } from './open-shop.ts';

// Brings a file into a profile and tells its rows as they are written, so that a test can kill it in the middle.
const [folder = '', path = ''] = process.argv.slice(2);
const shop = await openShop({ folder, keys: openFileKeys(folder) });
const job = shop.book.open('import', 'big.csv');
const tell = {
  ...job,
  update: (change: Parameters<typeof job.update>[0]) => {
    job.update(change);
    if (change.rows !== undefined) process.stdout.write(`${change.rows}\n`);
  },
};
const request = {
  file: { path, name: 'big.csv' },
  kind: 'statement' as const,
  everyNumberIsOurs: true,
  matchAfter: false,
};
await importFile(shop.core, shop.actor, request, tell);
process.stdout.write('done\n');
