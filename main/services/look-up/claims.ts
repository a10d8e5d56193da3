import type { AuditDetails } from '#shared/domain/audit/entry.ts';
import {
  type HoldRefusal,
  type HoldRequest,
  isAlarming,
  whyNotHold,
} from '#shared/domain/look-up/may-hold.ts';
import { judge } from '#shared/domain/look-up/verdict.ts';
import { type Message, say } from '#shared/domain/message.ts';
import { hidePhones } from '#shared/domain/party.ts';
import type { Input } from '#shared/ipc/contract.ts';
import { type Failure, fail, type Result, succeed } from '#shared/ipc/result.ts';
import type { StepView } from '#shared/ipc/views.ts';
import type { Actor, ReadDb } from '../../db/ledger.ts';
import {
  type ClaimRow,
  endClaim,
  insertClaim,
  selectClaim,
  selectClaimsOfReceipt,
} from '../../db/queries/claims.ts';
import { readSaleFields, type SaleFields } from '../../db/queries/edit-sale.ts';
import { type LookUpRow, selectLookUp } from '../../db/queries/look-ups.ts';
import { daysOfItems } from '../../db/queries/open-items.ts';
import { raiseAlert, tellAlerts } from '../alerts.ts';
import { recordChange } from '../audit/record-change.ts';
import { type Core, dayFinder } from '../core.ts';
import { doStep } from '../reconcile-acts.ts';
import { gatherFacts } from './gather-facts.ts';

/**
 * "Real, not used yet: is this customer A. W.?": the payment is held for a sale, or for one that is not rung up yet.
 * One at a time; whoever shows it again is told, and so is the owner.
 */
export async function holdPayment(
  core: Core,
  actor: Actor,
  { lookUpId, saleId, note }: Input<'claim:hold'>,
): Promise<Result<{ step: StepView }>> {
  const lookUp = selectLookUp(core.ledger.read, lookUpId);
  if (!lookUp) return fail('ledger/not-found', say('look-up.unknown'));
  const { receipt } = lookUp;
  let refused: HoldRefusal | null = null;
  const done = await doStep(core, actor, 'hold-claim', `receipt:${receipt}`, (db) => {
    const sale = saleId === null ? null : readSaleFields(db, saleId);
    const { request, movementId } = readRequest(core, db, actor, lookUp, saleId, sale, note);
    refused = whyNotHold(request);
    if (refused !== null) return { ok: false, error: refusalOf(refused, receipt) };
    const standing = standingOf(db, receipt);
    if (standing !== null) endClaim(db, standing.id, actor.staffId, core.now());
    const claim = { receipt, movementId, saleId, note, at: core.now(), staffId: actor.staffId };
    const claims = [insertClaim(db, claim)];
    const what = say('step.held', { receipt, ...nameOf(sale) });
    return succeed({
      what,
      touched: { claims, ...(standing === null ? {} : { endedClaims: [standing.id] }) },
      days: daysOfItems(db, movementId === null ? [] : [movementId], saleId === null ? [] : [saleId]),
      details: { receipt, sale: saleId, ...recordNote(db, claims[0] ?? 0, note) },
    });
  });
  if (refused !== null) noteRefusal(core, actor, receipt, refused);
  tellOf(core, done);
  return done;
}

/** Lets a payment go: the customer came back, or it was held by mistake. */
export async function releaseClaim(
  core: Core,
  actor: Actor,
  { claimId }: Input<'claim:release'>,
): Promise<Result<{ step: StepView }>> {
  const done = await doStep(core, actor, 'release-claim', `claim:${claimId}`, (db) => {
    const claim = selectClaim(db, claimId);
    if (!claim) return fail('ledger/not-found', say('claim.unknown'));
    if (!endClaim(db, claimId, actor.staffId, core.now()))
      return fail('ledger/changed-meanwhile', say('claim.ended-before'));
    const { receipt, saleId } = claim;
    const lines = db.all<{ id: number }>('SELECT id FROM live_movements WHERE receipt = ?', receipt);
    const what = say('step.released', { receipt });
    const days = daysOfItems(
      db,
      lines.map(({ id }) => id),
      saleId === null ? [] : [saleId],
    );
    return succeed({ what, touched: { endedClaims: [claimId] }, days, details: { receipt } });
  });
  tellOf(core, done);
  return done;
}

function tellOf(core: Core, done: Result<unknown>): void {
  if (done.ok) core.tell('ledger:changed', { areas: ['look-ups'] });
}

function readRequest(
  core: Core,
  db: ReadDb,
  actor: Actor,
  lookUp: LookUpRow,
  saleId: number | null,
  sale: SaleFields | null,
  note: string,
): { request: HoldRequest; movementId: number | null } {
  const facts = gatherFacts(db, lookUp, { now: core.now() });
  const { isReal, movementId } = judge(facts);
  const payment = db.get<NonNullable<HoldRequest['payment']>>(
    'SELECT till_id AS tillId, business_day AS day FROM movements WHERE id = ?',
    movementId,
  );
  const standing = standingOf(db, lookUp.receipt);
  const request: HoldRequest = {
    isReal,
    usedFor: facts.usedFor.map((used) => used.saleId),
    held: standing && { by: standing.staffId, saleId: standing.saleId },
    payment: payment ?? null,
    sale:
      saleId === null
        ? null
        : {
            id: saleId,
            tillId: sale?.tillId ?? null,
            day: sale?.day ?? dayFinder(core)(core.now()),
            canBePaid: sale?.kind === 'sale' && sale.status === 'closed' && sale.tender === 'mpesa',
          },
    staffId: actor.staffId,
    today: dayFinder(core)(core.now()),
    note,
  };
  return { request, movementId };
}

function standingOf(db: ReadDb, receipt: string): ClaimRow | null {
  return selectClaimsOfReceipt(db, receipt).find(({ endedAt }) => endedAt === null) ?? null;
}

function nameOf(sale: SaleFields | null): { has: string; sale: string } {
  const reference = hidePhones(sale?.reference ?? null);
  return { has: sale === null ? 'none' : reference === null ? 'unnamed' : 'sale', sale: reference ?? '–' };
}

function recordNote(db: Parameters<typeof recordChange>[0], claimId: number, note: string): AuditDetails {
  return note === '' ? {} : recordChange(db, `claim:${claimId}`, null, { note });
}

const REFUSALS: Readonly<Record<HoldRefusal, string>> = {
  'not-here': 'claim.refused-not-here',
  'same-sale': 'claim.refused-same-sale',
  used: 'claim.refused-used',
  held: 'claim.refused-held',
  'no-sale': 'claim.refused-no-sale',
  'other-till': 'claim.refused-other-till',
  old: 'claim.refused-old',
};

function refusalOf(refusal: HoldRefusal, receipt: string): Failure {
  return { code: 'claim/refused', message: wordsOf(refusal, receipt) };
}

function wordsOf(refusal: HoldRefusal, receipt: string): Message {
  return say(REFUSALS[refusal], { receipt });
}

/** The attempt is on record; a receipt that may be shown a second time is the owner's to know. */
function noteRefusal(core: Core, actor: Actor, receipt: string, refusal: HoldRefusal): void {
  let raised: number | null = null;
  const noted = core.ledger.act(actor, 'claim.refused', `receipt:${receipt}`, (db) => {
    const what = say('alert.shown-again', { receipt, why: refusal.replaceAll('-', '_') });
    const alert = { kind: 'receipt-shown-again', subject: `receipt:${receipt}`, what, at: core.now() };
    raised = isAlarming(refusal) ? raiseAlert(db, alert) : null;
    return succeed({ value: undefined, details: { receipt, why: refusal } });
  });
  if (noted.ok) tellAlerts(core, [raised]);
  else core.log.error('a refused claim could not be recorded', { error: noted.error.code });
}
