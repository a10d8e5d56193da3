import { isAllowed, permissionsOf } from '#shared/domain/access/permissions.ts';
import type { Cents } from '#shared/domain/money.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import { type Result, succeed } from '#shared/ipc/result.ts';
import type { AppState } from '#shared/ipc/views.ts';
import type { ReadDb } from '../db/ledger.ts';
import { readAskAbove } from '../db/queries/ask-above.ts';
import { importsInState } from '../db/queries/imports.ts';
import { countToDo } from '../db/queries/reconcile-rows.ts';
import { readSetting, writeSetting } from '../db/queries/settings.ts';
import { selectDayStarts, selectTills } from '../db/queries/tills.ts';
import type { Session } from '../ipc/session.ts';
import { describeAlarm } from './audit/alarm.ts';
import { recordChange } from './audit/record-change.ts';
import { actorOf, type Core } from './core.ts';

export type AboutHost = { readonly host: 'electron' | 'preview'; readonly version: string };

/** What a window needs to draw its frame. */
export function showState(core: Core, session: Session, about: AboutHost): Result<AppState> {
  const db = core.ledger.read;
  const latest = latestDay(db);
  const count = (sql: string) => db.get<{ n: number }>(sql)?.n ?? 0;
  return succeed({
    environment: core.ledger.environment,
    ...about,
    ...showLook(core),
    actor: { name: session.name, role: session.role },
    permissions: permissionsOf(session.role),
    tills: selectTills(db),
    dayStarts: selectDayStarts(db),
    askAboveCents: readAskAbove(db),
    latestDay: latest,
    toDo: countToDo(db),
    reviews: count(`SELECT count(*) AS n FROM reviews WHERE state = 'open'`),
    auditAlarm: isAllowed(session.role, 'audit.read') ? (describeAlarm(core)?.words ?? null) : null,
    isEmpty: latest === null,
  });
}

/**
 * The newest day that has anything. From the days' totals: while a first file comes in, all rows of the books are its
 * own, and to look for one that is not would be to look at each of them.
 */
function latestDay(db: ReadDb): BusinessDay | null {
  const newest = (sql: string) => db.get<{ day: BusinessDay | null }>(sql)?.day ?? null;
  const counted = newest(
    `SELECT max(day) AS day FROM (
       SELECT max(business_day) AS day FROM payment_days
        WHERE items > 0 AND import_id IS NOT (SELECT id FROM imports WHERE state = 'running')
       UNION ALL SELECT max(business_day) FROM sale_days
        WHERE items > 0 AND import_id IS NOT (SELECT id FROM imports WHERE state = 'running'))`,
  );
  if (counted !== null || importsInState(db, 'running').length > 0) return counted;
  // Books of charges or cancelled sales alone.
  return newest(
    `SELECT max(day) AS day FROM (
       SELECT * FROM (SELECT business_day AS day FROM live_movements ORDER BY business_day DESC LIMIT 1)
       UNION ALL
       SELECT * FROM (SELECT business_day AS day FROM live_sales ORDER BY business_day DESC LIMIT 1))`,
  );
}

/** In which language and colours a window speaks, and for which shop; also before anybody is signed in. */
export function showLook(core: Pick<Core, 'ledger'>): Pick<AppState, 'language' | 'theme' | 'shopName'> {
  const db = core.ledger.read;
  return {
    language: languageOf(readSetting(db, 'language')) ?? core.ledger.file.language,
    theme: themeOf(readSetting(db, 'theme')),
    shopName: readSetting(db, 'shop-name') ?? '',
  };
}

function languageOf(value: string | null): AppState['language'] | null {
  return value === 'en' || value === 'sw' ? value : null;
}

function themeOf(value: string | null): AppState['theme'] {
  return value === 'light' || value === 'dark' ? value : 'auto';
}

export type SettingsChange = {
  readonly language?: 'en' | 'sw' | undefined;
  readonly theme?: AppState['theme'] | undefined;
  readonly shopName?: string | undefined;
  readonly askAboveCents?: Cents | undefined;
};

/** What entries of the audit log call the settings. */
const FIELDS = {
  language: 'language',
  theme: 'theme',
  'shop-name': 'shop',
  'ask-at-once-above': 'askAboveCents',
} as const;

/** As an entry says it: money as a number. */
function fieldOf(name: keyof typeof FIELDS, value: string | null): string | number | null {
  return value !== null && name === 'ask-at-once-above' ? Number(value) : value;
}

/** Keeps what was changed on the Settings screen, and only that. */
export function saveSettings(
  core: Core,
  session: Session,
  about: AboutHost,
  change: SettingsChange,
): Result<AppState> {
  const wanted: [keyof typeof FIELDS, string | undefined][] = [
    ['language', change.language],
    ['theme', change.theme],
    ['shop-name', change.shopName],
    ['ask-at-once-above', change.askAboveCents?.toString()],
  ];
  const changed = wanted.filter((entry): entry is [keyof typeof FIELDS, string] => entry[1] !== undefined);
  const saved = core.ledger.act(actorOf(session), 'settings.saved', 'settings', (db) => {
    const before = Object.fromEntries(
      changed.map(([name]) => [FIELDS[name], fieldOf(name, readSetting(db, name))]),
    );
    for (const [name, value] of changed) writeSetting(db, name, value);
    const after = Object.fromEntries(changed.map(([name, value]) => [FIELDS[name], fieldOf(name, value)]));
    return succeed({ value: undefined, details: recordChange(db, 'shop', before, after) });
  });
  if (!saved.ok) return saved;
  core.tell('ledger:changed', { areas: ['settings'] });
  return showState(core, session, about);
}
