import { openKeychain } from '#main/vault/keychain-vault.ts';
import { prepareProfile } from './prepare-profile.ts';

/* Makes the books of a shop with four people in the folder named, their keys in this session's real keychain. */
const [folder, environment] = process.argv.slice(2);
if (folder === undefined) throw new Error('which folder?');
await prepareProfile(folder, openKeychain(), environment === 'demo' ? { environment } : {});
// A keychain that still holds on must not keep the journey waiting.
process.exit();
