import { openKeychain } from '#main/vault/keychain-vault.ts';
import { loseKey } from './lose-key.ts';

/* Takes the key of the books in the folder named out of this session's real keychain. */
const folder = process.argv[2];
if (folder === undefined) throw new Error('which folder?');
await loseKey(folder, openKeychain());
// A keychain that still holds on must not keep the journey waiting.
process.exit();
