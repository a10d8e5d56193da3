import { say } from '#shared/domain/message.ts';
import { areGroupsRight, type TypedGroup } from '#shared/domain/recovery/code.ts';
import type { BusinessDay } from '#shared/domain/time.ts';
import type { Output, WindowName } from '#shared/ipc/contract.ts';
import { fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { Access } from '../access/access.ts';
import type { FreshKit } from '../access/recovery-kit.ts';
import { makeTotpOffer, type TotpOffer } from '../access/totp.ts';
import { fingerprintOf } from '../audit/ed25519.ts';
import type { WriteDb } from '../db/ledger.ts';
import { markDaysToMatch } from '../db/queries/days.ts';
import { saveFirstOwner } from '../db/queries/first-owner.ts';
import { savePassword } from '../db/queries/logins.ts';
import { placeWaitingSales } from '../db/queries/record-sale.ts';
import { seal } from '../db/queries/sealed.ts';
import { removeSetting, writeSetting } from '../db/queries/settings.ts';
import { readShopDraft, type ShopDraft } from '../db/queries/setup-draft.ts';
import { hasPeople, isNameTaken } from '../db/queries/staff.ts';
import {
  insertDayStart,
  insertTill,
  insertTillNumber,
  removeDayStartsFrom,
  renameTill,
  selectDayStarts,
  tillOfNumber,
} from '../db/queries/tills.ts';
import { switchTotpOn } from './account.ts';
import type { Core } from './core.ts';
import { matchChangedDays } from './match-days.ts';
import { outOfOrder } from './out-of-order.ts';
import { refuseWeak } from './password-problems.ts';
import { checkTotp } from './prove-identity.ts';
import { keepValidKit, keysOf, layKitBeside } from './recovery-kits.ts';
import { finishDayStart } from './set-day-start.ts';
import { FIRST_STAFF_ID } from './set-up-session.ts';
import { startSession } from './sign-in.ts';

/** M-PESA is younger: whatever is brought in lies in days after this one. */
const FIRST_DAY = '2007-01-01' as BusinessDay;
const OWNER = { staffId: FIRST_STAFF_ID, session: null } as const;

/** The owner who has been named and waits for the code to be typed back. Gone when the program ends. */
type WaitingOwner = {
  readonly name: string;
  readonly passwordHash: string;
  readonly fresh: FreshKit;
  readonly totp: TotpOffer;
};

export type OwnerSetup = {
  /** Keeps the login in memory and makes the recovery code, which is shown this once. Again = anew. */
  readonly makeOwner: (given: {
    readonly name: string;
    readonly password: string;
  }) => Promise<Result<Output<'setup:make-owner'>>>;
  /** Puts everything into use at once, and signs the owner in. */
  readonly finish: (given: FinalStep, window: WindowName) => Promise<Result<Output<'setup:finish'>>>;
};

type FinalStep = {
  readonly groups: readonly TypedGroup[];
  /** The first code of the authenticator app; null only with `refusesTotp`. */
  readonly totpCode: string | null;
  readonly refusesTotp: boolean;
};

/** The second half of the first run: the owner and the recovery kit. */
export function openOwnerSetup(core: Core, access: Access): OwnerSetup {
  let waiting: WaitingOwner | null = null;

  async function makeOwner({ name, password }: { name: string; password: string }) {
    const draft = readShopDraft(core.ledger.read);
    if (hasPeople(core.ledger.read) || draft === null) return outOfOrder();
    if (isNameTaken(core.ledger.read, name, FIRST_STAFF_ID))
      return fail('access/name-taken', say('setup.name-taken'));
    // Whether a second factor follows is not known yet, so the password must do alone.
    const weak = refuseWeak(core, { password, name, hasTotp: false });
    if (weak) return weak;
    const passwordHash = await access.passwords.hash(password);
    const fresh = await access.kits.make(core.ledger.file.id, keysOf(core), core.now());
    const totp = makeTotpOffer(name, draft.shopName);
    waiting = { name, passwordHash, fresh, totp };
    const { groups, ask, kit } = fresh;
    return succeed({
      kit: { groups: [...groups], ask: [...ask], fingerprint: fingerprintOf(kit.root) },
      totp,
    });
  }

  async function finish(given: FinalStep, window: WindowName) {
    const draft = readShopDraft(core.ledger.read);
    if (hasPeople(core.ledger.read) || draft === null || waiting === null) return outOfOrder();
    const { name, passwordHash, fresh, totp } = waiting;
    if (!areGroupsRight(fresh.groups, fresh.ask, given.groups))
      return fail('recovery/wrong-code', say('recovery.groups-wrong'));
    const second = checkSecondFactor(core, totp.secret, given);
    if (!second.ok) return second;
    // Before the books name it: cut off in between, the code opens whatever is there.
    layKitBeside(core, fresh.kit);
    const owner = { name, passwordHash, root: fresh.kit.root, totp: second.value };
    const factor = second.value === null ? 'password' : 'totp';
    const finished = core.ledger.act(OWNER, 'setup.finished', 'setup', (db) => {
      const recoveryCodes = saveOwner(db, owner, core);
      const after = {
        ...saveShop(db, draft, core),
        owner: seal(db, `staff:${OWNER.staffId}`, name),
        factor,
        fingerprint: fingerprintOf(owner.root),
      };
      return succeed({ value: recoveryCodes, details: { before: null, after } });
    });
    if (!finished.ok) return finished;
    waiting = null;
    keepValidKit(core);
    await beginSignedLog(core, fresh);
    const person = { id: OWNER.staffId, role: 'owner' } as const;
    const started = startSession(core, access, { person, phase: 'open', window, factor });
    if (!started.ok) return started;
    await finishDayStart(core, OWNER);
    // What the command line brought in before; the answer does not wait for its matching.
    void matchChangedDays(core, OWNER);
    core.tell('ledger:changed', { areas: ['settings'] });
    return succeed({ recoveryCodes: finished.value });
  }

  // One at a time, and never while somebody is being signed in.
  return {
    makeOwner: (given) => access.inTurn(() => makeOwner(given)),
    finish: (given, window) => access.inTurn(() => finish(given, window)),
  };
}

type SecondFactor = { readonly secret: string; readonly step: number } | null;

function checkSecondFactor(core: Core, secret: string, given: FinalStep): Result<SecondFactor> {
  const { totpCode, refusesTotp } = given;
  if (totpCode === null) {
    return refusesTotp ? succeed(null) : fail('access/refused', say('setup.totp-missing'));
  }
  const step = checkTotp(core, secret, totpCode, null);
  return step === null ? fail('access/refused', say('access.totp-mismatch')) : succeed({ secret, step });
}

/** The owner, the login and the second factor. Returns the recovery codes of the latter; none without one. */
function saveOwner(
  db: WriteDb,
  owner: { name: string; passwordHash: string; root: string; totp: SecondFactor },
  { now }: Pick<Core, 'now'>,
): string[] {
  const { staffId } = OWNER;
  const at = now();
  saveFirstOwner(db, staffId, owner.name, at);
  savePassword(db, { staffId, hash: owner.passwordHash, isSingleUse: false, isShort: false, at });
  writeSetting(db, 'recovery-root', owner.root);
  return owner.totp === null ? [] : switchTotpOn(db, { staffId, ...owner.totp, at });
}

/** The shop as it was drafted. Returns what the log says about it. */
function saveShop(db: WriteDb, draft: ShopDraft, { now }: Pick<Core, 'now'>) {
  const { shopName, language, tills, dayStartMinutes, statementsFrom } = draft;
  for (const till of tills) saveTill(db, till, now());
  writeSetting(db, 'shop-name', shopName);
  writeSetting(db, 'language', language);
  writeSetting(db, 'statements-from', statementsFrom);
  if (dayStartMinutes !== (selectDayStarts(db).at(-1)?.minutes ?? 0)) {
    removeDayStartsFrom(db, FIRST_DAY);
    insertDayStart(db, { fromDay: FIRST_DAY, minutes: dayStartMinutes });
    writeSetting(db, 'day-start-unfinished', FIRST_DAY);
  }
  removeSetting(db, 'setup-draft');
  const numbers = tills.map((till) => till.number);
  return { shop: seal(db, 'shop', shopName), language, numbers, dayStartMinutes, statementsFrom };
}

/** A number that the command line found in a file before is the shop's already, and now gets its name. */
function saveTill(db: WriteDb, { number, name }: ShopDraft['tills'][number], at: number): void {
  const known = tillOfNumber(db, number);
  if (known !== null) {
    renameTill(db, known, name || number);
    return;
  }
  const tillId = insertTill(db, name || number);
  insertTillNumber(db, number, tillId, 'setup', at);
  markDaysToMatch(db, placeWaitingSales(db, number, tillId));
}

/** From here on the log is signed. Without a keychain it is not, says so, and a new recovery code begins it later. */
async function beginSignedLog(core: Core, { root }: FreshKit): Promise<void> {
  const begun = await core.audit.begin(OWNER, root);
  if (!begun.ok) core.log.error('the audit log could not be signed', { problem: begun.problem });
}
