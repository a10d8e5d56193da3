import { say } from '#shared/domain/message.ts';
import type { SetupDraft } from '#shared/ipc/access-channels.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import { writeSetting } from '../db/queries/settings.ts';
import { LONGEST_DRAFT, readShopDraft, type ShopDraft } from '../db/queries/setup-draft.ts';
import { hasPeople } from '../db/queries/staff.ts';
import { selectDayStarts, selectTills } from '../db/queries/tills.ts';
import { showLook } from './app-state.ts';
import type { Core } from './core.ts';
import { outOfOrder } from './out-of-order.ts';

const NOBODY = { staffId: null, session: null } as const;

/**
 * Where the first run was left. The owner's login and the recovery code are kept in memory alone, so whoever comes
 * back after the shop's step goes on there.
 */
export function showSetup(core: Core): Result<SetupDraft> {
  if (hasPeople(core.ledger.read)) return outOfOrder();
  const draft = readShopDraft(core.ledger.read);
  return succeed(draft ? { step: 'owner', ...draft } : { step: 'shop', ...whatIsKnown(core) });
}

/** Keeps the first step, so that it can be left and gone on with. Only a finished first run puts it into use. */
export function saveShopDraft(core: Core, draft: ShopDraft): Result<SetupDraft> {
  if (hasPeople(core.ledger.read)) return outOfOrder();
  const numbers = draft.tills.map((till) => till.number);
  const twice = numbers.find((number, index) => numbers.indexOf(number) !== index);
  if (twice !== undefined) return fail('ledger/bad-input', say('setup.number-twice', { number: twice }));
  const kept = JSON.stringify(draft);
  if (kept.length > LONGEST_DRAFT) return fail('ledger/bad-input', say('setup.too-long'));
  const saved = core.ledger.act(NOBODY, 'setup.shop-drafted', 'setup', (db) => {
    writeSetting(db, 'setup-draft', kept);
    return succeed({ value: undefined, details: { tills: numbers.length } });
  });
  return saved.ok ? showSetup(core) : saved;
}

/** What the command line has brought into these books before anybody opened the window. */
function whatIsKnown(core: Core): ShopDraft {
  const db = core.ledger.read;
  const { language, shopName } = showLook(core);
  return {
    language,
    shopName,
    tills: selectTills(db).flatMap(({ name, numbers }) => numbers.map((number) => ({ number, name }))),
    dayStartMinutes: selectDayStarts(db).at(-1)?.minutes ?? 0,
    statementsFrom: 'unknown',
  };
}
