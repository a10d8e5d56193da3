import type { ReadDb, WriteDb } from '../ledger.ts';

export type SettingName =
  | 'theme'
  | 'language'
  | 'shop-name'
  | 'day-start-unfinished'
  /** How many full phone numbers one person may be shown in a day; none = the usual 30. */
  | 'reveals-a-day'
  /** Milliseconds to add to this PC's clock, as Safaricom's clock was last seen. */
  | 'clock-offset-ms'
  /** Milliseconds to add to this PC's clock when a request to the relay is signed, as the relay said. */
  | 'relay-clock-offset-ms'
  /** How long checking one password took on this PC, for the doctor. */
  | 'password-check-ms'
  /** The first run's answers about the shop, before it is finished. */
  | 'setup-draft'
  /** How the shop gets its statements: portal, email, both or unknown. */
  | 'statements-from'
  /** A reported payment of more than this is asked about at once; cents. None = the usual KES 10,000. */
  | 'ask-at-once-above'
  /** After how many minutes an answer of Safaricom is waited for no more; none = the usual 10. */
  | 'silent-after-minutes'
  /** The zone of the times that Pull prints, once a receipt has shown it: `nairobi` or `utc`. */
  | 'pull-zone'
  /** Pulled times are being set right, once the zone is known: the last movement that was looked at. */
  | 'pull-times-unfinished'
  /** The root key of the recovery code that was taken into use last, base64url. See `rootInForce`. */
  | 'recovery-root'
  /** When the recovery code reset an owner's password; the next close says so. UTC ms. */
  | 'owner-reset-at'
  /** JSON of the owner's limits on sending money back; none = the usual. */
  | 'reversal-limits'
  /** The last row of `movements` that was held against what was asked to be sent back. */
  | 'reversal-lines-to'
  /** Until when no reversal may be approved, because of such a reset. UTC ms. */
  | 'reversals-off-until'
  /** When the newest copy of the books was made, as far as the program knows. UTC ms. */
  | 'copy-made-at'
  /** When an owner last went through who has access to what is set up with Safaricom. UTC ms. */
  | 'access-reviewed-at';

export function readSetting(db: ReadDb, name: SettingName): string | null {
  return db.get<{ value: string }>('SELECT value FROM settings WHERE name = ?', name)?.value ?? null;
}

export function writeSetting(db: WriteDb, name: SettingName, value: string): void {
  db.run(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    name,
    value,
  );
}

export function removeSetting(db: WriteDb, name: SettingName): void {
  db.run('DELETE FROM settings WHERE name = ?', name);
}
