import { describe, expect, test } from 'vitest';
import { cents } from '#shared/domain/money.ts';
import { type ApprovalCase, type ApproverStanding, mayApprove } from '#shared/domain/reversal/approver.ts';

const OWNER: ApproverStanding = {
  staffId: 1,
  rights: { role: 'owner', capCents: null, dayCapCents: null },
  approvedTodayCents: 9_000_000_00,
  factor: 'password',
};
const MANAGER: ApproverStanding = {
  staffId: 2,
  rights: { role: 'manager', capCents: cents(5_000_00), dayCapCents: cents(8_000_00) },
  approvedTodayCents: 0,
  factor: 'password',
};
const CASE: ApprovalCase = { requestedBy: 3, amountCents: cents(5_000_00), otherApprovers: 2 };
const judge = (approver: ApproverStanding, change: Partial<ApprovalCase> = {}) => {
  const judged = mayApprove(approver, { ...CASE, ...change });
  return judged.ok ? (judged.isOwn ? 'own' : 'ok') : judged.why.id;
};

describe('who may approve', () => {
  test.each<[string, ReturnType<typeof judge>, string]>([
    ['an owner', judge(OWNER), 'ok'],
    ['somebody without the right', judge({ ...OWNER, rights: null }), 'reversal.may-not-approve'],
    ['a manager up to the amount', judge(MANAGER), 'ok'],
    ['a manager a cent above', judge(MANAGER, { amountCents: cents(5_000_01) }), 'reversal.over-cap'],
    ['a manager up to the day', judge({ ...MANAGER, approvedTodayCents: 3_000_00 }), 'ok'],
    [
      'a manager a cent above the day',
      judge({ ...MANAGER, approvedTodayCents: 3_000_01 }),
      'reversal.over-day-cap',
    ],
    [
      'a manager without amounts',
      judge({ ...MANAGER, rights: { role: 'manager', capCents: null, dayCapCents: null } }),
      'reversal.over-cap',
    ],
    ['a manager of an own request', judge(MANAGER, { requestedBy: 2 }), 'reversal.own-request'],
    [
      'a manager of an own request who is alone',
      judge({ ...MANAGER, factor: 'totp' }, { requestedBy: 2, otherApprovers: 0 }),
      'reversal.own-request',
    ],
    [
      'an owner of an own request',
      judge({ ...OWNER, factor: 'totp' }, { requestedBy: 1 }),
      'reversal.own-request',
    ],
    [
      'an owner alone with a password',
      judge(OWNER, { requestedBy: 1, otherApprovers: 0 }),
      'reversal.own-needs-factor',
    ],
    [
      'an owner alone with a second factor',
      judge({ ...OWNER, factor: 'totp' }, { requestedBy: 1, otherApprovers: 0 }),
      'own',
    ],
    [
      'an owner alone with a recovery code for it',
      judge({ ...OWNER, factor: 'recovery-code' }, { requestedBy: 1, otherApprovers: 0 }),
      'own',
    ],
  ])('%s', (_, judged, expected) => {
    expect(judged).toBe(expected);
  });
});
