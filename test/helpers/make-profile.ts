import { openKeychain } from '#main/vault/keychain-vault.ts';
import { prepareEquipped } from './equip-profile.ts';
import { prepareProfile } from './prepare-profile.ts';

/*
 * Makes the books of a shop with four people in the folder named, their keys in this session's real keychain. `demo`:
 * the books are a demo's; a file after it says what else is in them.
 */
const [folder, environment, preparation] = process.argv.slice(2);
if (folder === undefined) throw new Error('which folder?');
if (preparation !== undefined) await prepareEquipped(folder, openKeychain(), preparation);
else await prepareProfile(folder, openKeychain(), environment === 'demo' ? { environment } : {});
// A keychain that still holds on must not keep the journey waiting.
process.exit();
