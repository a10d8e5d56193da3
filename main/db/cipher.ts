import Database from 'better-sqlite3';

export type RawDatabase = Database.Database;

/** A database key: 256 random bits. */
export type DatabaseKey = Buffer & { readonly length: 32 };

/**
 * Opens an encrypted file. The cipher and the raw key are set before anything else is read: the binding's own
 * default is another cipher. Throws SQLITE_NOTADB when the key or the file is wrong.
 */
export function openEncrypted(path: string, key: Buffer, options: { readonly: boolean }): RawDatabase {
  if (key.length !== 32) throw new RangeError('a database key has 32 bytes');
  const db = new Database(path, { readonly: options.readonly, fileMustExist: options.readonly });
  try {
    db.pragma(`cipher='sqlcipher'`);
    db.pragma('legacy=4');
    db.pragma(`key="x'${key.toString('hex')}'"`);
    db.prepare('SELECT count(*) FROM sqlite_master').get();
    db.pragma('temp_store=MEMORY');
    db.pragma('foreign_keys=ON');
    db.pragma('busy_timeout=5000');
    db.pragma('cache_size=-32000');
    if (!options.readonly) {
      db.pragma('journal_mode=WAL');
      db.pragma('synchronous=FULL');
      db.pragma('secure_delete=ON');
      db.pragma('trusted_schema=OFF');
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
