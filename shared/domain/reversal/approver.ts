import { type Message, say } from '../message.ts';
import type { Cents } from '../money.ts';

/** Whoever says "send it back", as the books know them now. */
export type ApproverStanding = {
  readonly staffId: number;
  /** Null for somebody who may not approve at all. */
  readonly rights: {
    readonly role: 'owner' | 'manager';
    /** A manager's amounts; an owner has none. */
    readonly capCents: Cents | null;
    readonly dayCapCents: Cents | null;
  } | null;
  /** What this person approved today, without this one. */
  readonly approvedTodayCents: number;
  /** How they proved who they are. */
  readonly factor: 'password' | 'totp' | 'recovery-code';
};

export type ApprovalCase = {
  readonly requestedBy: number;
  readonly amountCents: Cents;
  /** People other than the requester who may approve. */
  readonly otherApprovers: number;
};

/** `own`: asked and approved by one person, for want of another. */
export type MayApprove =
  | { readonly ok: true; readonly isOwn: boolean }
  | { readonly ok: false; readonly why: Message };

/** Whether this person may approve this reversal: never one's own, unless an owner is alone and has a second factor. */
export function mayApprove(
  approver: ApproverStanding,
  { requestedBy, amountCents, otherApprovers }: ApprovalCase,
): MayApprove {
  const { rights, staffId, approvedTodayCents, factor } = approver;
  if (rights === null) return refuse(say('reversal.may-not-approve'));
  if (rights.role === 'manager') {
    // A manager without amounts was never allowed any: nothing is not everything.
    if (rights.capCents === null || amountCents > rights.capCents)
      return refuse(say('reversal.over-cap', { cap: { money: rights.capCents ?? (0 as Cents) } }));
    if (rights.dayCapCents === null || approvedTodayCents + amountCents > rights.dayCapCents)
      return refuse(say('reversal.over-day-cap', { cap: { money: rights.dayCapCents ?? (0 as Cents) } }));
  }
  if (staffId !== requestedBy) return { ok: true, isOwn: false };
  if (rights.role !== 'owner' || otherApprovers > 0) return refuse(say('reversal.own-request'));
  if (factor === 'password') return refuse(say('reversal.own-needs-factor'));
  return { ok: true, isOwn: true };
}

function refuse(why: Message): MayApprove {
  return { ok: false, why };
}
